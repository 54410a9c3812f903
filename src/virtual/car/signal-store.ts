import type { Scalar, Signal } from './vss/signal.js';

export interface Datapoint {
  readonly value: Scalar | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A signal with the number under which this server knows it; the numbers are others in another server. */
export interface StoredSignal extends Signal {
  readonly id: number;
}

export type SignalUpdates = ReadonlyMap<StoredSignal, Datapoint>;

/** The latest value of every signal, and who hears of a new one: what a databroker is. Values are checked before. */
export class SignalStore {
  readonly #signals: readonly StoredSignal[];
  readonly #byPath: ReadonlyMap<string, StoredSignal>;
  readonly #points = new Map<string, Datapoint>();
  readonly #listeners = new Set<(updates: SignalUpdates) => void>();

  constructor(signals: readonly Signal[]) {
    // From 0, as the databroker counts: a caller that takes 0 for "none" shall be found out.
    this.#signals = signals.map((signal, id) => ({ ...signal, id }));
    this.#byPath = new Map(this.#signals.map((signal) => [signal.path, signal]));
    const at = Date.now();
    for (const { path, initial } of this.#signals) this.#points.set(path, { value: initial, at });
  }

  get signals(): readonly StoredSignal[] {
    return this.#signals;
  }

  byPath(path: string): StoredSignal | undefined {
    return this.#byPath.get(path);
  }

  byId(id: number): StoredSignal | undefined {
    return this.#signals[id];
  }

  get(path: string): Datapoint {
    return this.#points.get(path) ?? { value: null, at: 0 };
  }

  /**
   * Sets these at once: listeners hear of them together. As in the databroker, sensors and actuators are told of also
   * when they stay as they were (their change type is "continuous"), attributes are not.
   */
  publish(values: ReadonlyMap<string, Scalar | null>): void {
    const updates = new Map<StoredSignal, Datapoint>();
    const at = Date.now();
    for (const [path, value] of values) {
      const signal = this.#byPath.get(path);
      if (!signal || (signal.entry === 'attribute' && this.get(path).value === value)) continue;
      const point = { value, at };
      this.#points.set(path, point);
      updates.set(signal, point);
    }
    if (updates.size > 0) for (const listener of [...this.#listeners]) listener(updates);
  }

  /** Returns what ends the listening. */
  listen(listener: (updates: SignalUpdates) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  values(): ReadonlyMap<string, Scalar | null> {
    return new Map(this.#signals.map(({ path }) => [path, this.get(path).value]));
  }
}
