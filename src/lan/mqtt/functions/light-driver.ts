import type { Color } from '../../../catalog/colors.js';
import type { Expectation } from '../confirm.js';
import type { CommandMessage } from '../home-call.js';
import type { Command, Part, ReadingName } from '../part.js';
import type { Reading } from '../reading.js';
import { type ColorModel, expectColor, numbersOf } from './light-colors.js';
import { expectPower, messageOf, powerPayload } from './on-off.js';

/** What is asked of a light that shall be on; brightness in percent. */
export interface LightWish {
  readonly brightness: number | null;
  readonly color: Color | null;
}

/** One way of speaking to a light. */
export interface LightDriver {
  readonly canDim: boolean;
  readonly canColor: boolean;
  /** It has whites of different warmth, and no other colours. */
  readonly canWarm: boolean;
  on(wish: LightWish): readonly CommandMessage[];
  off(): readonly CommandMessage[];
}

export const scaleOf = (part: Part): number => Math.max(1, part.entity.config.numbers.brightness_scale ?? 255);

/** The light's own number for a brightness: a light that is on is never at 0. */
export const scaled = (part: Part, percent: number): number =>
  Math.max(1, Math.round((Math.min(100, percent) / 100) * scaleOf(part)));

/** How the light is told, by the schema it announced; null where it is told in a way that is not supported. */
export function lightDriver(part: Part): LightDriver | null {
  const schema = part.entity.config.texts.schema ?? 'default';
  if (schema === 'json') return jsonDriver(part);
  if (schema === 'template') return templateDriver(part);
  return schema === 'default' || schema === 'basic' ? plainDriver(part) : null;
}

const COLOR_COMMANDS = [
  ['rgb', 'rgb_command_topic', 'rgb_command_template', ['value', 'red', 'green', 'blue']],
  ['hs', 'hs_command_topic', 'hs_command_template', ['value', 'hue', 'sat']],
  ['xy', 'xy_command_topic', 'xy_command_template', ['value', 'x', 'y']],
] as const;

/** A topic for each value. */
function plainDriver(part: Part): LightDriver | null {
  const power = part.command('command_topic', 'command_template');
  if (power === null) return null;
  const brightness = part.command('brightness_command_topic', 'brightness_command_template');
  const warmth = part.command('color_temp_command_topic', 'color_temp_command_template');
  const colors = COLOR_COMMANDS.flatMap(([model, topic, template, variables]) => {
    const command = part.command(topic, template, variables);
    return command ? [{ model, command }] : [];
  });
  const colorMessages = (color: Color | null): readonly CommandMessage[] => {
    if (color === null) return [];
    if (color.kelvin !== null && warmth) return [messageOf(part, warmth, warmthOf(part, color.kelvin))];
    return colors.slice(0, 1).map(({ model, command }) => colorMessage(part, model, command, color));
  };
  const type = part.entity.config.texts.on_command_type ?? 'last';
  return {
    canDim: brightness !== null,
    canColor: colors.length > 0,
    canWarm: warmth !== null,
    on: (wish) => {
      // Lights of this type are switched on by their brightness: the last one, else full.
      const known = type === 'brightness' ? (part.reading('brightness')?.number ?? 0) : 0;
      const fallback = type === 'brightness' ? (known > 0 ? known : scaleOf(part)) : null;
      const level = wish.brightness === null ? fallback : scaled(part, wish.brightness);
      const styles = [
        ...(brightness && level !== null ? [messageOf(part, brightness, level)] : []),
        ...colorMessages(wish.color),
      ];
      const on = messageOf(part, power, powerPayload(part, true));
      if (type === 'brightness' && brightness) return styles;
      return type === 'first' ? [on, ...styles] : [...styles, on];
    },
    off: () => [messageOf(part, power, powerPayload(part, false))],
  };
}

function colorMessage(part: Part, model: ColorModel, command: Command, color: Color): CommandMessage {
  const numbers = numbersOf(model, color);
  return messageOf(part, command, numbers.map(([, value]) => value).join(','), Object.fromEntries(numbers));
}

/** Everything in one JSON object. */
function jsonDriver(part: Part): LightDriver | null {
  const { topics, flags, lists } = part.entity.config;
  const topic = topics.command_topic;
  if (topic === undefined) return null;
  const modes = lists.supported_color_modes ?? [];
  const model = jsonModel(part);
  const write = (payload: Readonly<Record<string, unknown>>): readonly CommandMessage[] => [
    { topic, payload: JSON.stringify(payload), retain: flags.retain ?? false },
  ];
  const canWarm = modes.includes('color_temp') || flags.color_temp === true;
  const colored = (color: Color): Readonly<Record<string, unknown>> => {
    if (color.kelvin !== null && canWarm) return { color_temp: warmthOf(part, color.kelvin) };
    return model === null ? {} : { color: jsonMembers(model, color) };
  };
  return {
    canDim: flags.brightness === true || modes.some((mode) => mode !== 'onoff'),
    canColor: model !== null,
    canWarm,
    on: ({ brightness, color }) =>
      write({
        state: 'ON',
        ...(brightness === null ? {} : { brightness: scaled(part, brightness) }),
        ...(color === null ? {} : colored(color)),
      }),
    off: () => write({ state: 'OFF' }),
  };
}

function jsonModel(part: Part): ColorModel | null {
  const { flags, lists } = part.entity.config;
  const modes = lists.supported_color_modes ?? [];
  if (modes.some((mode) => mode === 'rgb' || mode === 'rgbw' || mode === 'rgbww') || flags.rgb) return 'rgb';
  if (modes.includes('hs') || flags.hs) return 'hs';
  return modes.includes('xy') || flags.xy ? 'xy' : null;
}

/** The members of JSON's "color" have names of one letter. */
function jsonMembers(model: ColorModel, color: Color): Readonly<Record<string, number>> {
  return Object.fromEntries(numbersOf(model, color).map(([name, value]) => [name.charAt(0), value]));
}

/** A template each for on and off, with values in 0..255. */
function templateDriver(part: Part): LightDriver | null {
  const { texts } = part.entity.config;
  const asks = (name: string): boolean => new RegExp(`\\{\\{\\s*${name}\\b`).test(texts.command_on_template ?? '');
  const variables = ['state', 'brightness', 'red', 'green', 'blue'];
  const on = part.command('command_topic', 'command_on_template', variables);
  const off = part.command('command_topic', 'command_off_template', ['state']);
  if (!on || !off || texts.command_on_template === undefined || texts.command_off_template === undefined) return null;
  const byte = (percent: number): number => Math.max(1, Math.round((percent / 100) * 255));
  return {
    canDim: asks('brightness'),
    canColor: asks('red'),
    canWarm: false,
    on: ({ brightness, color }) => {
      const white = { red: 255, green: 255, blue: 255 };
      const { red, green, blue } = color ?? white;
      const level = brightness === null ? (part.reading('brightness')?.number ?? 255) : byte(brightness);
      return [messageOf(part, on, 'on', { state: 'on', brightness: level, red, green, blue })];
    },
    off: () => [messageOf(part, off, 'off', { state: 'off' })],
  };
}

/** In the light's unit: mireds, or kelvin where it says so. */
function warmthOf(part: Part, kelvin: number): number {
  return part.entity.config.flags.color_temp_kelvin ? kelvin : Math.round(1_000_000 / kelvin);
}

/** What the light must report: that it is on, and as bright and as coloured as asked, where it reports it. */
export function expectLight(part: Part, wish: LightWish): readonly Expectation[] {
  const brightness = part.reading('brightness');
  return [
    ...expectPower(part, true),
    ...(wish.brightness !== null && brightness ? [expectBrightness(part, brightness, wish.brightness)] : []),
    ...(wish.color ? expectLightColor(part, wish.color) : []),
  ];
}

function expectBrightness(part: Part, reading: Reading, percent: number): Expectation {
  const scale = part.entity.config.texts.schema === 'template' ? 255 : scaleOf(part);
  const wanted = (percent / 100) * scale;
  return {
    reading,
    judge: () => {
      if (reading.number === null) return 'unclear';
      return Math.abs(reading.number - wanted) <= Math.max(1, scale * 0.015) ? 'yes' : 'no';
    },
    words: () => `a brightness of ${Math.round(((reading.number ?? 0) / scale) * 100)} %`,
  };
}

const COLOR_READINGS: readonly (readonly [ReadingName, ColorModel | 'json'])[] = [
  ['rgb', 'rgb'],
  ['hs', 'hs'],
  ['xy', 'xy'],
  ['color', 'json'],
];

/** The reading by which the light tells its colour, and how it is written there. */
export function colorReading(part: Part): { readonly reading: Reading; readonly model: ColorModel | 'json' } | null {
  for (const [name, model] of COLOR_READINGS) {
    const reading = part.reading(name);
    if (reading) return { reading, model };
  }
  return null;
}

function expectLightColor(part: Part, color: Color): readonly Expectation[] {
  const warmth = part.reading('color_temp');
  const isWarmth = color.kelvin !== null && lightDriver(part)?.canWarm === true;
  if (isWarmth) {
    const wanted = warmthOf(part, color.kelvin ?? 0);
    return warmth
      ? [
          {
            reading: warmth,
            judge: () => (Math.abs((warmth.number ?? 0) - wanted) <= wanted * 0.05 ? 'yes' : 'no'),
            words: (value) => `a white of ${value}`,
          },
        ]
      : [];
  }
  const told = colorReading(part);
  return told ? [expectColor(told.reading, told.model, color)] : [];
}
