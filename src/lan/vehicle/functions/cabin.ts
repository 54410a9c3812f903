import { z } from 'zod';
import { refusedByDevice } from '../../../core/outcomes.js';
import { argumentsOf, type CarFunction } from '../car-function.js';
import { setSignals } from '../set-signals.js';

export const adjustVolume: CarFunction = {
  isOffered: (signals) => signals.get('volume') !== undefined,
  run: async (call, car) => {
    const { level } = argumentsOf(call, { level: z.number() });
    const signal = car.signals.get('volume');
    if (!signal) return refusedByDevice(`${car.name} has no volume that could be set from here.`);
    return setSignals(call, car, {
      wishes: [{ signal, value: level }],
      receipt: ([sent]) => `volume ${sent} %`,
      prior: (before) => {
        const was = before.get(signal.path);
        return typeof was === 'number' ? { level: was } : undefined;
      },
    });
  },
};

const WIPING = { off: 'OFF', slow: 'SLOW', fast: 'FAST', auto: 'RAIN_SENSOR' } as const;
const MODES = ['off', 'slow', 'fast', 'auto'] as const satisfies readonly (keyof typeof WIPING)[];

export const setWipers: CarFunction = {
  isOffered: (signals) => signals.get('wipers') !== undefined,
  run: async (call, car) => {
    const { mode } = argumentsOf(call, { mode: z.enum(MODES) });
    const signal = car.signals.get('wipers');
    if (!signal) return refusedByDevice(`${car.name} has no wipers that could be set from here.`);
    if (mode === 'auto' && signal.allowed?.includes(WIPING.auto) === false) {
      return refusedByDevice(`${car.name} has no rain sensor for its wipers.`);
    }
    return setSignals(call, car, {
      wishes: [{ signal, value: WIPING[mode] }],
      receipt: () => `wipers ${mode === 'auto' ? 'automatic' : mode}`,
      prior: (before) => {
        const was = MODES.find((name) => WIPING[name] === before.get(signal.path));
        return was ? { mode: was } : undefined;
      },
    });
  },
};

const COORDINATES = /^\s*(-?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/;

/** VSS takes coordinates and no words. To turn words into a place would mean to tell somebody else where the user goes. */
export const navigateTo: CarFunction = {
  isOffered: (signals) => signals.get('latitude') !== undefined && signals.get('longitude') !== undefined,
  run: async (call, car) => {
    const { destination } = argumentsOf(call, { destination: z.string() });
    const [latitude, longitude] = [car.signals.get('latitude'), car.signals.get('longitude')];
    if (!latitude || !longitude) return refusedByDevice(`${car.name} has no navigation that could be set from here.`);
    const [, north, east] = COORDINATES.exec(destination) ?? [];
    if (north === undefined || east === undefined) {
      return refusedByDevice(
        `${car.name} takes coordinates only, such as "52.52, 13.405"; to turn a name into them, the place would have to be sent to a map service.`,
      );
    }
    if (Math.abs(Number(north)) > 90 || Math.abs(Number(east)) > 180) {
      return refusedByDevice('There is no such place: a latitude is -90 to 90 degrees, a longitude -180 to 180.');
    }
    return setSignals(call, car, {
      wishes: [
        { signal: latitude, value: Number(north) },
        { signal: longitude, value: Number(east) },
      ],
      receipt: (sent) => `navigation set to ${sent.join(', ')}`,
      prior: (before) => {
        const [oldNorth, oldEast] = [before.get(latitude.path), before.get(longitude.path)];
        const isKnown = typeof oldNorth === 'number' && typeof oldEast === 'number';
        return isKnown ? { destination: `${oldNorth}, ${oldEast}` } : undefined;
      },
    });
  },
};
