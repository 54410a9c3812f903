import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../../core/result.js';
import type { PairRefusal } from '../native/pair-messages.js';
import {
  PBKDF2_ITERATIONS,
  PIN_DIGITS,
  type PinParameters,
  type PinVerifier,
  pairingContext,
  pinVerifier,
  sameBytes,
  verifyPin,
} from '../native/pin-proof.js';

export const PAIRING_WINDOW_MS = 120_000;
export const PAIRING_TRIES = 5;
/** Exchanges begun and not ended; older ones are dropped. */
const MAX_EXCHANGES = 16;

interface Exchange {
  readonly computer: string;
  /** What the computer must prove to know; null before it sent its share. */
  expected: Uint8Array | null;
}

interface OpenWindow {
  readonly parameters: PinParameters;
  readonly verifier: PinVerifier;
  readonly timer: NodeJS.Timeout;
  readonly exchanges: Map<string, Exchange>;
  triesLeft: number;
}

export interface PairingWindowOptions {
  /** Fingerprint of the device's own key. */
  readonly device: string;
  /** Shows the PIN; null takes it away again. */
  readonly onPin: (pin: string | null) => void;
  readonly windowMs?: number;
}

/** The two minutes in which a computer that knows the PIN on the device may pair with it. */
export class PairingWindow {
  readonly #options: PairingWindowOptions;
  #open: OpenWindow | null = null;

  constructor(options: PairingWindowOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Shuts what was open, and opens with a new PIN, which is also returned. */
  async open(): Promise<string> {
    this.close();
    const pin = String(randomInt(10 ** PIN_DIGITS)).padStart(PIN_DIGITS, '0');
    const parameters = { salt: new Uint8Array(randomBytes(32)), iterations: PBKDF2_ITERATIONS };
    const verifier = await pinVerifier(pin, parameters);
    this.close();
    const timer = setTimeout(() => this.close(), this.#options.windowMs ?? PAIRING_WINDOW_MS);
    timer.unref();
    this.#open = { parameters, verifier, timer, exchanges: new Map(), triesLeft: PAIRING_TRIES };
    this.#options.onPin(pin);
    return pin;
  }

  close(): void {
    if (!this.#open) return;
    clearTimeout(this.#open.timer);
    this.#open = null;
    this.#options.onPin(null);
  }

  start(computer: string): Result<PinParameters & { readonly exchange: string }, PairRefusal> {
    const open = this.#open;
    if (!open) return err('shut');
    const oldest = open.exchanges.keys().next();
    if (open.exchanges.size >= MAX_EXCHANGES && !oldest.done) open.exchanges.delete(oldest.value);
    const exchange = randomUUID();
    open.exchanges.set(exchange, { computer, expected: null });
    return ok({ ...open.parameters, exchange });
  }

  /**
   * Counts a try: the confirmation in the answer already tells the other end whether its guess was right (RFC 9383,
   * section 4), whether or not it ever sends its own.
   */
  async share(
    computer: string,
    exchange: string,
    share: Uint8Array,
  ): Promise<Result<{ readonly share: Uint8Array; readonly confirm: Uint8Array }, PairRefusal>> {
    const open = this.#open;
    if (!open) return err('shut');
    const begun = open.exchanges.get(exchange);
    if (begun?.computer !== computer || begun.expected) return err('exchange');
    if (open.triesLeft <= 0) {
      this.close();
      return err('shut');
    }
    open.triesLeft -= 1;
    try {
      const context = pairingContext(computer, this.#options.device);
      const proof = await verifyPin(open.verifier, context, share);
      begun.expected = proof.expected;
      return ok({ share: proof.share, confirm: proof.confirm });
    } catch {
      open.exchanges.delete(exchange);
      return this.#wrong(open);
    }
  }

  /** Ends the exchange; true shuts the window, since the PIN has served. */
  confirm(computer: string, exchange: string, confirm: Uint8Array): Result<null, PairRefusal> {
    const open = this.#open;
    if (!open) return err('shut');
    const begun = open.exchanges.get(exchange);
    if (begun?.computer !== computer || !begun.expected) return err('exchange');
    open.exchanges.delete(exchange);
    if (!sameBytes(begun.expected, confirm)) return this.#wrong(open);
    this.close();
    return ok(null);
  }

  #wrong(open: OpenWindow): Result<never, PairRefusal> {
    if (open.triesLeft <= 0 && this.#open === open) this.close();
    return err('wrong');
  }
}
