import { deviceSaid, readBack } from '../../../core/outcomes.js';
import { flagArgument, missingArgument, priorOf } from '../../call-arguments.js';
import { type Expectation, sendAndConfirm } from '../confirm.js';
import type { HomeFunction } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf } from '../thing.js';
import { messageOf } from './on-off.js';

export type LockState = 'locked' | 'unlocked' | 'locking' | 'unlocking' | 'jammed';

/** A reported state in the field's words, by the lock's own; null for another. */
export function lockState(part: Part, value: string | null): LockState | null {
  const { texts } = part.entity.config;
  const words: readonly (readonly [LockState, string])[] = [
    ['locked', texts.state_locked ?? 'LOCKED'],
    ['unlocked', texts.state_unlocked ?? 'UNLOCKED'],
    ['locking', texts.state_locking ?? 'LOCKING'],
    ['unlocking', texts.state_unlocking ?? 'UNLOCKING'],
    ['jammed', texts.state_jammed ?? 'JAMMED'],
  ];
  return words.find(([, word]) => word === value)?.[0] ?? null;
}

export const setDoorLock: HomeFunction = (thing) => {
  const part = partOf(thing, 'lock');
  const command = part?.command('command_topic', 'command_template');
  if (!part || !command) return null;
  return async (home) => {
    const locked = flagArgument(home, 'locked');
    if (locked === null) throw missingArgument('locked');
    const { texts } = part.entity.config;
    const was = lockState(part, part.reading('state')?.value ?? null);
    const payload = locked ? (texts.payload_lock ?? 'LOCK') : (texts.payload_unlock ?? 'UNLOCK');
    const proof = await sendAndConfirm(home, {
      // Never kept by the broker: a door must not open by a command of yesterday.
      messages: [{ ...messageOf(part, command, payload), retain: false }],
      expectations: expectLock(part, locked ? 'locked' : 'unlocked'),
    });
    const receipt = `${thing.name}: ${locked ? 'locked' : 'unlocked'}`;
    const facts =
      was === 'locked' || was === 'unlocked' ? { prior: priorOf(home, ['locked'], { locked: was === 'locked' }) } : {};
    return proof === 'read-back' ? readBack(receipt, facts) : deviceSaid(receipt, facts);
  };
};

function expectLock(part: Part, wanted: 'locked' | 'unlocked'): readonly Expectation[] {
  const reading = part.reading('state');
  if (reading === null) return [];
  return [
    {
      reading,
      judge: (value) => {
        const state = lockState(part, value);
        if (state === null) return 'unclear';
        if (state === 'locking' || state === 'unlocking') return 'moving';
        return state === wanted ? 'yes' : 'no';
      },
      words: (value) => lockState(part, value) ?? value,
    },
  ];
}
