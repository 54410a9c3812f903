import { z } from 'zod';
import { numberFrom, oneOf, plainNumber } from '../facts.js';
import { zigbee } from '../forms/zigbee.js';
import { atOnce, type Identity, type Reaction, type Thing } from '../thing.js';
import { jsonOrWord } from './json-command.js';

const COLDEST = 7;
const WARMEST = 35;

const commandSchema = z.object({
  occupied_heating_setpoint: z.number().optional(),
  system_mode: z.enum(['off', 'heat', 'auto']).optional(),
});

/** A Zigbee thermostat, 7 to 35 °C in half degrees; limits as text, as Zigbee2MQTT writes them. It refuses everything else. */
export function thermostat(identity: Identity): Thing {
  const { base, command, availability, config, state } = zigbee(identity, 'Virtual thermostat');
  const setpointTopic = `${command}/occupied_heating_setpoint`;
  const modeTopic = `${command}/system_mode`;
  return {
    ...identity,
    kind: 'thermostat',
    availability,
    ranges: {
      target: numberFrom(COLDEST, WARMEST),
      current: numberFrom(-30, 60),
      mode: oneOf('heat', 'off', 'auto'),
    },
    initial: { target: 20, current: 19.4, mode: 'heat' },
    discovery: [
      config('climate', 'climate', {
        temperature_unit: 'C',
        temp_step: 0.5,
        min_temp: String(COLDEST),
        max_temp: String(WARMEST),
        current_temperature_topic: base,
        current_temperature_template: '{{ value_json.local_temperature }}',
        temperature_command_topic: setpointTopic,
        temperature_state_topic: base,
        temperature_state_template: '{{ value_json.occupied_heating_setpoint }}',
        modes: ['off', 'heat', 'auto'],
        mode_command_topic: modeTopic,
        mode_state_topic: base,
        mode_state_template: '{{ value_json.system_mode }}',
        action_topic: base,
        action_template:
          "{% set values = {None:None,'idle':'idle','heat':'heating','cool':'cooling','fan_only':'fan'} %}" +
          '{{ values[value_json.running_state] }}',
      }),
    ],
    commandTopics: [command, setpointTopic, modeTopic],
    reports: ({ target, current, mode }) =>
      state({
        occupied_heating_setpoint: target,
        local_temperature: current,
        system_mode: mode,
        running_state: mode !== 'off' && Number(target) > Number(current) ? 'heat' : 'idle',
      }),
    obey: ({ topic, payload }) => {
      if (topic === setpointTopic) return warmTo(plainNumber(payload));
      const told = commandSchema.safeParse(topic === modeTopic ? { system_mode: payload } : jsonOrWord(payload));
      if (!told.success) return null;
      const { occupied_heating_setpoint: target, system_mode: mode } = told.data;
      if (target !== undefined) return warmTo(target);
      return mode === undefined ? null : atOnce({ mode });
    },
  };
}

function warmTo(target: number | null): Reaction {
  if (target === null || target < COLDEST || target > WARMEST) return null;
  return atOnce({ target: Math.round(target * 2) / 2 });
}
