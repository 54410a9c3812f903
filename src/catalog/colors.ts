import { colorsByName, whitesByName } from './color-names.js';

/** A colour in sRGB, each part an integer of 0..255; `kelvin` where the words named a white by its warmth. */
export interface Color {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly kelvin: number | null;
}

type Rgb = Pick<Color, 'red' | 'green' | 'blue'>;

/** Words before a colour that make it lighter or darker, and by how much. */
const LIGHTER = ['light', 'pale', 'soft', 'pastel', '浅', '淡', '粉'];
const DARKER = ['dark', 'deep', '深', '暗', '墨'];
const AS_IT_IS = ['bright', 'vivid', 'pure', '亮', '鲜', '纯'];

/**
 * The colour that words name: "red", "Sky Blue", "light purple", "warm white", "#ff8800", "红色", "浅蓝色"; null for words
 * that name none.
 */
export function parseColor(words: string): Color | null {
  const name = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\bcolou?r(?:ed)?\b/g, '')
    .replace(/[\s_'-]+/g, '')
    .replace(/(?:颜色|色)的?$/, '');
  return hexColor(name) ?? named(name) ?? shaded(name);
}

function hexColor(name: string): Color | null {
  const long = /^#([0-9a-f]{6})$/.exec(name)?.[1];
  if (long) return { ...rgbOf(long), kelvin: null };
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(name);
  return short ? { ...rgbOf([...short.slice(1)].map((digit) => digit + digit).join('')), kelvin: null } : null;
}

function named(name: string): Color | null {
  const kelvin = whitesByName.get(name);
  if (kelvin !== undefined) return { ...whiteOf(kelvin), kelvin };
  const hex = colorsByName.get(name);
  return hex === undefined ? null : { ...rgbOf(hex), kelvin: null };
}

function shaded(name: string): Color | null {
  for (const [words, shade] of [
    [LIGHTER, (part: number) => Math.round((part + 255) / 2)],
    [DARKER, (part: number) => Math.round(part * 0.55)],
    [AS_IT_IS, (part: number) => part],
  ] as const) {
    const word = words.find((candidate) => name.startsWith(candidate));
    const color = word === undefined ? null : named(name.slice(word.length));
    if (color) return { red: shade(color.red), green: shade(color.green), blue: shade(color.blue), kelvin: null };
  }
  return null;
}

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex, 16);
  return { red: value >> 16, green: (value >> 8) & 255, blue: value & 255 };
}

/** Near enough for a lamp: white light of 2,000..6,500 K against a screen's white. */
function whiteOf(kelvin: number): Rgb {
  const warmth = Math.min(1, Math.max(0, (5_500 - kelvin) / 3_500));
  return { red: 255, green: Math.round(255 - 90 * warmth), blue: Math.round(255 - 185 * warmth) };
}

/** "#rrggbb", which {@link parseColor} reads back. */
export function hexOf(color: Rgb): string {
  return `#${[color.red, color.green, color.blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** Hue in degrees 0..360 and saturation in percent 0..100; brightness is left out. */
export function hueAndSaturation(color: Rgb): { readonly hue: number; readonly saturation: number } {
  const [red, green, blue] = [color.red / 255, color.green / 255, color.blue / 255];
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  if (span === 0) return { hue: 0, saturation: 0 };
  let sixth = (red - green) / span + 4;
  if (most === red) sixth = ((green - blue) / span + 6) % 6;
  else if (most === green) sixth = (blue - red) / span + 2;
  return { hue: round(sixth * 60, 1), saturation: round((span / most) * 100, 1) };
}

/** The full-bright colour of a hue in degrees and a saturation in percent. */
export function fromHueAndSaturation(hue: number, saturation: number): Rgb {
  const part = (offset: number): number => {
    const at = (offset + hue / 60) % 6;
    return Math.round(255 * (1 - (saturation / 100) * Math.max(0, Math.min(at, 4 - at, 1))));
  };
  return { red: part(5), green: part(3), blue: part(1) };
}

/** CIE 1931 xy of the colour's light (sRGB, D65); black has none and is given as white. */
export function chromaticity(color: Rgb): { readonly x: number; readonly y: number } {
  const linear = (part: number): number => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const [red, green, blue] = [linear(color.red), linear(color.green), linear(color.blue)];
  const x = 0.4124 * red + 0.3576 * green + 0.1805 * blue;
  const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const z = 0.0193 * red + 0.1192 * green + 0.9505 * blue;
  const sum = x + y + z;
  return sum === 0 ? { x: 0.3127, y: 0.329 } : { x: round(x / sum, 4), y: round(y / sum, 4) };
}

/** The full-bright colour of a CIE 1931 chromaticity. */
export function fromChromaticity(x: number, y: number): Rgb {
  if (!(y > 0)) return { red: 255, green: 255, blue: 255 };
  const [bigX, bigZ] = [x / y, (1 - x - y) / y];
  const linear = [
    3.2406 * bigX - 1.5372 - 0.4986 * bigZ,
    -0.9689 * bigX + 1.8758 + 0.0415 * bigZ,
    0.0557 * bigX - 0.204 + 1.057 * bigZ,
  ].map((part) => Math.max(0, part));
  const most = Math.max(...linear);
  const [red = 255, green = 255, blue = 255] = linear.map((part) => {
    const value = part / most;
    return Math.round(255 * (value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055));
  });
  return { red, green, blue };
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
