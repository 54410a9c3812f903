import { z } from 'zod';
import type { Outcome } from '../../../core/outcome.js';
import { refusedByDevice } from '../../../core/outcomes.js';
import type { LanCall } from '../../lan-call.js';
import type { Car } from '../car.js';
import { argumentsOf, type CarFunction, commonValue, pathsOf } from '../car-function.js';
import type { CarSignals } from '../car-signals.js';
import { PLACE_NAMES, type PlaceName, rearPlace, type Seating } from '../seating.js';
import { setSignals, type Wish } from '../set-signals.js';
import type { Signal } from '../signal.js';

const WINDOWS = ['driver', 'passenger', 'rear_left', 'rear_right', 'all'] as const;
type WindowName = (typeof WINDOWS)[number];

function windowPlaces(window: WindowName, seating: Seating): readonly PlaceName[] {
  if (window === 'all') return PLACE_NAMES;
  if (window === 'driver' || window === 'passenger') return [window];
  return [rearPlace(window === 'rear_left' ? 'left' : 'right', seating)];
}

/** A window goes to a position (VSS 4 and later), or only all the way, by its switch (VSS 3). 0 is shut. */
export const controlWindow: CarFunction = {
  isOffered: (signals) => PLACE_NAMES.some((place) => canMove(signals, place)),
  run: async (call, car) => {
    const { position, window } = argumentsOf(call, { position: z.number(), window: z.enum(WINDOWS) });
    const places = windowPlaces(window, car.signals.seating).filter((place) => canMove(car.signals, place));
    if (places.length === 0) return refusedByDevice(`${car.name} cannot move that window.`);
    const wishes: Wish[] = [];
    for (const place of places) {
      const wish = windowWish(car.signals, place, position);
      if (!wish) return refusedByDevice(`${car.name} can open and shut its windows, but not leave them half open.`);
      wishes.push(wish);
    }
    const shown = wishes.map(({ signal, seenBy }) => seenBy?.signal ?? signal);
    const words = window === 'all' ? 'all windows' : `${window.replace('_', ' ')} window`;
    return setSignals(call, car, {
      wishes,
      onlyStanding: (before) => {
        const opens = shown.some(({ path }) => {
          const now = before.get(path);
          return typeof now === 'number' ? position > now : position > 0;
        });
        return opens ? 'opening windows' : null;
      },
      receipt: () => `${words} ${position === 0 ? 'shut' : position === 100 ? 'open' : `${position} % open`}`,
      prior: (before) => {
        const was = commonValue(before, pathsOf(shown));
        return typeof was === 'number' ? { position: was, window } : undefined;
      },
    });
  },
};

function canMove(signals: CarSignals, place: PlaceName): boolean {
  return signals.at('windowPosition', place)?.isActuator === true || signals.at('windowSwitch', place) !== undefined;
}

function windowWish(signals: CarSignals, place: PlaceName, position: number): Wish | null {
  const shown = signals.at('windowPosition', place);
  if (shown?.isActuator) return { signal: shown, value: position };
  const signal = signals.at('windowSwitch', place);
  if (!signal || (position !== 0 && position !== 100)) return null;
  return {
    signal,
    isSwitch: true,
    value: allTheWay(signal, position === 0 ? 'CLOSE' : 'OPEN'),
    seenBy: shown ? { signal: shown, isSo: (now) => now === position } : undefined,
  };
}

/** OPEN and CLOSE move for as long as the switch is held; a command cannot hold one, so the kind that goes on is better. */
function allTheWay(signal: Signal, way: 'OPEN' | 'CLOSE'): string {
  const oneShot = `ONE_SHOT_${way}`;
  return signal.allowed?.includes(oneShot) ? oneShot : way;
}

const ACTIONS = ['open', 'close', 'tilt'] as const;

/** -100 is tilted, 0 shut, 100 open. */
const ROOF = { open: 100, close: 0, tilt: -100 } as const satisfies Record<(typeof ACTIONS)[number], number>;

export const operateSunroof: CarFunction = {
  isOffered: (signals) => signals.get('sunroofSwitch') !== undefined,
  run: async (call, car) => {
    const { action } = argumentsOf(call, { action: z.enum(ACTIONS) });
    const signal = car.signals.get('sunroofSwitch');
    if (!signal) return refusedByDevice(`${car.name} has no sunroof that could be moved from here.`);
    const shown = car.signals.get('sunroofPosition');
    const value = action === 'tilt' ? 'TILT_UP' : allTheWay(signal, action === 'open' ? 'OPEN' : 'CLOSE');
    return setSignals(call, car, {
      wishes: [
        { signal, value, isSwitch: true, seenBy: shown && { signal: shown, isSo: (now) => now === ROOF[action] } },
      ],
      onlyStanding: () => (action === 'close' ? null : 'opening the sunroof'),
      receipt: () => `sunroof ${{ open: 'open', close: 'shut', tilt: 'tilted' }[action]}`,
      prior: (before) => {
        const was = shown ? before.get(shown.path) : undefined;
        const back = ACTIONS.find((name) => ROOF[name] === was);
        return back ? { action: back } : undefined;
      },
    });
  },
};

export const setCarLock: CarFunction = {
  isOffered: (signals) => signals.all('doorLock').length > 0,
  run: (call, car) => {
    const { locked } = argumentsOf(call, { locked: z.boolean() });
    const doors = car.signals.all('doorLock').map(({ signal }) => signal);
    return setSignals(call, car, {
      wishes: doors.map((signal) => ({ signal, value: locked })),
      onlyStanding: () => (locked ? null : 'unlocking'),
      receipt: () => `all ${doors.length} doors ${locked ? 'locked' : 'unlocked'}`,
      prior: (before) => {
        const was = commonValue(before, pathsOf(doors));
        return typeof was === 'boolean' ? { locked: was } : undefined;
      },
    });
  },
};

export const openTrunk: CarFunction = {
  isOffered: (signals) => signals.get('trunkOpen') !== undefined,
  run: async (call: LanCall, car: Car): Promise<Outcome> => {
    const signal = car.signals.get('trunkOpen');
    if (!signal) return refusedByDevice(`${car.name} cannot open its boot from here.`);
    return setSignals(call, car, {
      wishes: [{ signal, value: true }],
      onlyStanding: () => 'opening the boot',
      receipt: () => 'boot open',
    });
  },
};
