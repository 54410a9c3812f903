import { Deadline, orAbort } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import type { Failure } from '../../core/failure.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import type { Outcome } from '../../core/outcome.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, ok, type Result } from '../../core/result.js';
import { carryOut, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import { computerDevice, THIS_COMPUTER } from './computer-device.js';
import { computerFunctions } from './computer-functions.js';
import { offeredFunctions } from './offered-functions.js';
import { ComputerSurroundings } from './surroundings.js';

/** The computer that Tentacle runs on, as a device without pairing: `computer:this`. */
export class ComputerTransport implements Transport {
  readonly name = 'computer';
  readonly #surroundings: ComputerSurroundings;
  readonly #devices = new DeviceList();
  readonly #closing = new AbortController();

  constructor(surroundings: ComputerSurroundings = new ComputerSurroundings()) {
    this.#surroundings = surroundings;
    this.#devices.set(computerDevice(surroundings, null));
  }

  /**
   * Looks at what this computer can do now, and resolves when it is known, or at the timeout, with the looking given up. To
   * be called again when that may have changed: a screen, a sound output, a program came or went. Never rejects.
   */
  async start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    using deadline = new Deadline(AbortSignal.any([options.signal, this.#closing.signal]), options.timeoutMs, () =>
      deadlinePassed('This computer', options.timeoutMs),
    );
    try {
      const functions = await orAbort(offeredFunctions(this.#surroundings, deadline.signal), deadline.signal);
      this.#devices.set(computerDevice(this.#surroundings, functions));
    } catch {
      // What was known stays.
    }
  }

  devices(): readonly Device[] {
    return this.#devices.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#devices.watch(listener);
  }

  async invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const found = computerFunctions.find(({ name }) => name === invocation.function);
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return carryOut(
      this.#devices.get(deviceId),
      invocation,
      { ...options, signal },
      found && ((call) => found.run(call.args, this.#surroundings, call)),
    );
  }

  /** A computer has no address book that Tentacle reads: nobody is found on it. */
  async findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return deviceId === THIS_COMPUTER ? ok([]) : err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    this.#devices.close();
  }
}
