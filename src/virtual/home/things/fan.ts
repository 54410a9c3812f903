import { flag, numberFrom, plainNumber } from '../facts.js';
import { esphome } from '../forms/esphome.js';
import { atOnce, type Identity, onOff, switched, type Thing } from '../thing.js';

/** A ceiling fan: on and off, and its speed in percent on a topic of its own; 0 percent is off. */
export function ceilingFan(identity: Identity): Thing {
  const { topic, availability, config } = esphome(identity, 'Virtual fan');
  const at = (leaf: string): string => topic('fan', 'fan', leaf);
  return {
    ...identity,
    kind: 'fan',
    availability,
    ranges: { on: flag, speed: numberFrom(0, 100) },
    initial: { on: false, speed: 40 },
    discovery: [
      config('fan', 'fan', {
        stat_t: at('state'),
        cmd_t: at('command'),
        pct_stat_t: at('speed_level/state'),
        pct_cmd_t: at('speed_level/command'),
      }),
    ],
    commandTopics: [at('command'), at('speed_level/command')],
    reports: ({ on, speed }) => [
      { topic: at('state'), payload: onOff(on) },
      { topic: at('speed_level/state'), payload: String(speed) },
    ],
    obey: (command, facts) => {
      if (command.topic === at('command')) {
        const on = switched(command.payload, facts['on']);
        return on === null ? null : atOnce({ on });
      }
      const speed = plainNumber(command.payload);
      if (speed === null || speed < 0 || speed > 100) return null;
      return atOnce(speed === 0 ? { on: false } : { on: true, speed: Math.round(speed) });
    },
  };
}
