import { z } from 'zod';
import { refusedByDevice } from '../../../core/outcomes.js';
import { withUnit } from '../acceptable.js';
import { argumentsOf, type CarFunction, commonNumber, commonValue, pathsOf } from '../car-function.js';
import type { PlaceName } from '../seating.js';
import { setSignals } from '../set-signals.js';
import type { Signal } from '../signal.js';

const FRONT: readonly PlaceName[] = ['driver', 'passenger'];
const REAR: readonly PlaceName[] = ['rearDriver', 'rearPassenger'];

const placesOf = (zone: 'driver' | 'passenger' | 'rear'): readonly PlaceName[] => (zone === 'rear' ? REAR : [zone]);

/** Without a zone both front seats are meant: cars that have a control for the rear leave it to those who sit there. */
export const setClimateTemperature: CarFunction = {
  isOffered: (signals) => signals.all('temperature', [...FRONT, ...REAR]).length > 0,
  run: async (call, car) => {
    const { temperature, zone } = argumentsOf(call, {
      temperature: z.number(),
      zone: z.enum(['driver', 'passenger', 'rear']).optional(),
    });
    const stations = car.signals.all('temperature', zone ? placesOf(zone) : FRONT).map(({ signal }) => signal);
    if (stations.length === 0) {
      return refusedByDevice(`${car.name} has no temperature control for the ${zone ?? 'front'} seats.`);
    }
    return setSignals(call, car, {
      wishes: stations.map((signal) => ({ signal, value: temperature, spare: zone !== 'driver' })),
      receipt: ([sent]) => `climate${zone ? ` (${zone})` : ''} at ${withUnit(Number(sent), 'celsius')}`,
      prior: (before) => {
        const was = commonNumber(before, stations);
        return was === undefined ? undefined : { temperature: was, ...(zone ? { zone } : {}) };
      },
    });
  },
};

/** Both front fans: VSS has one for each seat, a person says "the fan". */
export const setFanSpeed: CarFunction = {
  isOffered: (signals) => signals.all('fanSpeed', FRONT).length > 0,
  run: (call, car) => {
    const { level } = argumentsOf(call, { level: z.number() });
    const fans = car.signals.all('fanSpeed', FRONT).map(({ signal }) => signal);
    return setSignals(call, car, {
      wishes: fans.map((signal) => ({ signal, value: level, spare: true })),
      receipt: ([sent]) => `fan at ${sent} %`,
      prior: (before) => {
        const was = commonNumber(before, fans);
        return was === undefined ? undefined : { level: was };
      },
    });
  },
};

export const setClimatePower: CarFunction = {
  isOffered: (signals) => signals.get('climatePower') !== undefined,
  run: async (call, car) => {
    const { power } = argumentsOf(call, { power: z.boolean() });
    const signal = car.signals.get('climatePower');
    if (!signal) return refusedByDevice(`${car.name} has no switch for its climate.`);
    return setSignals(call, car, {
      wishes: [{ signal, value: power }],
      receipt: () => `climate ${power ? 'on' : 'off'}`,
      prior: (before) => {
        const was = before.get(signal.path);
        return typeof was === 'boolean' ? { power: was } : undefined;
      },
    });
  },
};

/** Without a window every defroster of the car is meant. */
export const setDefroster: CarFunction = {
  isOffered: (signals) => (signals.get('frontDefroster') ?? signals.get('rearDefroster')) !== undefined,
  run: async (call, car) => {
    const { enabled, window } = argumentsOf(call, {
      enabled: z.boolean(),
      window: z.enum(['front', 'rear']).optional(),
    });
    const front = window === 'rear' ? undefined : car.signals.get('frontDefroster');
    const rear = window === 'front' ? undefined : car.signals.get('rearDefroster');
    const switches = [front, rear].filter((signal): signal is Signal => signal !== undefined);
    if (switches.length === 0) return refusedByDevice(`${car.name} has no defroster for the ${window} window.`);
    return setSignals(call, car, {
      wishes: switches.map((signal) => ({ signal, value: enabled, spare: window === undefined })),
      receipt: () =>
        `${window ?? (rear ? (front ? 'front and rear' : 'rear') : 'front')} defroster ${enabled ? 'on' : 'off'}`,
      prior: (before) => {
        const was = commonValue(before, pathsOf(switches));
        return typeof was === 'boolean' ? { enabled: was, ...(window ? { window } : {}) } : undefined;
      },
    });
  },
};
