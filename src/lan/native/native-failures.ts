import { TentacleError } from '../../core/failure.js';

/** The other end holds another key than the one that was paired. */
export function keyChanged(address: string): TentacleError {
  return new TentacleError({
    code: 'KEY_CHANGED',
    fault: 'device',
    message: `Another key than the paired one answers at ${address}. Nothing was sent to it.`,
    next: 'If the device was reset, forget it and pair it again; if not, something else has taken its place.',
  });
}

/** The device does not know this computer's key (any more). */
export function notPaired(address: string): TentacleError {
  return new TentacleError({
    code: 'UNAUTHORIZED',
    fault: 'user',
    message: `The device at ${address} does not know this computer any more.`,
    next: 'Forget it here and pair it again.',
  });
}

/** No connection came about, so nothing of a request was sent. */
export function notReached(address: string, cause: unknown): TentacleError {
  const detail = cause instanceof Error ? { detail: cause.message } : {};
  return new TentacleError(
    {
      code: 'NOT_REACHED',
      fault: 'link',
      message: `Nothing answers at ${address}.`,
      next: 'Look whether the device is switched on and in the network; Tentacle keeps trying.',
      ...detail,
    },
    { cause },
  );
}

/** An answer that is too long or is none. */
export function badAnswer(address: string, what: string): TentacleError {
  return new TentacleError({
    code: 'BAD_ANSWER',
    fault: 'device',
    message: `The device at ${address} does not speak as it should: ${what}.`,
    next: 'Update the device. If it never worked, it may be no Tentacle device.',
  });
}

/** The first TentacleError in a chain of causes: libraries wrap what they are given. */
export function innerFailure(error: unknown): TentacleError | null {
  for (let each = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth += 1) {
    if (each instanceof TentacleError) return each;
  }
  return null;
}
