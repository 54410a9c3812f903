import { createHash } from 'node:crypto';
import { canonicalJson } from '../../core/canonical-json.js';
import { type CallStatus, type DeviceClockReading, MEMORY_MS, type WireOutcome } from '../native/profile.js';
import type { DeviceFunction } from './define-function.js';
import type { DeviceClock } from './device-clock.js';
import type { OutcomeFile } from './outcome-file.js';

/** Calls remembered at a time, and calls running at a time; more are refused, since forgetting one early could repeat it. */
const MAX_REMEMBERED = 10_000;
const MAX_RUNNING = 64;

interface RememberedCall {
  readonly digest: string;
  readonly ended: Promise<WireOutcome>;
  readonly stop: AbortController;
  outcome: WireOutcome | null;
  /** On the device's clock; when it is forgotten. */
  forgetAt: number;
  renew: (() => void) | null;
}

/** What a computer asks for, after its shape was checked. `owner` is the fingerprint of its key. */
export interface DeviceCallRequest {
  readonly owner: string;
  readonly key: string;
  readonly function: string;
  readonly args: unknown;
  readonly issued: DeviceClockReading;
  readonly ttlMs: number;
}

/** Runs calls, each key at most once, and remembers how they ended. Keys of different computers never meet. */
export class DeviceCalls implements AsyncDisposable {
  readonly #functions: ReadonlyMap<string, DeviceFunction>;
  readonly #clock: DeviceClock;
  readonly #file: OutcomeFile;
  readonly #calls = new Map<string, RememberedCall>();
  #running = 0;
  #isStopping = false;

  constructor(functions: readonly DeviceFunction[], clock: DeviceClock, file: OutcomeFile) {
    this.#functions = new Map(functions.map((each) => [each.name, each]));
    this.#clock = clock;
    this.#file = file;
    for (const { owner, key, digest, outcome } of file.kept) this.#settle(`${owner} ${key}`, digest, outcome);
  }

  /** Resolves with the outcome; a key that is known gives the outcome of its one run, however often it comes. */
  async call(request: DeviceCallRequest): Promise<WireOutcome> {
    this.#forget();
    const name = `${request.owner} ${request.key}`;
    const digest = digestOf(request.function, request.args);
    const known = this.#calls.get(name);
    if (known) {
      if (known.digest === digest || known.digest === TOMBSTONE) return known.ended;
      return refused('key', 'This key belongs to another call.');
    }
    const called = this.#functions.get(request.function);
    if (!called) return refused('function', `There is no function ${request.function} here.`);
    const stale = this.#clock.staleness(request.issued, request.ttlMs);
    if (stale) return refused('stale', stale);
    const objection = called.objection(request.args);
    if (objection) return refused('arguments', objection);
    if (this.#isStopping || this.#running >= MAX_RUNNING || this.#calls.size >= MAX_REMEMBERED) {
      return refused('busy', 'This device has more to do than it can take.');
    }
    return this.#begin(name, digest, called, request);
  }

  /** What is known of a key. Waits up to `waitMs` for a running call to end. */
  async status(owner: string, key: string, waitMs: number): Promise<CallStatus> {
    this.#forget();
    const call = this.#calls.get(`${owner} ${key}`);
    if (!call) return { state: 'unknown' };
    if (!call.outcome && waitMs > 0) {
      let timer: NodeJS.Timeout | undefined;
      const waited = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, waitMs);
      });
      await Promise.race([call.ended, waited]);
      clearTimeout(timer);
    }
    return call.outcome ? { state: 'done', outcome: call.outcome } : { state: 'running' };
  }

  /** Stops a running call; a call that has not come yet will be refused when it comes. Says how things stand after it. */
  cancel(owner: string, key: string): CallStatus {
    this.#forget();
    const name = `${owner} ${key}`;
    const call = this.#calls.get(name);
    if (!call && this.#calls.size < MAX_REMEMBERED) this.#settle(name, TOMBSTONE, CANCELLED);
    call?.stop.abort(new DOMException('Cancelled.', 'AbortError'));
    if (!call) return { state: 'done', outcome: CANCELLED };
    return call.outcome ? { state: 'done', outcome: call.outcome } : { state: 'running' };
  }

  /** Prolongs the lease of something that moves. */
  renew(owner: string, key: string): CallStatus {
    const call = this.#calls.get(`${owner} ${key}`);
    call?.renew?.();
    if (!call) return { state: 'unknown' };
    return call.outcome ? { state: 'done', outcome: call.outcome } : { state: 'running' };
  }

  /** Stops what runs, and waits a moment for it to end. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isStopping = true;
    const running = [...this.#calls.values()].filter(({ outcome }) => !outcome);
    for (const { stop } of running) stop.abort(new DOMException('The device stops.', 'AbortError'));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, STOP_PATIENCE_MS);
    });
    await Promise.race([Promise.all(running.map(({ ended }) => ended)), patience]);
    clearTimeout(timer);
    await this.#file[Symbol.asyncDispose]();
  }

  #begin(name: string, digest: string, called: DeviceFunction, request: DeviceCallRequest): Promise<WireOutcome> {
    const stop = new AbortController();
    let start = (_outcome: Promise<WireOutcome>): void => {};
    const ended = new Promise<WireOutcome>((resolve) => {
      start = resolve;
    });
    // Known before anything is awaited: the same key may come again in the next packet.
    const call: RememberedCall = { digest, ended, stop, outcome: null, forgetAt: Infinity, renew: null };
    this.#calls.set(name, call);
    this.#running += 1;
    start(
      this.#run(call, called, request).then((outcome) => {
        call.outcome = outcome;
        call.renew = null;
        call.forgetAt = this.#clock.reading().ms + MEMORY_MS;
        this.#running -= 1;
        return outcome;
      }),
    );
    return ended;
  }

  async #run(call: RememberedCall, called: DeviceFunction, request: DeviceCallRequest): Promise<WireOutcome> {
    const line = { owner: request.owner, key: request.key, digest: call.digest };
    if (called.repeat === 'once') {
      try {
        await this.#file.append(line);
      } catch {
        return { status: 'failed', message: 'The device cannot write down what it does, and so does nothing.' };
      }
    }
    if (call.stop.signal.aborted) return this.#kept(called, line, CANCELLED);
    const endLease = called.leaseMs === null ? () => {} : this.#lease(call, called.leaseMs);
    const outcome = await called.run(request.args, { signal: call.stop.signal, key: request.key });
    endLease();
    return this.#kept(called, line, outcome);
  }

  async #kept(
    called: DeviceFunction,
    line: { owner: string; key: string; digest: string },
    outcome: WireOutcome,
  ): Promise<WireOutcome> {
    // Without its end on disk the call counts as interrupted after a restart: still never run twice.
    if (called.repeat === 'once') await this.#file.append({ ...line, outcome }).catch(() => {});
    return outcome;
  }

  #lease(call: RememberedCall, leaseMs: number): () => void {
    const expire = (): void => call.stop.abort(new DOMException('Nobody renewed the lease.', 'AbortError'));
    let timer = setTimeout(expire, leaseMs);
    call.renew = () => {
      clearTimeout(timer);
      timer = setTimeout(expire, leaseMs);
    };
    return () => clearTimeout(timer);
  }

  #settle(name: string, digest: string, outcome: WireOutcome): void {
    this.#calls.set(name, {
      digest,
      ended: Promise.resolve(outcome),
      stop: new AbortController(),
      outcome,
      forgetAt: this.#clock.reading().ms + MEMORY_MS,
      renew: null,
    });
  }

  #forget(): void {
    const now = this.#clock.reading().ms;
    for (const [name, call] of this.#calls) if (call.forgetAt <= now) this.#calls.delete(name);
  }
}

const STOP_PATIENCE_MS = 2_000;
/** In place of a digest: whatever comes with this key was cancelled before it came. */
const TOMBSTONE = 'cancelled';
const CANCELLED: WireOutcome = { status: 'refused', reason: 'gone', why: 'It was cancelled before it came.' };

function refused(reason: (WireOutcome & { status: 'refused' })['reason'], why: string): WireOutcome {
  return { status: 'refused', reason, why };
}

function digestOf(name: string, args: unknown): string {
  return createHash('sha256')
    .update(canonicalJson([name, args]))
    .digest('hex');
}
