import { orAbort } from './deadline.js';

const FIRST_MS = 250;
const LONGEST_MS = 30_000;

/** Waits longer after every failure, with a little chance in it so that many devices do not come back in one beat. */
export class BackOff {
  #next = FIRST_MS;
  #wake: (() => void) | null = null;

  /** After a success the next failure is waited for from the start again. */
  reset(): void {
    this.#next = FIRST_MS;
  }

  /** Ends the wait that is going on: somebody needs the device now. */
  wake(): void {
    this.reset();
    this.#wake?.();
  }

  async wait(signal: AbortSignal): Promise<void> {
    const ms = this.#next * (0.75 + Math.random() / 2);
    this.#next = Math.min(this.#next * 2, LONGEST_MS);
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await orAbort(
        new Promise<void>((resolve) => {
          timer = setTimeout(resolve, ms);
          this.#wake = resolve;
        }),
        signal,
      );
    } finally {
      clearTimeout(timer);
      this.#wake = null;
    }
  }
}
