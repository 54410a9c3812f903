import type { Device } from '../device.js';
import type { Failure } from '../failure.js';
import type { Outcome } from '../outcome.js';
import type { CallArguments, Contact } from '../plan.js';
import type { Result } from '../result.js';

/** A call ready to be carried out: its Refs are filled and its arguments were checked against the schema again. */
export interface Invocation {
  readonly callId: string;
  readonly function: string;
  readonly args: CallArguments;
  /** The people settled before approval, by parameter name. */
  readonly contacts: Readonly<Record<string, Contact>>;
}

export interface InvokeOptions {
  /** Idempotency key (UUID) of this dispatch; the journal holds it. */
  readonly key: string;
  readonly signal: AbortSignal;
  /** Milliseconds this call may take, from now. */
  readonly timeoutMs: number;
}

/** Owns the devices of one protocol. */
export interface Transport extends AsyncDisposable {
  /** "adb", "native", "mqtt"... */
  readonly name: string;
  /** The devices known now, whatever their state. */
  devices(): readonly Device[];
  /** Calls back on every change, with all devices, until the returned function is called. */
  watch(listener: (devices: readonly Device[]) => void): () => void;
  /** Carries out one call. Resolves with exactly one terminal outcome, within the timeout; never rejects. */
  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome>;
  /** The people on a device that a said name may mean, best match first; empty when none fits. */
  findContacts(
    deviceId: string,
    name: string,
    options: { signal: AbortSignal; timeoutMs: number },
  ): Promise<Result<readonly Contact[], Failure>>;
}
