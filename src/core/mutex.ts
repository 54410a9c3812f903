import { orAbort } from './deadline.js';

/** Lets one piece of work run at a time, in the order of asking. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs the work when all earlier work has ended. Rejects with the signal's reason if that takes too long. */
  async run<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = this.#last;
    let release = (): void => {};
    const own = new Promise<void>((resolve) => {
      release = resolve;
    });
    // Whoever gives up waiting must not let the next one pass the one still at work.
    this.#last = before.then(() => own);
    try {
      await orAbort(before, signal);
      return await work();
    } finally {
      release();
    }
  }
}
