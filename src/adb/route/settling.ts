import { type Failure, TentacleError } from '../../core/failure.js';
import { causeWords } from '../../core/peer-words.js';

/** A promise that somebody else resolves, once. */
export class Settling {
  readonly promise: Promise<void>;
  #resolve: () => void = () => {};

  constructor() {
    this.promise = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  settle(): void {
    this.#resolve();
  }
}

/** The failure in anything that was thrown while a phone was being reached. */
export function failureOf(error: unknown): Failure {
  if (error instanceof TentacleError) return error.failure;
  return {
    code: 'ADB_FAILED',
    fault: 'tentacle',
    message: 'Something went wrong while reaching the phone.',
    next: 'Unplug it and plug it in again; if it stays, report it with the detail.',
    detail: causeWords(error),
  };
}
