import {
  type Color,
  chromaticity,
  fromChromaticity,
  fromHueAndSaturation,
  hexOf,
  hueAndSaturation,
} from '../../../catalog/colors.js';
import type { Expectation } from '../confirm.js';
import { numberOf, type Reading } from '../reading.js';
import { memberOf, parsedJson } from '../template.js';

/** How far a reported colour may lie from the asked one, in CIE 1931 xy: lamps round, and cannot show every colour. */
const NEAR = 0.05;

type Rgb = Pick<Color, 'red' | 'green' | 'blue'>;
export type ColorModel = 'rgb' | 'hs' | 'xy';

/** A colour in the numbers of a model, in the order in which they are written. */
export function numbersOf(model: ColorModel, color: Color): readonly (readonly [string, number])[] {
  if (model === 'rgb') return Object.entries({ red: color.red, green: color.green, blue: color.blue });
  if (model === 'xy') return Object.entries(chromaticity(color));
  const { hue, saturation } = hueAndSaturation(color);
  return Object.entries({ hue, sat: saturation });
}

/** A reported colour: "255,0,0", "359.5,100", "0.64,0.33", or the JSON of a light's "color"; null for anything else. */
export function reportedColor(model: ColorModel | 'json', value: string): Rgb | null {
  if (model === 'json') return jsonColor(value);
  const [first, second, third] = value.split(',').map(numberOf);
  return colorOf(model, first, second, third);
}

function jsonColor(value: string): Rgb | null {
  const parsed = parsedJson(value);
  const part = (name: string): number | null => {
    const member = memberOf(parsed, name);
    return typeof member === 'number' ? member : null;
  };
  return (
    colorOf('rgb', part('r'), part('g'), part('b')) ??
    colorOf('hs', part('h'), part('s'), null) ??
    colorOf('xy', part('x'), part('y'), null)
  );
}

type Given = number | null | undefined;

function colorOf(model: ColorModel, first: Given, second: Given, third: Given): Rgb | null {
  if (typeof first !== 'number' || typeof second !== 'number') return null;
  if (model === 'hs') return fromHueAndSaturation(first, Math.min(100, Math.max(0, second)));
  if (model === 'xy') return fromChromaticity(first, second);
  const isPart = (value: Given): value is number => typeof value === 'number' && value >= 0 && value <= 255;
  if (!isPart(first) || !isPart(second) || !isPart(third)) return null;
  return { red: Math.round(first), green: Math.round(second), blue: Math.round(third) };
}

export function expectColor(reading: Reading, model: ColorModel | 'json', wanted: Color): Expectation {
  const asked = chromaticity(wanted);
  return {
    reading,
    judge: (value) => {
      const color = reportedColor(model, value);
      if (color === null) return 'unclear';
      const said = chromaticity(color);
      return Math.hypot(said.x - asked.x, said.y - asked.y) <= NEAR ? 'yes' : 'no';
    },
    words: (value) => {
      const color = reportedColor(model, value);
      return color ? `the colour ${hexOf(color)}` : 'no colour';
    },
  };
}
