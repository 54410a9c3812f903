export type Access = 'read' | 'actuate';

/** What a test, or somebody who wants to see it, can do to the car. */
export class CarFaults {
  readonly #missing = new Set<string>();
  readonly #denied: Record<Access, Set<string>> = { read: new Set(), actuate: new Set() };
  readonly #ignored = new Set<string>();
  readonly #withoutProvider = new Set<string>();
  readonly #drop: () => void;
  #delayMs = 0;

  constructor(drop: () => void) {
    this.#drop = drop;
  }

  /** The car has no such signal (any more): not in its metadata, NOT_FOUND in every call. */
  notFound(path: string): void {
    this.#missing.add(path);
  }

  /**
   * The token's scope does not cover it. `actuate` is answered with PERMISSION_DENIED, as reading is; a subscription
   * succeeds and leaves the signal out, as the databroker's does.
   */
  deny(path: string, access: Access = 'actuate'): void {
    this.#denied[access].add(path);
  }

  /** The command is accepted, and nothing happens. */
  ignore(path: string): void {
    this.#ignored.add(path);
  }

  /** Nothing in the car carries this out: UNAVAILABLE, as from a databroker to which no provider is connected. */
  noProvider(path: string): void {
    this.#withoutProvider.add(path);
  }

  /** Every answer comes this much later, in milliseconds; 0 heals it. What was asked is done without delay. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  /** Ends all connections at once, without a word; new ones are accepted. */
  dropConnections(): void {
    this.#drop();
  }

  /** Undoes all of it. */
  heal(): void {
    for (const set of [this.#missing, this.#denied.read, this.#denied.actuate, this.#ignored, this.#withoutProvider]) {
      set.clear();
    }
    this.#delayMs = 0;
  }

  isMissing(path: string): boolean {
    return this.#missing.has(path);
  }

  isDenied(path: string, access: Access): boolean {
    return this.#denied[access].has(path);
  }

  isIgnored(path: string): boolean {
    return this.#ignored.has(path);
  }

  isWithoutProvider(path: string): boolean {
    return this.#withoutProvider.has(path);
  }

  get delayMs(): number {
    return this.#delayMs;
  }
}
