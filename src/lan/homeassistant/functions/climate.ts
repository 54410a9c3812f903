import type { Outcome } from '../../../core/outcome.js';
import { failed, refusedByDevice, untrusted } from '../../../core/outcomes.js';
import { features, supports } from '../home/features.js';
import { celsiusWords, fromCelsius, toCelsius } from '../home/temperature.js';
import type { HomeCall } from './home-call.js';

export async function setThermostat(call: HomeCall): Promise<Outcome> {
  const asked = call.number('temperature');
  if (asked === null) return refusedByDevice('The temperature is missing.');
  const { attributes, state } = call.before;
  const unit = call.home.temperatureUnit;
  const holdsRange = typeof attributes.target_temp_low === 'number' && typeof attributes.target_temp_high === 'number';
  if (!supports(call.before, features.climate.targetTemperature) || (holdsRange && attributes.temperature == null))
    return refusedByDevice(
      `${call.name} holds a range (${call.describe(call.before)}), so one temperature cannot be set. Change its mode in Home Assistant first.`,
    );
  const [least, most] = [attributes.min_temp ?? null, attributes.max_temp ?? null];
  const step = attributes.target_temp_step || 0.1;
  const value = Math.round(Math.round(fromCelsius(asked, unit) / step) * step * 100) / 100;
  if ((least !== null && value < least) || (most !== null && value > most)) {
    const words = (limit: number | null): string => celsiusWords(toCelsius(limit ?? 0, unit) ?? 0);
    return refusedByDevice(`${call.name} takes ${words(least)} to ${words(most)}, not ${celsiusWords(asked)}.`);
  }
  const seen = await call.change(
    'set_temperature',
    { temperature: value },
    ({ entity }) => Math.abs((entity.attributes.temperature ?? Number.NaN) - value) <= Math.max(step / 2, 0.05),
  );
  const before = typeof attributes.temperature === 'number' ? toCelsius(attributes.temperature, unit) : null;
  const isOff = seen.state === 'off' && state === 'off';
  const receipt = `${call.name}: ${call.describe(seen)}${isOff ? ' (it is switched off, so it does not heat)' : ''}`;
  return call.done(seen, before === null ? {} : { prior: { temperature: before } }, receipt);
}

export async function getTemperature(call: HomeCall): Promise<Outcome> {
  const entity = await call.read();
  const { attributes, state } = entity;
  const isClimate = entity.domain === 'climate';
  const value = isClimate ? attributes.current_temperature : state.trim() === '' ? null : Number(state);
  const unit = isClimate ? call.home.temperatureUnit : (attributes.unit_of_measurement ?? '');
  const celsius = typeof value === 'number' && Number.isFinite(value) ? toCelsius(value, unit) : null;
  if (celsius === null)
    return failed('NO_READING', `${call.name} shows no temperature.`, 'Look at it in Home Assistant.', state);
  const text = `${call.name}: ${celsiusWords(celsius)}`;
  return call.done(entity, { data: untrusted(celsius, celsiusWords(celsius), call.name) }, text);
}
