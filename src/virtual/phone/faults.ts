/** What a test can do to the phone's links. */
export class Faults {
  #budget: number | null = null;
  #isHanging = false;
  readonly #drop: () => void;

  constructor(drop: () => void) {
    this.#drop = drop;
  }

  /** Cuts each link after this many more bytes towards the client; null heals it. */
  cutAfterBytes(bytes: number | null): void {
    this.#budget = bytes;
  }

  /** Stops answering without closing anything, as a phone does that is frozen. */
  hang(isHanging: boolean): void {
    this.#isHanging = isHanging;
  }

  /** Ends all links at once: the cable is pulled. */
  dropConnections(): void {
    this.#drop();
  }

  get budget(): number | null {
    return this.#budget;
  }

  get isHanging(): boolean {
    return this.#isHanging;
  }

  spend(bytes: number): void {
    if (this.#budget !== null) this.#budget = Math.max(0, this.#budget - bytes);
  }
}
