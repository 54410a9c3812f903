import type { Outcome } from '../../core/outcome.js';
import { deviceSaid, readBack, refusedByDevice } from '../../core/outcomes.js';
import type { LanCall } from '../lan-call.js';
import { acceptable, isSame } from './acceptable.js';
import type { Car } from './car.js';
import { allSeen, type Sight } from './sight.js';
import type { Signal } from './signal.js';
import type { Scalar } from './signal-value.js';
import type { SignalValues } from './signal-watch.js';
import { whyNotWhileDriving } from './standing-still.js';

/** One actuator, what it is told, and by what it is seen. */
export interface Wish {
  readonly signal: Signal;
  readonly value: Scalar;
  /** The signal that shows the effect (a roof's position, for its switch); the actuator's own value where absent. */
  readonly seenBy?: Sight | undefined;
  /** Its own value shows no effect: where nothing else does, the car's word is all there is. */
  readonly isSwitch?: boolean;
  /** Nobody named it: left out where the car has never told its value (a whole VSS tree lists seats that no car has). */
  readonly spare?: boolean;
}

export type Prior = Record<string, Scalar>;

export interface Setting {
  readonly wishes: readonly Wish[];
  /** What is so afterwards, in words, with the values that were sent. */
  readonly receipt: (sent: readonly Scalar[]) => string;
  /** The arguments that would put the old state back, from the values before; undefined where nothing would. */
  readonly prior?: (before: SignalValues) => Prior | undefined;
  /** What must not happen while the car drives ("opening windows"), or null when nothing opens or moves. */
  readonly onlyStanding?: (before: SignalValues) => string | null;
}

/**
 * Sets some signals in one command, and waits until the car shows them so. The subscription stands before the command is
 * sent, so that no change is missed; the speed is read last of all before it.
 */
export async function setSignals(call: LanCall, car: Car, setting: Setting): Promise<Outcome> {
  const wishes: Wish[] = [];
  for (const wish of setting.wishes) {
    const taken = acceptable(wish.signal, wish.value);
    if (!taken.ok) return refusedByDevice(taken.error);
    wishes.push({ ...wish, value: taken.value });
  }
  using watch = await car.client.watch(pathsOf(wishes), call.signal);
  const before = watch.snapshot();
  const sent = withoutSpare(wishes, before);
  const moving = setting.onlyStanding?.(before) ?? null;
  const why = moving === null ? null : await whyNotWhileDriving(car, moving, call.signal);
  if (why !== null) return refusedByDevice(why);
  const sights = sent.map((wish) => sightOf(wish, before));
  // The token may let us set what it does not let us read: the car's word is all there is then.
  const visible = sights.filter(({ signal }) => before.has(signal.path));
  const atSending = watch.snapshot();
  call.markSent();
  await car.client.actuate(sent, call.signal, call.key);
  await allSeen(car, watch, visible, atSending, call.signal);
  const prior = setting.prior?.(before);
  const facts = prior === undefined ? {} : { prior };
  const receipt = setting.receipt(sent.map(({ value }) => value));
  const isTakenAtItsWord =
    visible.length < sights.length || sent.some((wish, index) => wish.isSwitch && sights[index] !== wish.seenBy);
  return isTakenAtItsWord ? deviceSaid(receipt, facts) : readBack(receipt, facts);
}

function pathsOf(wishes: readonly Wish[]): readonly string[] {
  const paths = wishes.flatMap(({ signal, seenBy }) => (seenBy ? [signal.path, seenBy.signal.path] : [signal.path]));
  return [...new Set(paths)];
}

function withoutSpare(wishes: readonly Wish[], before: SignalValues): readonly Wish[] {
  const wanted = wishes.filter(({ signal, spare }) => !spare || (before.get(signal.path) ?? null) !== null);
  return wanted.length > 0 ? wanted : wishes;
}

/** A signal that shows the effect helps only where something in the car feeds it; without a value the echo must do. */
function sightOf({ signal, value, seenBy }: Wish, before: SignalValues): Sight {
  if (seenBy && (before.get(seenBy.signal.path) ?? null) !== null) return seenBy;
  return { signal, isSo: (now) => isSame(now, value) };
}
