import { orAbort } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import type { Proof } from '../../core/outcome.js';
import type { CommandMessage, HomeCall } from './home-call.js';
import type { Reading } from './reading.js';
import type { Thing } from './thing.js';

/** What a reported value says about a wish; `unclear` for a word that says neither. */
export type Verdict = 'yes' | 'no' | 'moving' | 'unclear';

export interface Expectation {
  readonly reading: Reading;
  judge(value: string): Verdict;
  /** The value in a person's words: "off", "40 % open". */
  words(value: string): string;
}

export interface Wish {
  readonly messages: readonly CommandMessage[];
  /** Empty where the device says nothing that could be read. */
  readonly expectations: readonly Expectation[];
  /** Something is asked that the device reports nowhere: the proof is its own word at best. */
  readonly isPartly?: boolean;
  /** It may take its time: only the call's own deadline ends the wait. */
  readonly isSlow?: boolean;
}

/** How long the broker keeps a command for a device that is away, beyond which it would come as a surprise, in ms. */
const EXPIRY_MS = 30_000;

/**
 * Sends a wish and waits until the device itself reports it fulfilled. Retained messages are what was said before, and an
 * acknowledgement is the broker's alone: neither counts.
 *
 * Rejects with NOT_CONFIRMED (silence), STATE_DIFFERS (it reports another state, and stays at it), LINK_LOST.
 */
export async function sendAndConfirm(home: HomeCall, wish: Wish): Promise<Proof> {
  const { call, broker } = home;
  using echo = new Echo(home, wish);
  call.markSent();
  echo.begin();
  await broker.send(wish.messages, { signal: AbortSignal.any([call.signal, broker.lost]), expiryMs: EXPIRY_MS });
  if (wish.expectations.length === 0) return 'device-said';
  await orAbort(echo.confirmed, call.signal);
  return wish.isPartly ? 'device-said' : 'read-back';
}

class Echo implements Disposable {
  readonly confirmed: Promise<void>;
  readonly #home: HomeCall;
  readonly #wish: Wish;
  readonly #before: ReadonlyMap<Reading, string | null>;
  readonly #heard = new Set<Reading>();
  readonly #stopWatching: () => void;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #resolve = (): void => {};
  #reject = (_: TentacleError): void => {};
  readonly #onLost = (): void => this.#reject(gone(this.#home.thing));

  constructor(home: HomeCall, wish: Wish) {
    this.#home = home;
    this.#wish = wish;
    this.#before = new Map(wish.expectations.map(({ reading }) => [reading, reading.value]));
    this.confirmed = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody may be waiting yet, or any more, when it fails.
    this.confirmed.catch(() => {});
    this.#stopWatching = home.broker.states.watch(({ isRetained, readings }) => {
      if (home.thing.parts.some((part) => part.isAvailable === false)) {
        this.#reject(wentOffline(home.thing));
        return;
      }
      if (isRetained) return;
      const own = wish.expectations.filter(({ reading }) => readings.has(reading));
      for (const { reading } of own) this.#heard.add(reading);
      if (own.length > 0) this.#look();
    });
  }

  /** What is heard from now on is an echo. */
  begin(): void {
    this.#heard.clear();
    this.#armPatience();
    if (this.#home.broker.lost.aborted) this.#onLost();
    else this.#home.broker.lost.addEventListener('abort', this.#onLost, { once: true });
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#settle);
    clearTimeout(this.#patience);
    this.#stopWatching();
    this.#home.broker.lost.removeEventListener('abort', this.#onLost);
  }

  #look(): void {
    clearTimeout(this.#settle);
    const isKept = ({ reading, judge }: Expectation): boolean => {
      const before = this.#before.get(reading) ?? null;
      return this.#heard.has(reading) || (before !== null && judge(before) === 'yes');
    };
    const judged = this.#wish.expectations.map((entry) => ({ entry, verdict: verdictOf(entry) }));
    if (judged.every(({ entry, verdict }) => verdict === 'yes' && isKept(entry))) {
      this.#resolve();
      return;
    }
    const heard = judged.filter(({ entry }) => this.#heard.has(entry.reading));
    if (heard.some(({ verdict }) => verdict === 'moving')) {
      clearTimeout(this.#patience);
      return;
    }
    // The state from before is often said once more before the change is: it settles nothing. Nor does the first word of a
    // device of which nothing was known.
    const isChanged = ({ reading }: Expectation): boolean => {
      const before = this.#before.get(reading) ?? null;
      return before !== null && reading.value !== before;
    };
    if (!heard.some(({ entry, verdict }) => verdict === 'no' && isChanged(entry))) {
      this.#armPatience();
      return;
    }
    clearTimeout(this.#patience);
    this.#settle = setTimeout(() => this.#giveUp(), this.#home.broker.settleMs * (this.#wish.isSlow ? 3 : 1));
  }

  #armPatience(): void {
    clearTimeout(this.#patience);
    if (this.#wish.isSlow || this.#wish.expectations.length === 0) return;
    this.#patience = setTimeout(() => this.#giveUp(), this.#home.broker.patienceMs);
  }

  #giveUp(): void {
    const differs = this.#wish.expectations.find(
      (entry) => this.#heard.has(entry.reading) && verdictOf(entry) === 'no',
    );
    const { thing } = this.#home;
    this.#reject(differs ? stateDiffers(thing, differs.words(differs.reading.value ?? '')) : silent(thing));
  }
}

function verdictOf({ reading, judge }: Expectation): Verdict {
  return reading.value === null ? 'unclear' : judge(reading.value);
}

function stateDiffers(thing: Thing, words: string): TentacleError {
  return new TentacleError({
    code: 'STATE_DIFFERS',
    fault: 'device',
    message: `${thing.name} did not do it: it reports ${words}.`,
    next: 'Look at the device: it may be blocked, limited or set by something else.',
  });
}

function silent(thing: Thing): TentacleError {
  return new TentacleError({
    code: 'NOT_CONFIRMED',
    fault: 'device',
    message: `${thing.name} has not reported back.`,
    next: 'Look at the device before you say it again.',
  });
}

function wentOffline(thing: Thing): TentacleError {
  return new TentacleError({
    code: 'LINK_LOST',
    fault: 'link',
    message: `${thing.name} went offline before it reported back.`,
    next: 'Look at the device before you say it again.',
  });
}

export function gone(thing: Thing): TentacleError {
  return new TentacleError({
    code: 'LINK_LOST',
    fault: 'link',
    message: `The connection to the broker of ${thing.name} broke.`,
    next: 'Look whether the broker runs; Tentacle reconnects by itself.',
  });
}
