import { Deadline, pause } from '../../../core/deadline.js';
import { TentacleError } from '../../../core/failure.js';
import { deadlinePassed } from '../../../core/failures.js';
import { readBack, refusedByDevice } from '../../../core/outcomes.js';
import { causeWords } from '../../../core/peer-words.js';
import { acceptable, isSame } from '../acceptable.js';
import type { Car } from '../car.js';
import type { CarFunction } from '../car-function.js';
import type { Actuation } from '../kuksa-client.js';
import { allSeen, type Sight } from '../sight.js';
import type { Signal } from '../signal.js';
import { whyNotWhileDriving } from '../standing-still.js';

/** Long enough to be found by ear and for a lamp to blink, short enough for the neighbours. */
const HONK_MS = 700;

/** What switching the horn off may take, also when the call itself was cancelled or is out of time. */
const QUIET_MS = 5_000;

/** Horn and hazard lights on, and off again. The horn never stays on because a call ended early. */
export const flashAndHonk: CarFunction = {
  isOffered: (signals) => signals.get('horn') !== undefined,
  run: async (call, car) => {
    const [horn, hazard] = [car.signals.get('horn'), car.signals.get('hazard')];
    if (!horn) return refusedByDevice(`${car.name} has no horn that could be used from here.`);
    const paths = [horn, hazard].filter((signal): signal is Signal => signal !== undefined).map(({ path }) => path);
    using watch = await car.client.watch(paths, call.signal);
    // Hazard lights that burn already were switched on for a reason, and stay on.
    const flash = hazard && watch.values.get(hazard.path) === false ? [hazard] : [];
    const signals = [horn, ...flash];
    const why = await whyNotWhileDriving(car, 'honking', call.signal);
    if (why !== null) return refusedByDevice(why);
    const atSending = watch.snapshot();
    call.markSent();
    try {
      await car.client.actuate(all(signals, true), call.signal, call.key);
      await allSeen(car, watch, sights(signals, true), atSending, call.signal);
      await pause(HONK_MS, call.signal);
    } catch (error) {
      // A car that refused the command has nothing to be switched off; in any other case it may be honking.
      if (mayBeOn(error)) await quiet(car, signals, call.key).catch(() => {});
      throw error;
    }
    try {
      const atQuiet = watch.snapshot();
      await quiet(car, signals, call.key);
      await allSeen(car, watch, sights(signals, false), atQuiet, call.signal);
    } catch (cause) {
      throw stillOn(car.name, cause);
    }
    return readBack(flash.length > 0 ? 'lights flashed and horn sounded' : 'horn sounded');
  },
};

const OPEN_ENDED = new Set(['CANCELLED', 'DEADLINE', 'LINK_LOST', 'NOT_CONFIRMED', 'PROTOCOL']);

const mayBeOn = (error: unknown): boolean => !(error instanceof TentacleError) || OPEN_ENDED.has(error.failure.code);

/** Owes nothing to the call's own deadline: an own one ends it. */
async function quiet(car: Car, signals: readonly Signal[], key: string): Promise<void> {
  using deadline = new Deadline(new AbortController().signal, QUIET_MS, () => deadlinePassed(car.name, QUIET_MS));
  await car.client.actuate(all(signals, false), deadline.signal, key);
}

function all(signals: readonly Signal[], isOn: boolean): readonly Actuation[] {
  return signals.flatMap((signal) => {
    const value = acceptable(signal, isOn);
    return value.ok ? [{ signal, value: value.value }] : [];
  });
}

const sights = (signals: readonly Signal[], isOn: boolean): readonly Sight[] =>
  signals.map((signal) => ({ signal, isSo: (now) => isSame(now, isOn) }));

function stillOn(name: string, cause: unknown): TentacleError {
  const failure = {
    code: 'NOT_CONFIRMED',
    fault: 'device',
    message: `${name} honked, but does not show that its horn is off again.`,
    next: 'Go to the car, or ask for it to honk again: that ends with switching the horn off.',
    detail: causeWords(cause),
  } as const;
  return new TentacleError(failure, { cause });
}
