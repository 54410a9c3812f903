import type { TentacleError } from './failure.js';
import { cancelled } from './failures.js';

/**
 * A wait's end: aborts when the parent does, or when its time is up. `signal.reason` is always a TentacleError: the
 * given one, or CANCELLED.
 */
export class Deadline implements Disposable {
  readonly #controller = new AbortController();
  readonly #passed: () => TentacleError;
  #timer: ReturnType<typeof setTimeout>;
  readonly #parent: AbortSignal;
  readonly #onAbort = (): void => this.#controller.abort(reasonOf(this.#parent));

  constructor(parent: AbortSignal, timeoutMs: number, passed: () => TentacleError) {
    this.#parent = parent;
    this.#passed = passed;
    this.#timer = this.#arm(timeoutMs);
    if (parent.aborted) this.#onAbort();
    else parent.addEventListener('abort', this.#onAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Gives it this long from now, instead of what was left. */
  extend(timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = this.#arm(timeoutMs);
  }

  #arm(timeoutMs: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => this.#controller.abort(this.#passed()), Math.max(0, timeoutMs));
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#parent.removeEventListener('abort', this.#onAbort);
  }
}

function reasonOf(signal: AbortSignal): unknown {
  return signal.reason instanceof Error && signal.reason.name === 'TentacleError' ? signal.reason : cancelled();
}

/** Settles as the promise does, or rejects with the signal's reason: for peers' promises that know no signal. */
export function orAbort<T>(settling: T | PromiseLike<T>, signal: AbortSignal): Promise<T> {
  const promise = Promise.resolve(settling);
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(reasonOf(signal));
    if (signal.aborted) {
      onAbort();
      // Its own rejection, if any, is no longer anybody's.
      promise.then(undefined, () => {});
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).then(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Resolves after the time, or rejects with the signal's reason. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await orAbort(
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      }),
      signal,
    );
  } finally {
    clearTimeout(timer);
  }
}
