import { deviceSaid, readBack, refusedByDevice, untrusted } from '../../../core/outcomes.js';
import { missingArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { sendAndConfirm } from '../confirm.js';
import { type HomeFunction, notSaidYet } from '../home-call.js';
import type { Part } from '../part.js';
import type { Reading } from '../reading.js';
import { partOf, type Thing } from '../thing.js';
import { messageOf } from './on-off.js';

const tenth = (value: number): number => Math.round(value * 10) / 10;
const toCelsius = (value: number, isFahrenheit: boolean): number => tenth(isFahrenheit ? (value - 32) / 1.8 : value);

/** Whether a climate part or a sensor speaks in degrees Fahrenheit. */
function isFahrenheit(part: Part): boolean {
  const { temperature_unit: unit, unit_of_measurement: sensorUnit } = part.entity.config.texts;
  return /^°?F$/i.test((part.entity.component === 'sensor' ? sensorUnit : unit) ?? '');
}

export const setThermostat: HomeFunction = (thing) => {
  const part = partOf(thing, 'climate');
  const command = part?.command('temperature_command_topic', 'temperature_command_template');
  if (!part || !command) return null;
  const inFahrenheit = isFahrenheit(part);
  return async (home) => {
    const celsius = numberArgument(home, 'temperature');
    if (celsius === null) throw missingArgument('temperature');
    const wanted = tenth(inFahrenheit ? celsius * 1.8 + 32 : celsius);
    const { min_temp: min, max_temp: max, temp_step: step } = part.entity.config.numbers;
    if ((min !== undefined && wanted < min) || (max !== undefined && wanted > max)) {
      const range = [min, max].map((end) => (end === undefined ? 'any' : toCelsius(end, inFahrenheit)));
      return refusedByDevice(`${thing.name} can be set from ${range[0]} to ${range[1]} °C only.`);
    }
    const reading = part.reading('target');
    const was = reading?.number ?? null;
    const near = Math.max(0.25, (step ?? 0.5) / 2 + 0.01);
    const proof = await sendAndConfirm(home, {
      messages: [messageOf(part, command, wanted)],
      expectations: reading
        ? [
            {
              reading,
              judge: () => {
                if (reading.number === null) return 'unclear';
                return Math.abs(reading.number - wanted) <= near ? 'yes' : 'no';
              },
              words: () => `${toCelsius(reading.number ?? wanted, inFahrenheit)} °C`,
            },
          ]
        : [],
    });
    const set = toCelsius(proof === 'read-back' ? (reading?.number ?? wanted) : wanted, inFahrenheit);
    const isOff = part.reading('mode')?.value === 'off';
    const receipt = `${thing.name}: set to ${set} °C${isOff ? ', but its heating is switched off' : ''}`;
    const facts =
      was === null ? {} : { prior: priorOf(home, ['temperature'], { temperature: toCelsius(was, inFahrenheit) }) };
    return proof === 'read-back' ? readBack(receipt, facts) : deviceSaid(receipt, facts);
  };
};

/** Where a thing tells the temperature of the air, or null. */
export function thermometer(thing: Thing): { readonly reading: Reading; readonly part: Part } | null {
  const climate = partOf(thing, 'climate');
  const current = climate?.reading('current');
  if (climate && current) return { reading: current, part: climate };
  const part = thing.parts.find(
    ({ entity }) => entity.component === 'sensor' && entity.config.texts.device_class === 'temperature',
  );
  const reading = part?.reading('state');
  return part && reading ? { reading, part } : null;
}

/** The temperature in °C as last reported, or null while it is unknown or too old by the sensor's own rule. */
export function celsiusOf(thing: Thing): number | null {
  const told = thermometer(thing);
  const value = told?.reading.number ?? null;
  if (!told || value === null) return null;
  const lifetime = told.part.entity.config.numbers.expire_after;
  if (lifetime !== undefined && lifetime > 0 && Date.now() - told.reading.at > lifetime * 1_000) return null;
  return toCelsius(value, isFahrenheit(told.part));
}

export const getTemperature: HomeFunction = (thing) =>
  thermometer(thing)
    ? async () => {
        const celsius = celsiusOf(thing);
        if (celsius === null) return notSaidYet(thing, 'temperature');
        const text = `${celsius} °C`;
        return readBack(`${thing.name}: ${text}`, { data: untrusted(celsius, text, thing.name) });
      }
    : null;
