import { z } from 'zod';
import { type Facts, flag, numberFrom, oneOf, plainNumber } from '../facts.js';
import { esphome } from '../forms/esphome.js';
import { tasmota } from '../forms/tasmota.js';
import { wholeDevice } from '../forms/whole-device.js';
import { zigbee } from '../forms/zigbee.js';
import { atOnce, type Identity, onOff, type Reaction, switched, type Thing } from '../thing.js';
import { toHueSaturation, toRedGreenBlue } from './colour.js';
import { jsonOrWord } from './json-command.js';

const eightBit = z.number().min(0).max(255);
const lightCommandSchema = z.object({
  state: z.enum(['ON', 'OFF', 'TOGGLE']).optional(),
  brightness: z.number().min(0).max(254).optional(),
  color: z
    .union([
      z.object({ h: z.number().min(0).max(360), s: z.number().min(0).max(100) }),
      z.object({ r: eightBit, g: eightBit, b: eightBit }),
    ])
    .optional(),
});

/** A Zigbee bulb: the JSON schema, brightness 0..254, colour as hue and saturation or as red, green and blue. */
export function colourLight(identity: Identity): Thing {
  const { command, availability, config, state } = zigbee(identity, 'Virtual colour bulb');
  return {
    ...identity,
    kind: 'light',
    availability,
    ranges: {
      on: flag,
      brightness: numberFrom(0, 254),
      colour_mode: oneOf('hs', 'rgb'),
      hue: numberFrom(0, 360),
      saturation: numberFrom(0, 100),
      red: numberFrom(0, 255),
      green: numberFrom(0, 255),
      blue: numberFrom(0, 255),
    },
    initial: {
      on: false,
      brightness: 254,
      colour_mode: 'hs',
      hue: 30,
      saturation: 20,
      ...toRedGreenBlue({ hue: 30, saturation: 20 }),
    },
    discovery: [
      config('light', 'light', {
        schema: 'json',
        brightness: true,
        brightness_scale: 254,
        supported_color_modes: ['hs', 'rgb'],
        command_topic: command,
      }),
      config('sensor', 'linkquality', {
        name: 'Linkquality',
        entity_category: 'diagnostic',
        state_class: 'measurement',
        unit_of_measurement: 'lqi',
        value_template: '{{ value_json.linkquality }}',
      }),
    ],
    commandTopics: [command],
    reports: (facts) => state({ ...jsonState(facts, 'brightness'), ...colourState(facts), linkquality: 142 }),
    obey: ({ payload }, facts) => obeyJson(payload, facts),
    derive: (change) => alsoInTheOtherModel(change),
  };

  function colourState(facts: Facts) {
    const isRgb = facts['colour_mode'] === 'rgb';
    const color = isRgb
      ? { r: facts['red'], g: facts['green'], b: facts['blue'] }
      : { h: facts['hue'], s: facts['saturation'] };
    return { color_mode: facts['colour_mode'], color };
  }

  function obeyJson(payload: string, facts: Facts): Reaction {
    const told = lightCommandSchema.safeParse(jsonOrWord(payload));
    if (!told.success) return null;
    const { state: word, brightness, color } = told.data;
    if (word === undefined && brightness === undefined && color === undefined) return null;
    const change: Record<string, boolean | number | string> = {};
    if (brightness !== undefined) Object.assign(change, { on: brightness > 0, ...(brightness > 0 && { brightness }) });
    if (word !== undefined) change['on'] = switched(word, facts['on']) === true;
    if (color && 'h' in color) Object.assign(change, { colour_mode: 'hs', hue: color.h, saturation: color.s });
    if (color && 'r' in color)
      Object.assign(change, { colour_mode: 'rgb', red: color.r, green: color.g, blue: color.b });
    return atOnce(change);
  }
}

function jsonState(facts: Facts, ...names: readonly string[]) {
  return { state: onOff(facts['on']), ...Object.fromEntries(names.map((name) => [name, facts[name]])) };
}

function alsoInTheOtherModel(change: Facts): Facts {
  const { hue, saturation, red, green, blue } = change;
  if (typeof hue === 'number' && typeof saturation === 'number') {
    return { colour_mode: 'hs', ...toRedGreenBlue({ hue, saturation }) };
  }
  if (typeof red === 'number' && typeof green === 'number' && typeof blue === 'number') {
    return { colour_mode: 'rgb', ...toHueSaturation({ red, green, blue }) };
  }
  return {};
}

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

/** A lamp that is discovered as a whole device: the JSON schema with brightness 0..255, and `~` in its topics. */
export function jsonDimmer(identity: Identity): Thing {
  const { base, availability, config } = wholeDevice(identity, 'Virtual lamp');
  const jsonSchema = lightCommandSchema.pick({ state: true }).extend({ brightness: eightBit.optional() });
  return {
    ...identity,
    kind: 'light',
    availability,
    ranges: { on: flag, brightness: numberFrom(0, 255) },
    initial: { on: true, brightness: 128 },
    discovery: [
      config({
        light: { p: 'light', schema: 'json', brightness: true, stat_t: '~/state', cmd_t: '~/set' },
      }),
    ],
    commandTopics: [`${base}/set`],
    reports: (facts) => [{ topic: `${base}/state`, payload: JSON.stringify(jsonState(facts, 'brightness')) }],
    obey: ({ payload }, facts) => {
      const told = jsonSchema.safeParse(jsonOrWord(payload));
      if (!told.success || (told.data.state === undefined && told.data.brightness === undefined)) return null;
      const { state, brightness } = told.data;
      return atOnce({
        on: state === undefined ? brightness !== 0 : switched(state, facts['on']) === true,
        ...(brightness && { brightness }),
      });
    },
  };
}
