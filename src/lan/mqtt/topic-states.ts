import type { Reading } from './reading.js';

/** Largest state message that is read, in bytes. */
const MAX_STATE = 64 * 1024;

export interface StateMessage {
  readonly topic: string;
  /** Kept by the broker from before, not sent just now. */
  readonly isRetained: boolean;
  /** The readings that this message spoke of. */
  readonly readings: ReadonlySet<Reading>;
}

/** What was last said on every topic that somebody reads. */
export class TopicStates {
  readonly #readings = new Map<string, Set<Reading>>();
  readonly #last = new Map<string, string>();
  readonly #listeners = new Set<(message: StateMessage) => void>();

  topics(): ReadonlySet<string> {
    return new Set(this.#readings.keys());
  }

  add(reading: Reading): void {
    const readers = this.#readings.get(reading.topic) ?? new Set();
    readers.add(reading);
    this.#readings.set(reading.topic, readers);
    const last = this.#last.get(reading.topic);
    if (last !== undefined) reading.take(last);
  }

  delete(reading: Reading): void {
    const readers = this.#readings.get(reading.topic);
    readers?.delete(reading);
    if (readers?.size !== 0) return;
    this.#readings.delete(reading.topic);
    this.#last.delete(reading.topic);
  }

  /** Takes a message in; true when somebody reads its topic. */
  deliver(topic: string, payload: Buffer, isRetained: boolean): boolean {
    const readers = this.#readings.get(topic);
    if (!readers) return false;
    if (payload.byteLength > MAX_STATE) return true;
    const text = payload.toString('utf8');
    this.#last.set(topic, text);
    const readings = new Set([...readers].filter((reading) => reading.take(text)));
    for (const listener of [...this.#listeners]) listener({ topic, isRetained, readings });
    return true;
  }

  /** The link is gone: what was heard on it may be old. */
  forgetMessages(): void {
    this.#last.clear();
  }

  /** Calls back on every message, until the returned function is called. */
  watch(listener: (message: StateMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
