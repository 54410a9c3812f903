import type { Terminal } from './terminal.js';

/** What takes longer than this is said to be going on, in milliseconds. */
export const SILENCE_MS = 1_000;

/** Says what is going on if it is still going on after a second; disposing of it before keeps it silent. */
export class Notice implements Disposable {
  readonly #timer: NodeJS.Timeout;

  constructor(terminal: Terminal, text: string) {
    this.#timer = setTimeout(() => terminal.write(`${text} …\n`), SILENCE_MS);
    this.#timer.unref();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }
}
