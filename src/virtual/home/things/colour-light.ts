import { z } from 'zod';
import { type Facts, flag, numberFrom, oneOf } from '../facts.js';
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
    reports: (facts) =>
      state({ state: onOff(facts['on']), brightness: facts['brightness'], ...colourState(facts), linkquality: 142 }),
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
