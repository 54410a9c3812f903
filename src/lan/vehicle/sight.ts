import { Deadline } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import { withUnit } from './acceptable.js';
import type { Car } from './car.js';
import type { Signal } from './signal.js';
import type { Scalar } from './signal-value.js';
import type { SignalValues, SignalWatch } from './signal-watch.js';

/** By what a car is seen to be as asked. */
export interface Sight {
  readonly signal: Signal;
  readonly isSo: (value: Scalar) => boolean;
}

export function isSeen({ signal, isSo }: Sight, values: SignalValues): boolean {
  const value = values.get(signal.path);
  return value !== null && value !== undefined && isSo(value);
}

/**
 * Resolves once the car shows all of them. To be called after it took the command, with what was seen when it was sent.
 *
 * A value that the subscription brought since then proves it. One that was so already never comes again, since a
 * databroker tells of an actuator only when it changes: it counts when the car, asked anew, still says so.
 *
 * @throws TentacleError NOT_CONFIRMED when the car takes longer than its `confirmMs`.
 */
export async function allSeen(
  car: Car,
  watch: SignalWatch,
  sights: readonly Sight[],
  atSending: SignalValues,
  signal: AbortSignal,
): Promise<void> {
  using deadline = new Deadline(signal, car.confirmMs, () => notConfirmed(car.name, watch.values, sights));
  const wereSo = sights.filter((sight) => isSeen(sight, atSending));
  const paths = wereSo.map((sight) => sight.signal.path);
  for (;;) {
    await watch.until((values) => sights.every((sight) => isSeen(sight, values)), deadline.signal);
    const { revision } = watch;
    const answers = await car.client.getValues(paths, deadline.signal);
    const now = new Map(paths.map((path, index) => [path, answers[index] ?? null]));
    if (wereSo.every((sight) => isSeen(sight, now))) return;
    // The car is ahead of its own subscription: what that says next decides.
    await watch.until(() => watch.revision !== revision, deadline.signal);
  }
}

function notConfirmed(name: string, values: SignalValues, sights: readonly Sight[]): TentacleError {
  const open = sights.find((sight) => !isSeen(sight, values));
  const value = open ? values.get(open.signal.path) : undefined;
  const says = typeof value === 'number' ? withUnit(value, open?.signal.unit ?? '') : String(value ?? 'nothing');
  return new TentacleError({
    code: 'NOT_CONFIRMED',
    fault: 'device',
    message: `${name} took the command, but does not show it${open ? ` (it still says ${says})` : ''}.`,
    next: 'Look at the car before asking again.',
    ...(open ? { detail: open.signal.path } : {}),
  });
}
