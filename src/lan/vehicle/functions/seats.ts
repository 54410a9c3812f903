import { z } from 'zod';
import { failed, refusedByDevice } from '../../../core/outcomes.js';
import { argumentsOf, type CarFunction, commonNumber } from '../car-function.js';
import type { PlaceName } from '../seating.js';
import { setSignals } from '../set-signals.js';
import { limitsOf } from '../signal-value.js';

/** Without a seat the driver's is meant: the one who speaks to the car, and the seat that every car has. */
export const setSeatHeating: CarFunction = {
  isOffered: (signals) => signals.all('seatHeating').length > 0,
  run: async (call, car) => {
    const { level, seat } = argumentsOf(call, {
      level: z.number(),
      seat: z.enum(['driver', 'passenger', 'rear']).optional(),
    });
    const places: readonly PlaceName[] = seat === 'rear' ? ['rearDriver', 'rearPassenger'] : [seat ?? 'driver'];
    const seats = car.signals.all('seatHeating', places).map(({ signal }) => signal);
    if (seats.length === 0) return refusedByDevice(`${car.name} has no heating in the ${seat ?? 'driver'} seat.`);
    return setSignals(call, car, {
      wishes: seats.map((signal) => ({ signal, value: level })),
      receipt: ([sent]) => `${seat ?? 'driver'} seat heating at ${sent} %`,
      prior: (before) => {
        const was = commonNumber(before, seats);
        // Below zero the seat was being cooled, which this function has no words for.
        return was === undefined || was < 0 ? undefined : { level: was, ...(seat ? { seat } : {}) };
      },
    });
  },
};

/** How far a seat goes when nobody says how far, in millimetres: noticeable, and soon undone. */
const USUAL_DISTANCE = 20;

const WAYS = {
  forward: { axis: 'seatPosition', sign: -1, back: 'backward' },
  backward: { axis: 'seatPosition', sign: 1, back: 'forward' },
  up: { axis: 'seatHeight', sign: 1, back: 'down' },
  down: { axis: 'seatHeight', sign: -1, back: 'up' },
} as const;

/** VSS counts a seat's position from the front and its height from below, so that a step starts from where it stands. */
export const adjustSeatPosition: CarFunction = {
  isOffered: (signals) =>
    signals.all('seatPosition', ['driver', 'passenger']).length > 0 ||
    signals.all('seatHeight', ['driver', 'passenger']).length > 0,
  run: async (call, car) => {
    const { seat, position, distance } = argumentsOf(call, {
      seat: z.enum(['driver', 'passenger']),
      position: z.enum(['forward', 'backward', 'up', 'down']),
      distance: z.number().optional(),
    });
    const way = WAYS[position];
    const signal = car.signals.at(way.axis, seat);
    if (!signal) return refusedByDevice(`${car.name} cannot move the ${seat} seat ${position}.`);
    if (distance !== undefined && distance <= 0) return refusedByDevice('A seat moves by more than 0 mm.');
    const [now] = await car.client.getValues([signal.path], call.signal);
    if (typeof now !== 'number') {
      const message = `${car.name} does not say where the ${seat} seat stands, so a step from there is not possible.`;
      return failed('NO_VALUE', message, 'Switch the car on and try again, or move the seat at its own switch.');
    }
    const [least, most] = limitsOf(signal.type) ?? [null, null];
    const end = way.sign < 0 ? (signal.min ?? least) : (signal.max ?? most);
    const room = end === null ? Number.POSITIVE_INFINITY : Math.max(0, (end - now) * way.sign);
    if (room === 0) return refusedByDevice(`The ${seat} seat is all the way ${position} already.`);
    if (distance !== undefined && distance > room) {
      return refusedByDevice(`The ${seat} seat can go ${Math.floor(room)} mm further ${position}, not ${distance} mm.`);
    }
    const step = Math.min(distance ?? USUAL_DISTANCE, room);
    return setSignals(call, car, {
      wishes: [{ signal, value: now + step * way.sign }],
      onlyStanding: () => 'moving seats',
      receipt: () => `${seat} seat ${Math.round(step)} mm ${position}`,
      prior: () => ({ seat, position: way.back, distance: Math.round(step) }),
    });
  },
};
