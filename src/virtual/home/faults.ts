/** How a thing misbehaves: `ignore` accepts and does nothing, `silent` does it and never tells, `wrongEcho` does it and tells otherwise. */
export type Fault = 'ignore' | 'silent' | 'wrongEcho';

export interface FaultHooks {
  /** Throws TentacleError THING_UNKNOWN. */
  check(thing: string): void;
  cut(thing: string): void;
  restore(thing: string): void;
  dropBroker(backAfterMs: number): Promise<void>;
}

/** What a test can do to the home. A thing has one fault of its own at a time, and may be offline besides. */
export class Faults {
  readonly #hooks: FaultHooks;
  readonly #faults = new Map<string, Fault>();
  #delayMs = 0;

  constructor(hooks: FaultHooks) {
    this.#hooks = hooks;
  }

  /** Takes every command and does nothing. */
  ignore(thing: string): void {
    this.#set(thing, 'ignore');
  }

  /** Does what it is told, and never says so. */
  silent(thing: string): void {
    this.#set(thing, 'silent');
  }

  /** Does what it is told, and says something else. */
  wrongEcho(thing: string): void {
    this.#set(thing, 'wrongEcho');
  }

  /** Loses its connection without a goodbye: the broker publishes its last will. */
  offline(thing: string): void {
    this.#hooks.check(thing);
    this.#hooks.cut(thing);
  }

  /** Behaves again, and connects again. */
  heal(thing: string): void {
    this.#hooks.check(thing);
    this.#faults.delete(thing);
    this.#hooks.restore(thing);
  }

  /** Every report comes this much later, in milliseconds, besides the home's own latency. */
  delay(ms: number): void {
    this.#delayMs = Math.max(0, ms);
  }

  /** Breaks all connections and refuses new ones for this long; then it listens on the same port. */
  dropBroker({ backAfterMs = 0 }: { readonly backAfterMs?: number } = {}): Promise<void> {
    return this.#hooks.dropBroker(backAfterMs);
  }

  of(thing: string): Fault | null {
    return this.#faults.get(thing) ?? null;
  }

  get delayMs(): number {
    return this.#delayMs;
  }

  #set(thing: string, fault: Fault): void {
    this.#hooks.check(thing);
    this.#faults.set(thing, fault);
  }
}
