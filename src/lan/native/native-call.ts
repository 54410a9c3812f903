import { performance } from 'node:perf_hooks';
import { pause } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import { deviceSaid, failed, readBack, refusedByDevice, untrusted } from '../../core/outcomes.js';
import { peerWords } from '../../core/peer-words.js';
import type { CallArguments } from '../../core/plan.js';
import type { LanCall } from '../lan-call.js';
import type { McpLink } from './mcp-link.js';
import { innerFailure } from './native-failures.js';
import type { CallStatus, WireOutcome } from './profile.js';

export interface NativeCallOptions {
  /** The link as it is now; another one after the device was reached again. */
  readonly link: () => McpLink | null;
  /** Somebody waits for the device: try at once. */
  readonly hurry: () => void;
  readonly args: CallArguments;
  readonly leaseMs: number | null;
  readonly timeoutMs: number;
}

/** How often a device that cannot be reached at all is tried before anything was sent: for less than two seconds. */
const UNSENT_TRIES = 5;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const STATUS_WAIT_MS = 15_000;
const CANCEL_MS = 2_000;
/** Failures that no waiting mends. */
const HOPELESS = new Set(['KEY_CHANGED', 'UNAUTHORIZED']);
/** Failures by which the device answered a request. */
const ANSWERS = new Set(['BAD_ANSWER', 'UNAUTHORIZED']);

/** One call on one device, through cut connections: asks what became of it before it is sent again, always with its key. */
export class NativeCall {
  readonly #call: LanCall;
  readonly #options: NativeCallOptions;
  readonly #endsAt: number;

  constructor(call: LanCall, options: NativeCallOptions) {
    this.#call = call;
    this.#options = options;
    this.#endsAt = performance.now() + options.timeoutMs;
  }

  async run(): Promise<Outcome> {
    const { signal } = this.#call;
    const renewing =
      this.#options.leaseMs === null ? undefined : setInterval(() => this.#renew(), this.#options.leaseMs / 3);
    try {
      return this.#outcomeOf(await this.#settled());
    } finally {
      clearInterval(renewing);
      // Nobody waits any more: whatever runs, or still arrives, shall stop.
      if (signal.aborted && this.#call.sentAt !== null) this.#cancel();
    }
  }

  async #settled(): Promise<WireOutcome> {
    let wasStale = false;
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.#send(tries);
      if (outcome) {
        const isStale = outcome.status === 'refused' && outcome.reason === 'stale';
        if (!isStale || wasStale) return outcome;
        // Dated by a clock that began anew, or that this computer slept through; the answer has set ours. It did not run.
        wasStale = true;
        continue;
      }
      if (this.#call.sentAt === null) await this.#again(tries);
      else {
        const status = await this.#ask();
        if (status.state === 'done') return status.outcome;
      }
    }
  }

  /** The device's outcome, or null when the connection broke on the way. Rejects where nothing was sent and nothing will be. */
  async #send(tries: number): Promise<WireOutcome | null> {
    const { key, signal, function: name } = this.#call;
    const { args } = this.#options;
    const hadSent = this.#call.sentAt !== null;
    try {
      const link = this.#link();
      const ttlMs = Math.max(1, Math.round(this.#endsAt - performance.now()));
      return await link.call({ function: name, args, key, ttlMs, onSending: () => this.#call.markSent() }, signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = innerFailure(error);
      if (this.#call.sentAt === null && failure && (HOPELESS.has(failure.failure.code) || tries >= UNSENT_TRIES)) {
        throw failure;
      }
      if (failure && ANSWERS.has(failure.failure.code)) return this.#answered(failure, hadSent);
      return null;
    }
  }

  /** The device answered, with something else than an outcome: if it knows nothing of the call, that is what became of it. */
  async #answered(failure: TentacleError, hadSent: boolean): Promise<WireOutcome | null> {
    if (failure.failure.code === 'BAD_ANSWER') {
      const status = await this.#ask();
      if (status.state === 'done') return status.outcome;
    }
    throw hadSent ? notConfirmed(failure) : failure;
  }

  /** What the device knows of the call, once it can be asked and the call does not run any more. */
  async #ask(): Promise<Exclude<CallStatus, { state: 'running' }>> {
    for (let tries = 1; ; tries += 1) {
      try {
        const status = await this.#link().status(this.#call.key, STATUS_WAIT_MS, this.#call.signal);
        if (status.state !== 'running') return status;
        tries = 0;
        // A device that does not know how to wait must not be asked a thousand times a second.
        await pause(FIRST_PAUSE_MS, this.#call.signal);
      } catch (error) {
        this.#call.signal.throwIfAborted();
        const failure = innerFailure(error);
        if (failure && HOPELESS.has(failure.failure.code)) throw notConfirmed(failure);
        await this.#again(tries);
      }
    }
  }

  async #again(tries: number): Promise<void> {
    this.#options.hurry();
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS), this.#call.signal);
  }

  #link(): McpLink {
    const link = this.#options.link();
    if (link) return link;
    throw new TentacleError({ code: 'NOT_REACHED', fault: 'link', message: 'No link.', next: 'Wait.' });
  }

  #renew(): void {
    const link = this.#options.link();
    // A renewal that is lost is made up for by the next; three may be lost in a row.
    link?.renew(this.#call.key, AbortSignal.any([this.#call.signal, AbortSignal.timeout(CANCEL_MS)])).catch(() => {});
  }

  #cancel(): void {
    this.#options
      .link()
      ?.cancel(this.#call.key, AbortSignal.timeout(CANCEL_MS))
      .catch(() => {});
  }

  #outcomeOf(outcome: WireOutcome): Outcome {
    switch (outcome.status) {
      case 'done': {
        const facts = {
          ...(outcome.data ? { data: untrusted(outcome.data.value, outcome.data.text, 'device') } : {}),
          ...(outcome.prior ? { prior: outcome.prior } : {}),
        };
        const receipt = outcome.receipt || 'Done.';
        return outcome.proof === 'read-back' ? readBack(receipt, facts) : deviceSaid(receipt, facts);
      }
      case 'refused':
        return refusedByDevice(peerWords(outcome.why));
      case 'failed':
        return failed('DEVICE_FAILED', peerWords(outcome.message), peerWords(outcome.next ?? 'Look at the device.'));
      case 'unknown':
        return { status: 'unknown', since: this.#call.sentAt ?? Date.now(), why: peerWords(outcome.why) };
    }
  }
}

/** It was sent, and whoever answers now cannot be asked. */
function notConfirmed(cause: TentacleError): TentacleError {
  return new TentacleError({ ...cause.failure, code: 'NOT_CONFIRMED' }, { cause });
}
