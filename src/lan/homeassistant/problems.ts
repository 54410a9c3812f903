import type { Failure } from '../../core/failure.js';

/** What goes wrong beside single calls, one of each kind: the latest. */
export class Problems {
  readonly #byCode = new Map<string, Failure>();

  add(failure: Failure): void {
    this.#byCode.set(failure.code, failure);
  }

  /** It is over. */
  clear(code: string): void {
    this.#byCode.delete(code);
  }

  all(): readonly Failure[] {
    return [...this.#byCode.values()];
  }
}
