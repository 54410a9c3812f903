import { z } from 'zod';
import { type Facts, oneOf } from '../facts.js';
import { wholeDevice } from '../forms/whole-device.js';
import { zigbee } from '../forms/zigbee.js';
import type { Identity, Reaction, Thing } from '../thing.js';
import { jsonOrWord } from './json-command.js';

/** How long the bolt moves, as a part of a whole movement. */
const BOLT = 0.4;

const ranges = { lock: oneOf('locked', 'unlocked', 'locking', 'unlocking') };

/** Turns the bolt: it is on its way for a moment before it is there. A bolt that is there stays. */
function turn(word: unknown, facts: Facts): Reaction {
  if (word !== 'LOCK' && word !== 'UNLOCK') return null;
  const [moving, there] = word === 'LOCK' ? ['locking', 'locked'] : ['unlocking', 'unlocked'];
  if (facts['lock'] === there) return { steps: [{ after: 0, facts: { lock: there } }] };
  return {
    steps: [
      { after: 0, facts: { lock: moving } },
      { after: BOLT, facts: { lock: there } },
    ],
  };
}

const zigbeeCommandSchema = z.object({ state: z.string() });

/** A Zigbee lock: `LOCK` and `UNLOCK` are both the commands and the states; while the bolt moves the old state stands. */
export function zigbeeLock(identity: Identity): Thing {
  const { command, availability, config, state } = zigbee(identity, 'Virtual lock');
  const details: Readonly<Record<string, string>> = { locked: 'locked', unlocked: 'unlocked' };
  return {
    ...identity,
    kind: 'lock',
    availability,
    ranges,
    initial: { lock: 'locked' },
    discovery: [
      config('lock', 'lock', {
        command_topic: command,
        value_template: '{{ value_json.state }}',
        state_locked: 'LOCK',
        state_unlocked: 'UNLOCK',
      }),
      config('sensor', 'battery', {
        name: 'Battery',
        device_class: 'battery',
        entity_category: 'diagnostic',
        unit_of_measurement: '%',
        value_template: '{{ value_json.battery }}',
      }),
    ],
    commandTopics: [command],
    reports: ({ lock }) =>
      state({
        state: lock === 'locked' || lock === 'unlocking' ? 'LOCK' : 'UNLOCK',
        lock_state: details[String(lock)] ?? 'not_fully_locked',
        battery: 87,
      }),
    obey: ({ payload }, facts) => {
      const told = zigbeeCommandSchema.safeParse(jsonOrWord(payload));
      return told.success ? turn(told.data.state, facts) : null;
    },
  };
}

/** A lock with Home Assistant's own words: LOCKING, then LOCKED. */
export function plainLock(identity: Identity): Thing {
  const { base, availability, config } = wholeDevice(identity, 'Virtual bolt');
  return {
    ...identity,
    kind: 'lock',
    availability,
    ranges,
    initial: { lock: 'locked' },
    discovery: [config({ lock: { p: 'lock', stat_t: '~/state', cmd_t: '~/set' } })],
    commandTopics: [`${base}/set`],
    reports: ({ lock }) => [{ topic: `${base}/state`, payload: String(lock).toUpperCase() }],
    obey: ({ payload }, facts) => turn(payload, facts),
  };
}
