import { hueAndSaturation } from '../../../catalog/colors.js';
import { become, numberIn, type Service, type ServiceCall } from './service.js';

const off: Service = {
  handle: (call) =>
    become(call, 'off', {
      brightness: null,
      color_mode: null,
      rgb_color: null,
      hs_color: null,
      color_temp_kelvin: null,
    }),
};

const on: Service = { handle: (call) => turnOn(call) };

/** Parameters that a light's colour modes do not have are dropped without a word, as Home Assistant does. */
function turnOn(call: ServiceCall): undefined {
  const { attributes } = call.entity;
  const modes = Array.isArray(attributes['supported_color_modes']) ? attributes['supported_color_modes'] : [];
  const percent = numberIn(call.data, 'brightness_pct');
  if (percent === 0) return off.handle(call) as undefined;
  if (modes.every((mode) => mode === 'onoff')) return become(call, 'on', { color_mode: 'onoff' });
  const brightness = percent === null ? (attributes['brightness'] ?? 255) : Math.round((percent / 100) * 255);
  return become(call, 'on', { brightness, ...colorOf(call, modes) });
}

function colorOf({ data, entity }: ServiceCall, modes: readonly unknown[]): Readonly<Record<string, unknown>> {
  const kelvin = numberIn(data, 'color_temp_kelvin');
  if (kelvin !== null && modes.includes('color_temp'))
    // Kept in whole mireds, as most lamps do.
    return { color_mode: 'color_temp', color_temp_kelvin: Math.round(1e6 / Math.round(1e6 / kelvin)), rgb_color: null };
  const rgb = data['rgb_color'];
  if (Array.isArray(rgb) && modes.includes('hs')) {
    const [red, green, blue] = rgb.map(Number);
    const { hue, saturation } = hueAndSaturation({ red: red ?? 0, green: green ?? 0, blue: blue ?? 0 });
    return { color_mode: 'hs', rgb_color: rgb, hs_color: [hue, saturation], color_temp_kelvin: null };
  }
  return { color_mode: entity.attributes['color_mode'] ?? modes[0] };
}

export const lightServices: Readonly<Record<string, Service>> = { turn_on: on, turn_off: off };
