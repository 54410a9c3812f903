import { z } from 'zod';
import { deviceSaid, readBack, refusedByDevice } from '../../../core/outcomes.js';
import { missingArgument } from '../../call-arguments.js';
import { sendAndConfirm, type Verdict } from '../confirm.js';
import type { HomeFunction } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf } from '../thing.js';
import { messageOf } from './on-off.js';

const actionSchema = z.enum(['start', 'stop', 'dock']);
type Action = z.infer<typeof actionSchema>;

/** The states in which an action is done; Home Assistant's words, which every vacuum reports. */
const DONE_IN: Readonly<Record<Action, readonly string[]>> = {
  start: ['cleaning'],
  stop: ['idle', 'paused', 'docked'],
  // It has minutes of way: that it is on it is what was asked.
  dock: ['returning', 'docked'],
};
const STATES = ['cleaning', 'docked', 'paused', 'idle', 'returning', 'error'];

/** The command's payload, or null for what this vacuum cannot. */
function payloadOf(part: Part, action: Action): string | null {
  const { texts, lists } = part.entity.config;
  const features = lists.supported_features ?? ['start', 'stop', 'return_home'];
  if (action === 'start') return features.includes('start') ? (texts.payload_start ?? 'start') : null;
  if (action === 'dock')
    return features.includes('return_home') ? (texts.payload_return_to_base ?? 'return_to_base') : null;
  if (features.includes('stop')) return texts.payload_stop ?? 'stop';
  return features.includes('pause') ? (texts.payload_pause ?? 'pause') : null;
}

export const controlVacuum: HomeFunction = (thing) => {
  const part = partOf(thing, 'vacuum');
  const command = part?.command('command_topic', 'command_template');
  if (!part || !command) return null;
  return async (home) => {
    const action = actionSchema.safeParse(home.call.args['action']).data;
    if (action === undefined) throw missingArgument('action');
    const payload = payloadOf(part, action);
    if (payload === null) return refusedByDevice(`${thing.name} cannot ${action}.`);
    const reading = part.reading('state');
    const judge = (value: string): Verdict => {
      if (DONE_IN[action].includes(value)) return 'yes';
      return STATES.includes(value) ? 'no' : 'unclear';
    };
    const proof = await sendAndConfirm(home, {
      messages: [{ ...messageOf(part, command, payload), retain: false }],
      expectations: reading ? [{ reading, judge, words: (value) => value }] : [],
    });
    if (proof === 'device-said') return deviceSaid(`${thing.name}: told to ${action}`);
    return readBack(`${thing.name}: ${reading?.value ?? action}`);
  };
};
