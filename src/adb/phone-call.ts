import { pause } from '../core/deadline.js';
import type { Mutex } from '../core/mutex.js';
import type { Outcome } from '../core/outcome.js';
import type { Contact } from '../core/plan.js';
import type { Clock } from '../core/ports/clock.js';
import type { Invocation } from '../core/ports/transport.js';
import type { Link } from './link/link.js';
import type { PhoneFacts } from './probe/phone-facts.js';
import type { PublicData } from './public-data/public-data.js';
import { runShell, runShellBytes, type ShellBytes, type ShellOutput } from './shell.js';

/** What a phone function may use besides the phone. */
export interface CallSurroundings {
  readonly clock: Clock;
  readonly publicData: PublicData | null;
  /** Where pictures that were taken are copied to, on this computer. */
  readonly picturesFolder: string;
  /** Held by the one call that works this phone's screen. */
  readonly screen: Mutex;
}

/** Asks the phone whether the effect is there: the outcome if so, null if not (yet). */
export type ReadBack = () => Promise<Outcome | null>;

/**
 * One call on one phone while it is carried out. Tells apart what only looks (`read`) from what changes something
 * (`send`): after the first `send` a lost link means "unknown" unless a read-back decides.
 */
export class PhoneCall {
  readonly facts: PhoneFacts;
  readonly contacts: Readonly<Record<string, Contact>>;
  readonly surroundings: CallSurroundings;
  readonly signal: AbortSignal;
  readonly #invocation: Invocation;
  #link: Link;
  #sentAt: number | null = null;
  #readBack: ReadBack | null = null;

  constructor(
    link: Link,
    facts: PhoneFacts,
    invocation: Invocation,
    surroundings: CallSurroundings,
    signal: AbortSignal,
  ) {
    this.#link = link;
    this.facts = facts;
    this.#invocation = invocation;
    this.contacts = invocation.contacts;
    this.surroundings = surroundings;
    this.signal = signal;
  }

  get function(): string {
    return this.#invocation.function;
  }

  get link(): Link {
    return this.#link;
  }

  /** When the first command that changes something left (milliseconds since the epoch), or null. */
  get sentAt(): number | null {
    return this.#sentAt;
  }

  /** What asks the phone whether the effect that was sent is there; null where nothing was said to look for. */
  get readBack(): ReadBack | null {
    return this.#readBack;
  }

  /** Goes on over another link to the same phone. */
  relink(link: Link): void {
    this.#link = link;
  }

  text(name: string): string {
    return String(this.#invocation.args[name] ?? '');
  }

  optionalText(name: string): string | null {
    const value = this.#invocation.args[name];
    return typeof value === 'string' ? value : null;
  }

  number(name: string): number {
    return Number(this.#invocation.args[name]);
  }

  flag(name: string): boolean {
    return this.#invocation.args[name] === true;
  }

  /** Runs a command that changes nothing. */
  read(...argv: readonly string[]): Promise<ShellOutput> {
    return runShell(this.#link, argv, { signal: this.signal });
  }

  /** Runs a command that changes nothing and answers with bytes. */
  readBytes(...argv: readonly string[]): Promise<ShellBytes> {
    return runShellBytes(this.#link, argv, { signal: this.signal });
  }

  /**
   * Runs a command that only gets the screen ready (waking it, opening a draft): harmless to do twice, so a link lost after
   * it loses nothing.
   */
  prepare(...argv: readonly string[]): Promise<ShellOutput> {
    return this.read(...argv);
  }

  /** Runs a command that changes something on the phone. */
  send(...argv: readonly string[]): Promise<ShellOutput> {
    return runShell(this.#link, argv, {
      signal: this.signal,
      onSent: () => {
        this.#sentAt ??= this.surroundings.clock.now();
      },
    });
  }

  /**
   * Changes something, then looks until the phone shows it or the patience (milliseconds) is up. The read-back also decides
   * after a lost link. Returns its outcome, or null when the phone never showed it; an outcome that the change itself ends
   * with (no app for it, a chooser) is final.
   */
  async effect(
    change: () => Promise<Outcome | undefined>,
    readBack: ReadBack,
    options: { patienceMs?: number } = {},
  ): Promise<Outcome | null> {
    this.#readBack = readBack;
    const ended = await change();
    if (ended) return ended;
    return this.look(readBack, options.patienceMs ?? DEFAULT_PATIENCE_MS);
  }

  /** Does something that needs the phone's screen for itself. */
  withScreen<T>(work: () => Promise<T>): Promise<T> {
    return this.surroundings.screen.run(work, this.signal);
  }

  /** Looks at growing intervals until there is something to see or the patience (milliseconds) is up. */
  async look<T>(see: () => Promise<T | null>, patienceMs: number): Promise<T | null> {
    const { clock } = this.surroundings;
    const end = clock.monotonic() + patienceMs;
    for (let wait = 50; ; wait = Math.min(wait * 2, 1_000)) {
      const seen = await see();
      if (seen !== null || clock.monotonic() >= end) return seen;
      await pause(wait, this.signal);
    }
  }

  pause(ms: number): Promise<void> {
    return pause(ms, this.signal);
  }
}

/** Radios and apps take a moment before the phone reports them. */
const DEFAULT_PATIENCE_MS = 3_000;
