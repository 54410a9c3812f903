import { z } from 'zod';
import { flag, numberFrom } from '../facts.js';
import { tasmota } from '../forms/tasmota.js';
import { zigbee } from '../forms/zigbee.js';
import { atOnce, type Identity, onOff, switched, type Thing } from '../thing.js';
import { jsonOrWord } from './json-command.js';

/** A Tasmota socket. */
export function socket(identity: Identity): Thing {
  const { base, availability, config } = tasmota(identity, 'Virtual socket');
  return {
    ...identity,
    kind: 'switch',
    availability,
    ranges: { on: flag },
    initial: { on: false },
    discovery: [
      config('switch', 'RL_1', {
        cmd_t: '~cmnd/POWER',
        stat_t: '~tele/STATE',
        val_tpl: '{{value_json.POWER}}',
        dev_cla: 'outlet',
        pl_on: 'ON',
        pl_off: 'OFF',
      }),
    ],
    commandTopics: [`${base}cmnd/POWER`],
    reports: ({ on }) => [{ topic: `${base}tele/STATE`, payload: JSON.stringify({ POWER: onOff(on) }) }],
    obey: ({ payload }, facts) => {
      const on = switched(payload, facts['on']);
      return on === null ? null : atOnce({ on });
    },
  };
}

const commandSchema = z.object({ state: z.string() });

/** A Zigbee plug that also measures: one device with a switch and a sensor. */
export function meteringPlug(identity: Identity): Thing {
  const { command, availability, config, state } = zigbee(identity, 'Virtual plug');
  return {
    ...identity,
    kind: 'switch',
    availability,
    ranges: { on: flag, power: numberFrom(0, 4000) },
    initial: { on: false, power: 0 },
    discovery: [
      config('switch', 'switch', {
        command_topic: command,
        payload_on: 'ON',
        payload_off: 'OFF',
        value_template: '{{ value_json.state }}',
      }),
      config('sensor', 'power', {
        name: 'Power',
        device_class: 'power',
        state_class: 'measurement',
        unit_of_measurement: 'W',
        value_template: '{{ value_json.power }}',
      }),
    ],
    commandTopics: [command],
    reports: ({ on, power }) => state({ state: onOff(on), power }),
    obey: ({ payload }, facts) => {
      const told = commandSchema.safeParse(jsonOrWord(payload));
      const on = told.success ? switched(told.data.state, facts['on']) : null;
      return on === null ? null : atOnce({ on });
    },
    derive: (change) => (typeof change['on'] === 'boolean' ? { power: change['on'] ? 1480 : 0 } : {}),
  };
}
