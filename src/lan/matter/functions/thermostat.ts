import { failed, readBack, refusedByDevice, untrusted } from '../../../core/outcomes.js';
import { missingArgument, numberArgument, priorOf } from '../../call-arguments.js';
import { readState, sendAndConfirm } from '../confirm.js';
import type { EndpointView } from '../endpoint-view.js';
import { type MatterFunction, notSaid } from '../matter-call.js';
import type { Wanted } from '../matter-node.js';
import { bitOf, celsiusOf, readNumber } from './reading.js';

/** How far a setpoint may lie from the asked one, in hundredths of a degree: many keep halves. */
const NEAR = 25;

/** The system mode attribute's values that matter here. */
const OFF = 0;
const COOL = 3;
const PRECOOLING = 6;

const MODES = [
  'off',
  'auto',
  null,
  'cool',
  'heat',
  'emergency heat',
  'precooling',
  'fan only',
  'dry',
  'sleep',
] as const;
export const modeWords = (mode: number | null): string | null => MODES[mode ?? -1] ?? null;

export const thermostatWanted: readonly Wanted[] = [
  {
    cluster: 'thermostat',
    names: [
      'localTemperature',
      'systemMode',
      'occupiedHeatingSetpoint',
      'occupiedCoolingSetpoint',
      'minHeatSetpointLimit',
      'maxHeatSetpointLimit',
      'minCoolSetpointLimit',
      'maxCoolSetpointLimit',
    ],
  },
];

/** Which of its setpoints counts in a mode: the cooling one while it cools, or where it can do nothing else. */
export function setpointOf(endpoint: EndpointView, mode: number | null): 'Heat' | 'Cool' {
  const thermostat = endpoint.cluster('thermostat');
  const [heats, cools] = [bitOf(thermostat, 'featureMap', 'heating'), bitOf(thermostat, 'featureMap', 'cooling')];
  return cools && (!heats || mode === COOL || mode === PRECOOLING) ? 'Cool' : 'Heat';
}

export const setThermostat: MatterFunction = ({ endpoint, name }) => {
  if (endpoint.cluster('thermostat') === null) return null;
  return async (home) => {
    const celsius = numberArgument(home, 'temperature');
    if (celsius === null) throw missingArgument('temperature');
    const before = await readState(home, thermostatWanted);
    const mode = readNumber(before, 'thermostat', 'systemMode');
    const kind = setpointOf(endpoint, mode);
    const attribute = kind === 'Cool' ? 'occupiedCoolingSetpoint' : 'occupiedHeatingSetpoint';
    const was = readNumber(before, 'thermostat', attribute);
    if (was === null) return failed('NO_SETPOINT', `${name} has no temperature to set.`, 'Set it at the device.');
    const wanted = Math.round(celsius * 100);
    const min = readNumber(before, 'thermostat', `min${kind}SetpointLimit`);
    const max = readNumber(before, 'thermostat', `max${kind}SetpointLimit`);
    if ((min !== null && wanted < min) || (max !== null && wanted > max))
      return refusedByDevice(
        `${name} can be set from ${celsiusOf(min) ?? 'any'} to ${celsiusOf(max) ?? 'any'} °C only.`,
      );
    const place = { endpoint: endpoint.number, cluster: 'thermostat', name: attribute } as const;
    const after = await sendAndConfirm<number | null>(home, {
      send: (signal) => home.node.write(place, wanted, signal),
      look: async (signal) =>
        readNumber(await home.node.read(endpoint.number, thermostatWanted, signal), 'thermostat', attribute),
      judge: (value) => (value === null ? 'unclear' : Math.abs(value - wanted) <= NEAR ? 'yes' : 'no'),
      words: (value) => `${celsiusOf(value) ?? 0} °C`,
    });
    const isOff = mode === OFF;
    return readBack(`${name}: set to ${celsiusOf(after) ?? celsius} °C${isOff ? ', but it is switched off' : ''}`, {
      prior: priorOf(home, ['temperature'], { temperature: celsiusOf(was) ?? celsius }),
    });
  };
};

export const getTemperature: MatterFunction = (thing) => {
  const { endpoint, name } = thing;
  const isSensor = endpoint.cluster('temperatureMeasurement') !== null;
  if (!isSensor && endpoint.cluster('thermostat') === null) return null;
  const wanted: readonly Wanted[] = isSensor
    ? [{ cluster: 'temperatureMeasurement', names: ['measuredValue'] }]
    : thermostatWanted;
  return async (home) => {
    const answer = await readState(home, wanted);
    const celsius = celsiusOf(
      isSensor
        ? readNumber(answer, 'temperatureMeasurement', 'measuredValue')
        : readNumber(answer, 'thermostat', 'localTemperature'),
    );
    if (celsius === null) return notSaid(thing, 'temperature');
    const text = `${celsius} °C`;
    return readBack(`${name}: ${text}`, { data: untrusted(celsius, text, name) });
  };
};
