import type { Entity } from './entity.js';
import { celsiusWords, type TemperatureUnit, toCelsius } from './temperature.js';

const WORDS: Readonly<Record<string, string>> = { not_home: 'away', home: 'at home' };

/** `on` and `off` of a binary_sensor in the words that Home Assistant's own interface uses for its device_class. */
const BINARY: Readonly<Record<string, readonly [on: string, off: string]>> = {
  door: ['open', 'closed'],
  garage_door: ['open', 'closed'],
  window: ['open', 'closed'],
  opening: ['open', 'closed'],
  lock: ['unlocked', 'locked'],
  motion: ['motion detected', 'no motion'],
  occupancy: ['occupied', 'nobody there'],
  presence: ['present', 'away'],
  moisture: ['wet', 'dry'],
  smoke: ['smoke detected', 'no smoke'],
  gas: ['gas detected', 'no gas'],
  carbon_monoxide: ['carbon monoxide detected', 'no carbon monoxide'],
  battery: ['battery low', 'battery normal'],
  problem: ['problem', 'no problem'],
  connectivity: ['connected', 'disconnected'],
  plug: ['plugged in', 'unplugged'],
};

/** A state as a person would say it: "on, brightness 40 %", "open 60 %", "playing Blue in Green". */
export function describeState(entity: Entity, unit: TemperatureUnit): string {
  const { state, attributes } = entity;
  switch (entity.domain) {
    case 'light':
      return [state, ...share('brightness', brightnessPercent(entity)), ...colorOf(entity)].join(', ');
    case 'fan':
      return [state, ...share('speed', state === 'on' ? attributes.percentage : null)].join(', ');
    case 'cover':
      return isNumber(attributes.current_position) ? `${state}, ${attributes.current_position} % open` : state;
    case 'climate':
      return [
        state,
        ...degrees(attributes.current_temperature, unit, ''),
        ...degrees(attributes.temperature, unit, 'set to '),
        ...degrees(attributes.target_temp_low, unit, 'from '),
        ...degrees(attributes.target_temp_high, unit, 'to '),
      ].join(', ');
    case 'media_player':
      return playing(entity);
    case 'vacuum':
      return [state, ...share('battery', attributes.battery_level)].join(', ');
    case 'binary_sensor':
      return BINARY[attributes.device_class ?? '']?.[state === 'on' ? 0 : 1] ?? state;
    case 'sensor':
      return sensorWords(entity);
    default:
      return WORDS[state] ?? state.replaceAll('_', ' ');
  }
}

/** 0..100, or null while the light is off or has no brightness. */
export function brightnessPercent({ attributes }: Entity): number | null {
  return isNumber(attributes.brightness) ? Math.round((attributes.brightness / 255) * 100) : null;
}

function colorOf({ state, attributes }: Entity): string[] {
  if (state !== 'on') return [];
  if (attributes.color_mode === 'color_temp')
    return isNumber(attributes.color_temp_kelvin) ? [`white of ${Math.round(attributes.color_temp_kelvin)} K`] : [];
  const rgb = attributes.rgb_color;
  return rgb?.length === 3 ? [`colour rgb(${rgb.map(Math.round).join(', ')})`] : [];
}

function playing({ state, attributes }: Entity): string {
  if (!['playing', 'paused', 'buffering'].includes(state) || !attributes.media_title) return state;
  return `${state} ${attributes.media_title}${attributes.media_artist ? ` by ${attributes.media_artist}` : ''}`;
}

function sensorWords({ state, attributes }: Entity): string {
  const unit = attributes.unit_of_measurement;
  const celsius = attributes.device_class === 'temperature' ? toCelsius(Number(state), unit ?? '') : null;
  if (celsius !== null && Number.isFinite(celsius)) return celsiusWords(celsius);
  return unit ? `${state} ${unit}` : state;
}

function share(word: string, percent: number | null | undefined): string[] {
  return isNumber(percent) ? [`${word} ${Math.round(percent)} %`] : [];
}

function degrees(value: number | null | undefined, unit: TemperatureUnit, before: string): string[] {
  const celsius = isNumber(value) ? toCelsius(value, unit) : null;
  return celsius === null ? [] : [`${before}${celsiusWords(celsius)}`];
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number';
}
