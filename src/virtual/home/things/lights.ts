import { z } from 'zod';
import { flag, numberFrom, plainNumber } from '../facts.js';
import { esphome } from '../forms/esphome.js';
import { tasmota } from '../forms/tasmota.js';
import { wholeDevice } from '../forms/whole-device.js';
import { atOnce, type Identity, onOff, switched, type Thing } from '../thing.js';
import { jsonOrWord } from './json-command.js';

/** A Tasmota dimmer: the plain schema with a brightness topic of its own (0..100), JSON telegrams back. */
export function dimmer(identity: Identity): Thing {
  const { base, availability, config } = tasmota(identity, 'Virtual dimmer');
  return {
    ...identity,
    kind: 'light',
    availability,
    ranges: { on: flag, brightness: numberFrom(0, 100) },
    initial: { on: false, brightness: 60 },
    discovery: [
      config('light', 'LI_1', {
        cmd_t: '~cmnd/POWER',
        stat_t: '~tele/STATE',
        stat_val_tpl: '{{ value_json.POWER }}',
        pl_on: 'ON',
        pl_off: 'OFF',
        bri_cmd_t: '~cmnd/Dimmer',
        bri_stat_t: '~tele/STATE',
        bri_val_tpl: '{{ value_json.Dimmer }}',
        bri_scl: 100,
        on_cmd_type: 'brightness',
      }),
    ],
    commandTopics: [`${base}cmnd/POWER`, `${base}cmnd/Dimmer`],
    reports: (facts) => [
      {
        topic: `${base}tele/STATE`,
        payload: JSON.stringify({ POWER: onOff(facts['on']), Dimmer: facts['brightness'] }),
      },
    ],
    obey: ({ topic, payload }, facts) => {
      if (topic.endsWith('POWER')) {
        const on = switched(payload, facts['on']);
        return on === null ? null : atOnce({ on });
      }
      const brightness = plainNumber(payload);
      if (brightness === null || brightness < 0 || brightness > 100) return null;
      // As Tasmota does: a dimmer at 0 is off, and keeps the brightness it had.
      return atOnce(brightness === 0 ? { on: false } : { on: true, brightness: Math.round(brightness) });
    },
  };
}

/** An ESPHome relay for a lamp: on and off, plain payloads, nothing else. */
export function relayLight(identity: Identity): Thing {
  const { topic, availability, config } = esphome(identity, 'Virtual relay');
  const [stateTopic, commandTopic] = [topic('light', 'relay', 'state'), topic('light', 'relay', 'command')];
  return {
    ...identity,
    kind: 'light',
    availability,
    ranges: { on: flag },
    initial: { on: false },
    discovery: [config('light', 'relay', { stat_t: stateTopic, cmd_t: commandTopic })],
    commandTopics: [commandTopic],
    reports: (facts) => [{ topic: stateTopic, payload: onOff(facts['on']) }],
    obey: ({ payload }, facts) => {
      const on = switched(payload, facts['on']);
      return on === null ? null : atOnce({ on });
    },
  };
}

const jsonCommandSchema = z.object({
  state: z.enum(['ON', 'OFF', 'TOGGLE']).optional(),
  brightness: z.number().min(0).max(255).optional(),
});

/** A lamp that is discovered as a whole device: the JSON schema with brightness 0..255, and `~` in its topics. */
export function jsonDimmer(identity: Identity): Thing {
  const { base, availability, config } = wholeDevice(identity, 'Virtual lamp');
  return {
    ...identity,
    kind: 'light',
    availability,
    ranges: { on: flag, brightness: numberFrom(0, 255) },
    initial: { on: true, brightness: 128 },
    discovery: [
      config({
        light: { p: 'light', schema: 'json', sup_clrm: ['brightness'], stat_t: '~/state', cmd_t: '~/set' },
      }),
    ],
    commandTopics: [`${base}/set`],
    reports: ({ on, brightness }) => [
      {
        topic: `${base}/state`,
        payload: JSON.stringify({ state: onOff(on), color_mode: 'brightness', brightness }),
      },
    ],
    obey: ({ payload }, facts) => {
      const told = jsonCommandSchema.safeParse(jsonOrWord(payload));
      if (!told.success || (told.data.state === undefined && told.data.brightness === undefined)) return null;
      const { state, brightness } = told.data;
      return atOnce({
        on: state === undefined ? brightness !== 0 : switched(state, facts['on']) === true,
        ...(brightness && { brightness }),
      });
    },
  };
}
