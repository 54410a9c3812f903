/** How long to wait before the next try: doubling from `minMs` to `maxMs`, less up to a quarter so that many do not come at once. */
export class BackOff {
  readonly #minMs: number;
  readonly #maxMs: number;
  #tries = 0;

  constructor({ minMs, maxMs }: { readonly minMs: number; readonly maxMs: number }) {
    this.#minMs = minMs;
    this.#maxMs = maxMs;
  }

  next(): number {
    const whole = Math.min(this.#maxMs, this.#minMs * 2 ** this.#tries);
    this.#tries = Math.min(this.#tries + 1, 30);
    return whole * (1 - Math.random() / 4);
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.#tries = 0;
  }
}
