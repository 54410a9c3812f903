import type { Entity } from './entity.js';

/**
 * The bits of `supported_features` that matter here, from the *EntityFeature enumerations of Home Assistant's core
 * (components/<domain>/const.py).
 */
export const features = {
  cover: { open: 1, close: 2, setPosition: 4 },
  climate: { targetTemperature: 1, targetRange: 2 },
  fan: { setSpeed: 1 },
  vacuum: { pause: 4, stop: 8, returnHome: 16, start: 8192 },
  player: { turnOn: 128, turnOff: 256, playMedia: 512, selectSource: 2048, searchMedia: 4_194_304 },
} as const;

export function supports(entity: Entity, bit: number): boolean {
  return ((entity.attributes.supported_features ?? 0) & bit) !== 0;
}

const COLOR_MODES = new Set(['hs', 'xy', 'rgb', 'rgbw', 'rgbww']);
const WITHOUT_BRIGHTNESS = new Set(['onoff', 'unknown']);

/** What a light can do, by its `supported_color_modes`. */
export function lightAbilities({ attributes }: Entity): {
  readonly brightness: boolean;
  readonly color: boolean;
  readonly warmth: boolean;
} {
  const modes = attributes.supported_color_modes ?? [];
  return {
    brightness: modes.some((mode) => !WITHOUT_BRIGHTNESS.has(mode)),
    color: modes.some((mode) => COLOR_MODES.has(mode)),
    warmth: modes.includes('color_temp'),
  };
}
