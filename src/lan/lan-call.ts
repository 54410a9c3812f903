import type { CallArguments } from '../core/plan.js';
import type { Invocation } from '../core/ports/transport.js';

/** One call on one device, while it is carried out. */
export class LanCall {
  readonly function: string;
  readonly args: CallArguments;
  /** Idempotency key (UUID) of this dispatch. */
  readonly key: string;
  /** Aborts at the call's deadline and when the user cancels; its reason is a TentacleError. */
  readonly signal: AbortSignal;
  #sentAt: number | null = null;

  constructor(invocation: Invocation, key: string, signal: AbortSignal) {
    this.function = invocation.function;
    this.args = invocation.args;
    this.key = key;
    this.signal = signal;
  }

  /** Milliseconds since the epoch when the first byte that changes something was handed over, or null. */
  get sentAt(): number | null {
    return this.#sentAt;
  }

  /** To be called right before anything that changes the device is sent: from here on silence means "unknown". */
  markSent(): void {
    this.#sentAt ??= Date.now();
  }
}
