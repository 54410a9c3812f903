import { readBack, untrusted } from '../../../core/outcomes.js';
import { type HomeFunction, notSaidYet } from '../home-call.js';
import type { Part } from '../part.js';
import { partOf, type Thing } from '../thing.js';
import { coverState, openPercent, positionWords } from './cover.js';
import { speedPercent } from './fan.js';
import { brightnessPercent, lightColor } from './light.js';
import { lockState } from './lock.js';
import { isOn } from './on-off.js';

/** What "on" and "off" mean for a sensor of this class, as Home Assistant shows them. */
const BINARY_WORDS: ReadonlyMap<string, readonly [string, string]> = new Map([
  ['smoke', ['smoke detected', 'no smoke']],
  ['gas', ['gas detected', 'no gas']],
  ['carbon_monoxide', ['carbon monoxide detected', 'no carbon monoxide']],
  ['moisture', ['wet', 'dry']],
  ['door', ['open', 'closed']],
  ['garage_door', ['open', 'closed']],
  ['window', ['open', 'closed']],
  ['opening', ['open', 'closed']],
  ['lock', ['unlocked', 'locked']],
  ['motion', ['motion', 'no motion']],
  ['occupancy', ['occupied', 'empty']],
  ['presence', ['somebody is there', 'nobody is there']],
  ['battery', ['battery low', 'battery good']],
  ['problem', ['problem', 'no problem']],
]);

function binaryWords(part: Part): string | null {
  const on = isOn(part, part.reading('state')?.value ?? null);
  if (on === null) return null;
  const [yes, no] = BINARY_WORDS.get(part.entity.config.texts.device_class ?? '') ?? ['on', 'off'];
  return on ? yes : no;
}

/** What a part says of itself in a person's words, or null while it has said nothing. */
function wordsOf(part: Part): string | null {
  const { entity } = part;
  const state = part.reading('state')?.value ?? null;
  const power = (): string | null => {
    const on = isOn(part, state);
    return on === null ? null : on ? 'on' : 'off';
  };
  switch (entity.component) {
    case 'light': {
      if (power() !== 'on') return power();
      const level = brightnessPercent(part);
      return ['on', level === null ? null : `${level} %`, lightColor(part)].filter((word) => word !== null).join(', ');
    }
    case 'switch':
      return power();
    case 'fan': {
      const speed = speedPercent(part);
      return power() === 'on' && speed !== null ? `on, ${speed} %` : power();
    }
    case 'lock':
      return lockState(part, state);
    case 'cover': {
      const percent = openPercent(part);
      const movement = coverState(part, state);
      if (movement === 'opening' || movement === 'closing') return movement;
      return percent === null ? movement : positionWords(percent);
    }
    case 'climate': {
      const unit = `°${part.entity.config.texts.temperature_unit ?? 'C'}`;
      const [target, current, mode] = (['target', 'current', 'mode'] as const).map((name) => part.reading(name)?.value);
      const words = [
        target ? `set to ${target} ${unit}` : null,
        current ? `${current} ${unit} now` : null,
        mode ? `mode ${mode}` : null,
      ].filter((word) => word !== null);
      return words.length > 0 ? words.join(', ') : null;
    }
    case 'binary_sensor':
      return binaryWords(part);
    case 'sensor': {
      if (state === null) return null;
      const unit = entity.config.texts.unit_of_measurement;
      const label = entity.config.texts.device_class ?? entity.name;
      return `${label ? `${label.replaceAll('_', ' ').toLowerCase()} ` : ''}${state}${unit ? ` ${unit}` : ''}`;
    }
    case 'text':
      return state === null ? null : `playing ${state}`;
    case 'vacuum':
      return state;
    case 'select':
    case 'scene':
      return null;
  }
}

export const getDeviceState: HomeFunction = (thing: Thing) => {
  if (thing.parts.every((part) => part.allReadings().length === 0 || part.entity.component === 'scene')) return null;
  return async () => {
    const words = thing.parts.map(wordsOf).filter((text) => text !== null);
    if (words.length === 0) return notSaidYet(thing, 'state');
    const text = words.join(', ');
    return readBack(`${thing.name}: ${text}`, { data: untrusted(text, text, thing.name) });
  };
};

export const checkSmokeDetector: HomeFunction = (thing: Thing) => {
  if (thing.deviceClass !== 'smoke_detector') return null;
  const part =
    thing.parts.find(({ entity }) => entity.config.texts.device_class === 'smoke') ?? partOf(thing, 'binary_sensor');
  if (!part?.reading('state')) return null;
  return async () => {
    const text = binaryWords(part);
    if (text === null) return notSaidYet(thing, 'state');
    return readBack(`${thing.name}: ${text}`, { data: untrusted(text, text, thing.name) });
  };
};
