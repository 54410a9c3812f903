import { orAbort } from '../../../core/deadline.js';
import { numberOf } from '../../mqtt/reading.js';
import type { MetricName } from './metric-names.js';

/** Longest value that is read, in UTF-16 code units. */
const MAX_VALUE = 500;

interface Said {
  readonly value: string;
  /** Milliseconds since the epoch; null for what the broker kept from before. */
  readonly at: number | null;
  /** Counts what the module said; 0 for what the broker kept. */
  readonly serial: number;
}

/** What the module last said of each metric. Values are in OVMS' own units (km, km/h, kPa), whatever the car shows. */
export class MetricStore {
  readonly #said = new Map<MetricName, Said>();
  readonly #listeners = new Set<() => void>();
  #serial = 0;

  /** Takes what was said; a value that is too long counts as none. */
  take(name: MetricName, value: string, isRetained: boolean): void {
    if (!isRetained) this.#serial += 1;
    if (value === '' || value.length > MAX_VALUE) this.#said.delete(name);
    else this.#said.set(name, { value, at: isRetained ? null : Date.now(), serial: isRetained ? 0 : this.#serial });
    this.look();
  }

  forget(): void {
    this.#said.clear();
  }

  text(name: MetricName): string | null {
    return this.#said.get(name)?.value ?? null;
  }

  flag(name: MetricName): boolean | null {
    return flagOf(this.text(name));
  }

  /** The number, or null where there is none or it is out of what it can be. */
  number(name: MetricName, min: number, max: number): number | null {
    const value = numberOf(this.text(name));
    return value !== null && value >= min && value <= max ? value : null;
  }

  /** When it was said, in milliseconds since the epoch; null where that is not known. */
  saidAt(name: MetricName): number | null {
    return this.#said.get(name)?.at ?? null;
  }

  /** To ask later what the module itself has said since now. */
  mark(): number {
    return this.#serial;
  }

  isSince(name: MetricName, mark: number): boolean {
    return (this.#said.get(name)?.serial ?? 0) > mark;
  }

  /** Resolves once it holds, looked at with every message. Rejects with the signal's reason. */
  async until(holds: () => boolean, signal: AbortSignal): Promise<void> {
    if (holds()) return;
    let listener = (): void => {};
    const held = new Promise<void>((resolve) => {
      listener = () => {
        if (holds()) resolve();
      };
    });
    this.#listeners.add(listener);
    try {
      await orAbort(held, signal);
    } finally {
      this.#listeners.delete(listener);
    }
  }

  /** Lets all who wait look again: something beside the metrics has changed. */
  look(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** OVMS says "yes" and "no". */
export function flagOf(value: string | null): boolean | null {
  if (value === 'yes') return true;
  return value === 'no' ? false : null;
}
