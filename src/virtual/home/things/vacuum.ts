import { numberFrom, oneOf } from '../facts.js';
import { MANUFACTURER, ORIGIN_NAME, ORIGIN_VERSION } from '../forms/origin.js';
import { atOnce, type Identity, type Reaction, type Thing } from '../thing.js';

const SPEEDS = ['low', 'medium', 'high', 'max'] as const;

/** A robot as Valetudo publishes it: commands as bare words, a JSON state, and a way back to the dock that takes its time. */
export function vacuum(identity: Identity): Thing {
  const base = `valetudo/${identity.id}`;
  const availability = { topic: `${base}/$state`, online: 'ready', offline: 'lost' };
  const [commandTopic, speedTopic] = [`${base}/command`, `${base}/set_fan_speed`];
  return {
    ...identity,
    kind: 'vacuum',
    availability,
    ranges: {
      state: oneOf('docked', 'cleaning', 'idle', 'returning', 'paused', 'error'),
      battery: numberFrom(0, 100),
      fan_speed: oneOf(...SPEEDS),
    },
    initial: { state: 'docked', battery: 100, fan_speed: 'medium' },
    discovery: [
      {
        topic: `homeassistant/vacuum/valetudo_${identity.serial}/vacuum/config`,
        payload: JSON.stringify({
          name: null,
          unique_id: `${identity.serial}_vacuum`,
          command_topic: commandTopic,
          state_topic: `${base}/state`,
          set_fan_speed_topic: speedTopic,
          fan_speed_list: SPEEDS,
          supported_features: ['start', 'stop', 'pause', 'return_home', 'status', 'fan_speed', 'locate'],
          availability_topic: availability.topic,
          payload_available: availability.online,
          payload_not_available: availability.offline,
          origin: { name: ORIGIN_NAME, sw_version: ORIGIN_VERSION },
          device: {
            identifiers: [identity.serial],
            manufacturer: MANUFACTURER,
            model: 'Virtual robot',
            name: identity.name,
            ...(identity.area === null ? {} : { suggested_area: identity.area }),
          },
        }),
      },
    ],
    commandTopics: [commandTopic, speedTopic],
    reports: ({ state, battery, fan_speed }) => [
      { topic: `${base}/state`, payload: JSON.stringify({ state, battery_level: battery, fan_speed }) },
    ],
    obey: ({ topic, payload }, facts) => {
      if (topic === speedTopic) {
        return SPEEDS.some((speed) => speed === payload) ? atOnce({ fan_speed: payload }) : null;
      }
      return drive(payload, facts['state']);
    },
  };
}

function drive(word: string, state: unknown): Reaction {
  switch (word) {
    case 'start':
      return atOnce({ state: 'cleaning' });
    case 'pause':
      return atOnce({ state: 'paused' });
    case 'stop':
      // One that stands in its dock has nothing to stop.
      return atOnce({ state: state === 'docked' ? 'docked' : 'idle' });
    case 'locate':
      return { steps: [] };
    case 'return_to_base':
      if (state === 'docked') return atOnce({ state: 'docked' });
      return {
        steps: [
          { after: 0, facts: { state: 'returning' } },
          { after: 1, facts: { state: 'docked' } },
        ],
      };
    default:
      return null;
  }
}
