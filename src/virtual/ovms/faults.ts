/** How a command goes wrong: `ignore` says it is done and does nothing, `silent` does it and never tells, `error` says so. */
export type CommandFault = 'ignore' | 'silent' | 'error';

export interface FaultHooks {
  cut(): void;
  restore(): void;
  dropBroker(backAfterMs: number): Promise<void>;
}

/** What a test, or somebody who wants to see it, can do to the car. Commands are named as they are sent, without the PIN. */
export class OvmsFaults {
  readonly #hooks: FaultHooks;
  readonly #faults = new Map<string, CommandFault>();
  readonly #responses = new Map<string, string>();
  #isMute = false;

  constructor(hooks: FaultHooks) {
    this.#hooks = hooks;
  }

  /** The shell says that it is done, and nothing happens. */
  ignore(command: string): void {
    this.#faults.set(command, 'ignore');
  }

  /** It is done, but no response comes, and what has changed is not told. */
  silent(command: string): void {
    this.#faults.set(command, 'silent');
  }

  /** The shell prints an error, and nothing happens. */
  error(command: string): void {
    this.#faults.set(command, 'error');
  }

  /** The shell prints this, whatever happens. */
  respond(command: string, text: string): void {
    this.#responses.set(command, text);
  }

  /** The module takes nothing in and says nothing, but its connection stands. */
  mute(): void {
    this.#isMute = true;
  }

  /** The module loses its connection without a goodbye: the broker publishes its last will. */
  cut(): void {
    this.#hooks.cut();
  }

  /** The module connects again. */
  restore(): void {
    this.#hooks.restore();
  }

  /** Breaks all connections and refuses new ones for this long; then the broker listens on the same port. */
  dropBroker({ backAfterMs = 0 }: { readonly backAfterMs?: number } = {}): Promise<void> {
    return this.#hooks.dropBroker(backAfterMs);
  }

  /** Undoes all but cuts. */
  heal(): void {
    this.#faults.clear();
    this.#responses.clear();
    this.#isMute = false;
  }

  of(command: string): CommandFault | null {
    return this.#faults.get(command) ?? null;
  }

  responseTo(command: string): string | null {
    return this.#responses.get(command) ?? null;
  }

  get isMute(): boolean {
    return this.#isMute;
  }
}
