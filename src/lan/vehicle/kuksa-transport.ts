import { Deadline, orAbort, pause } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import type { Outcome } from '../../core/outcome.js';
import { causeWords } from '../../core/peer-words.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, ok, type Result } from '../../core/result.js';
import { carryOut, type LanFunction, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import type { Car } from './car.js';
import { type CarDescription, describeCar } from './car-description.js';
import { carFunctionsByName } from './car-functions.js';
import { KuksaClient, type KuksaClientOptions } from './kuksa-client.js';

export interface KuksaTransportOptions extends KuksaClientOptions {
  /** Marks a car that Tentacle simulates. */
  readonly virtual: boolean;
  /**
   * What this car is known by until it tells its VIN, and where it never does: the VIN of an earlier time, or a name that
   * stays. The car's name where absent.
   */
  readonly id?: string;
  /** How long the car may take to be seen as asked after it took a command; windows and roofs need some seconds. */
  readonly confirmMs?: number;
  /** Time to the next try after a lost connection, in milliseconds: doubled from the first to the most. */
  readonly reconnect?: { readonly firstMs: number; readonly mostMs: number };
}

const CONFIRM_MS = 15_000;
const DESCRIBE_MS = 15_000;
const RECONNECT = { firstMs: 500, mostMs: 30_000 };

/** One car over gRPC `kuksa.val.v2`: an Eclipse Kuksa databroker, or whatever speaks as it does. */
export class KuksaTransport implements Transport {
  readonly name = 'kuksa';
  readonly #options: KuksaTransportOptions;
  readonly #devices = new DeviceList();
  readonly #closing = new AbortController();
  #deviceId: string;
  /** The car as it is reached now; null between connections. */
  #car: Car | null = null;
  #running: Promise<void> | null = null;
  #settle = (): void => {};
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  /** @throws TentacleError BAD_ADDRESS, BAD_TOKEN, BAD_CERTIFICATE, or TOKEN_IN_CLEAR: a token without TLS to another host. */
  constructor(options: KuksaTransportOptions) {
    new KuksaClient(options)[Symbol.dispose]();
    this.#options = options;
    this.#deviceId = `kuksa:${options.id ?? options.name}`;
    this.#devices.set({
      id: this.#deviceId,
      kind: 'car',
      name: options.name,
      aliases: [],
      room: null,
      deviceClass: null,
      groups: [],
      transport: this.name,
      address: options.address,
      state: 'connecting',
      stateReason: 'The car is being looked for.',
      virtual: options.virtual,
      functions: [],
      details: {},
    });
  }

  /** Starts to reach the car. Resolves after the first try, or at the timeout; the trying goes on until disposed. */
  async start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    this.#running ??= this.#run();
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed(this.#options.name, options.timeoutMs),
    );
    await orAbort(this.#settled, deadline.signal).catch(() => {});
  }

  devices(): readonly Device[] {
    return this.#devices.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#devices.watch(listener);
  }

  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const own = carFunctionsByName.get(invocation.function);
    const car = this.#car;
    const run: LanFunction | undefined = own && ((call) => own.run(call, car ?? this.#notReached()));
    // What is under way ends with the transport: nothing of ours may hold a connection open after it.
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return carryOut(this.#devices.get(deviceId), invocation, { ...options, signal }, run);
  }

  /** A car has no people. */
  async findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return this.#devices.get(deviceId) ? ok([]) : err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    this.#devices.close();
    await this.#running;
  }

  /** Reaches the car again and again until closed; a connection that stood starts the waiting anew. */
  async #run(): Promise<void> {
    const { firstMs, mostMs } = this.#options.reconnect ?? RECONNECT;
    const { signal } = this.#closing;
    let waitMs = firstMs;
    while (!signal.aborted) {
      const lost = await this.#stay(() => {
        waitMs = firstMs;
      });
      if (signal.aborted) break;
      this.#devices.change(this.#deviceId, stateAfter(lost));
      this.#settle();
      await pause(waitMs, signal).catch(() => {});
      waitMs = Math.min(waitMs * 2, mostMs);
    }
    this.#settle();
  }

  /** One connection, from reaching the car to losing it. Resolves with what ended it. */
  async #stay(onReached: () => void): Promise<Failure> {
    const { signal } = this.#closing;
    try {
      using client = new KuksaClient(this.#options);
      const description = await this.#within((inTime) => describeCar(client, inTime));
      using watch = await this.#within((inTime) => client.watch([description.quietPath], inTime));
      this.#car = {
        name: this.#options.name,
        client,
        signals: description.signals,
        confirmMs: this.#options.confirmMs ?? CONFIRM_MS,
      };
      this.#show(description);
      onReached();
      this.#settle();
      await watch.ended(signal);
      return this.#lost('');
    } catch (error) {
      return error instanceof TentacleError ? error.failure : this.#lost(causeWords(error));
    } finally {
      this.#car = null;
    }
  }

  async #within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    using deadline = new Deadline(this.#closing.signal, DESCRIBE_MS, () =>
      deadlinePassed(this.#options.name, DESCRIBE_MS),
    );
    return await work(deadline.signal);
  }

  #show(description: CarDescription): void {
    const known = this.#devices.get(this.#deviceId);
    if (!known) return;
    this.#deviceId = `kuksa:${description.vin ?? this.#options.id ?? this.#options.name}`;
    this.#devices.replace([
      {
        ...known,
        id: this.#deviceId,
        aliases: [...description.aliases],
        state: 'ready',
        stateReason: null,
        functions: [...description.functions],
        details: { ...description.details },
      },
    ]);
  }

  #notReached(): never {
    throw new TentacleError(this.#lost(''));
  }

  #lost(detail: string): Failure {
    return {
      code: 'LINK_LOST',
      fault: 'link',
      message: `The connection to ${this.#options.name} broke.`,
      next: 'Look whether it is switched on and in the network; Tentacle reconnects by itself.',
      detail,
    };
  }
}

const STATES: Readonly<Record<string, Device['state']>> = {
  UNAUTHORIZED: 'unauthorized',
  PERMISSION_DENIED: 'unauthorized',
  CERTIFICATE_NOT_TRUSTED: 'unauthorized',
  PROTOCOL: 'unsupported',
  NO_PROVIDER: 'unsupported',
  SIGNAL_NOT_FOUND: 'unsupported',
};

function stateAfter(failure: Failure): Pick<Device, 'state' | 'stateReason'> {
  return { state: STATES[failure.code] ?? 'offline', stateReason: `${failure.message} ${failure.next}` };
}
