import type { Extract } from './template.js';

/** One value that a device reports: on which topic, and what it was last. */
export class Reading {
  readonly topic: string;
  readonly #extract: Extract;
  #value: string | null = null;
  #at = 0;

  constructor(topic: string, extract: Extract) {
    this.topic = topic;
    this.#extract = extract;
  }

  /** The last value, or null while none is known. */
  get value(): string | null {
    return this.#value;
  }

  /** The value as a number, or null. */
  get number(): number | null {
    return numberOf(this.#value);
  }

  /** Milliseconds since the epoch when the value came in. */
  get at(): number {
    return this.#at;
  }

  /** Takes a message of the topic; one that does not speak of this value leaves it as it was. Tells whether it did. */
  take(payload: string): boolean {
    const value = this.#extract(payload);
    if (value === undefined) return false;
    this.#value = value;
    this.#at = Date.now();
    return true;
  }

  forget(): void {
    this.#value = null;
  }
}

/** A decimal number written as text, or null. */
export function numberOf(text: string | null): number | null {
  return text !== null && /^\s*-?\d{1,12}(?:\.\d{1,12})?(?:[eE][-+]?\d{1,2})?\s*$/.test(text) ? Number(text) : null;
}
