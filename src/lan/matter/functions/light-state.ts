import { type Color, fromChromaticity, fromHueAndSaturation, hexOf } from '../../../catalog/colors.js';
import type { EndpointView } from '../endpoint-view.js';
import type { Answer, Wanted } from '../matter-node.js';
import { bitOf, numberOf, readFlag, readNumber } from './reading.js';

/** Level control counts to 254. */
export const MAX_LEVEL = 254;
/** Hue and saturation count to 254, x and y to 65,536. */
const XY_SCALE = 65_536;

export type ColorModel = 'hueSaturation' | 'xy' | 'temperature';
/** The color mode attribute's values, in their order. */
const MODES: readonly ColorModel[] = ['hueSaturation', 'xy', 'temperature'];

/** A light as it is; null for what it does not say. */
export interface LightState {
  readonly isOn: boolean | null;
  /** 0..100 */
  readonly brightness: number | null;
  readonly model: ColorModel | null;
  readonly color: Pick<Color, 'red' | 'green' | 'blue'> | null;
  readonly kelvin: number | null;
}

/** How a light can be given a colour, best first; empty for one that cannot. */
export function colorModels(endpoint: EndpointView): readonly ColorModel[] {
  const color = endpoint.cluster('colorControl');
  if (color === null) return [];
  const can = (bit: string): boolean => bitOf(color, 'colorCapabilities', bit) || bitOf(color, 'featureMap', bit);
  return [
    ...(can('hueSaturation') ? (['hueSaturation'] as const) : []),
    ...(can('xy') ? (['xy'] as const) : []),
    ...(can('colorTemperature') ? (['temperature'] as const) : []),
  ];
}

/** The light's own range of white in mireds; the specification's where it says none. */
export function miredRange(endpoint: EndpointView): { readonly min: number; readonly max: number } {
  const color = endpoint.cluster('colorControl');
  return {
    min: numberOf(color, 'colorTempPhysicalMinMireds') ?? 1,
    max: numberOf(color, 'colorTempPhysicalMaxMireds') ?? 65_279,
  };
}

/** What is read to know a light. */
export function lightWanted(endpoint: EndpointView): readonly Wanted[] {
  const models = colorModels(endpoint);
  const names = [
    'colorMode',
    ...(models.includes('hueSaturation') ? ['currentHue', 'currentSaturation'] : []),
    ...(models.includes('xy') ? ['currentX', 'currentY'] : []),
    ...(models.includes('temperature') ? ['colorTemperatureMireds'] : []),
  ];
  return [
    { cluster: 'onOff', names: ['onOff'] },
    ...(endpoint.cluster('levelControl') ? [{ cluster: 'levelControl', names: ['currentLevel'] } as const] : []),
    ...(models.length > 0 ? [{ cluster: 'colorControl', names } as const] : []),
  ];
}

export function lightState(answer: Answer): LightState {
  const level = readNumber(answer, 'levelControl', 'currentLevel');
  const model = MODES[readNumber(answer, 'colorControl', 'colorMode') ?? -1] ?? null;
  const told = (name: string): number | null => readNumber(answer, 'colorControl', name);
  const mireds = told('colorTemperatureMireds');
  const kelvin = model === 'temperature' && mireds ? Math.round(1_000_000 / mireds) : null;
  return {
    isOn: readFlag(answer, 'onOff', 'onOff'),
    brightness: level === null ? null : Math.min(100, Math.round((level / MAX_LEVEL) * 100)),
    model,
    color: colorOf(model, told),
    kelvin,
  };
}

function colorOf(model: ColorModel | null, told: (name: string) => number | null): LightState['color'] {
  const [hue, saturation, x, y] = [told('currentHue'), told('currentSaturation'), told('currentX'), told('currentY')];
  if (model === 'hueSaturation' && hue !== null && saturation !== null)
    return fromHueAndSaturation((hue / MAX_LEVEL) * 360, (saturation / MAX_LEVEL) * 100);
  if (model === 'xy' && x !== null && y !== null) return fromChromaticity(x / XY_SCALE, y / XY_SCALE);
  return null;
}

/** A light in a person's words: "on, 40 %, #ff0000". */
export function lightWords({ isOn, brightness, color, kelvin }: LightState): string | null {
  if (isOn !== true) return isOn === null ? null : 'off';
  return ['on', brightness === null ? null : `${brightness} %`, kelvin ? `${kelvin} K` : color && hexOf(color)]
    .filter((word) => word !== null)
    .join(', ');
}
