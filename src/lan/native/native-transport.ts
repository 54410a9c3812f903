import { Deadline, orAbort } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { deadlinePassed } from '../../core/failures.js';
import type { Outcome } from '../../core/outcome.js';
import { causeWords } from '../../core/peer-words.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, ok, type Result } from '../../core/result.js';
import { carryOut, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import { type Address, addressSchema, parseAddress } from './address.js';
import type { DeviceChange } from './device-changes.js';
import { DeviceSession } from './device-session.js';
import type { Identity } from './identity.js';
import { NativeCall } from './native-call.js';
import { pairWith } from './pair-with.js';
import { idTaken, type PairedDevice, PairedDevices, type PairedStore } from './paired-devices.js';
import { withoutRouting } from './routing-arguments.js';

export interface NativeTransportOptions {
  /** Where the paired devices are kept: the folder of their list, or another place. */
  readonly folder: string | PairedStore;
  /** This computer's key: {@link loadIdentity}. */
  readonly identity: Identity;
}

interface WaitOptions {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Devices that speak Tentacle's own protocol (docs/protocol.md). Ids are `native:<uuid>`. */
export class NativeTransport implements Transport {
  readonly name = 'native';
  readonly #options: NativeTransportOptions;
  readonly #paired: PairedStore;
  readonly #sessions = new Map<string, DeviceSession>();
  readonly #list = new DeviceList();

  constructor(options: NativeTransportOptions) {
    this.#options = options;
    this.#paired = typeof options.folder === 'string' ? new PairedDevices(options.folder) : options.folder;
  }

  /** Begins to reach the paired devices. Failure: PAIRED_DEVICES_UNREADABLE. */
  async open(): Promise<Result<void, Failure>> {
    const paired = await this.#paired.all();
    if (!paired.ok) return paired;
    for (const device of paired.value) if (!this.#sessions.has(device.id)) this.#open(device);
    return ok(undefined);
  }

  /**
   * Begins to reach the paired devices, and resolves when each was looked for once, or at the timeout. Failure:
   * PAIRED_DEVICES_UNREADABLE.
   */
  async start(options: WaitOptions): Promise<Result<void, Failure>> {
    const opened = await this.open();
    if (!opened.ok) return opened;
    await this.#settled([...this.#sessions.values()], options);
    return ok(undefined);
  }

  devices(): readonly Device[] {
    return this.#list.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#list.watch(listener);
  }

  /**
   * Pairs with the device at "host:port" that shows this PIN, and connects. Failures: BAD_ADDRESS, BAD_PIN, WRONG_PIN,
   * PAIRING_SHUT, PAIRING_BROKEN, NOT_REACHED, BAD_ANSWER, ID_TAKEN, DEADLINE, CANCELLED, PAIRED_DEVICES_NOT_SAVED.
   */
  async pair(address: string, pin: string, options: WaitOptions): Promise<Result<Device, Failure>> {
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed('The device', options.timeoutMs),
    );
    try {
      const where = parseAddress(address);
      const pairing = pairWith({ identity: this.#options.identity, address: where, pin, signal: deadline.signal });
      const paired = await orAbort(pairing, deadline.signal);
      if (!paired.ok) return paired;
      const { id } = paired.value;
      const known = this.#sessions.get(id);
      if (known && known.pin !== paired.value.pin) return err(idTaken());
      const device = { id, pin: paired.value.pin, addresses: [where], accepted: null };
      const saved = await this.#paired.put(device);
      if (!saved.ok) return saved;
      await known?.[Symbol.asyncDispose]();
      const session = this.#open(device);
      await orAbort(session.settled, deadline.signal).catch(() => {});
      return ok(session.device);
    } catch (error) {
      return err(failureOf(error));
    }
  }

  /** From now on this computer neither reaches the device nor knows its key. */
  async forget(id: string): Promise<Result<void, Failure>> {
    const uuid = uuidOf(id);
    const session = this.#sessions.get(uuid);
    this.#sessions.delete(uuid);
    this.#list.delete(`native:${uuid}`);
    await session?.[Symbol.asyncDispose]();
    return this.#paired.delete(uuid);
  }

  /** The network says that the device may be there. It is believed once the device's key has answered there. */
  offerAddress(id: string, host: string, port: number): void {
    const address = addressSchema.safeParse({ host, port });
    if (address.success) this.#offer(id, address.data);
  }

  /** As {@link offerAddress}, by the user's hand. Failure: BAD_ADDRESS. */
  setAddress(id: string, address: string): Result<void, Failure> {
    try {
      this.#offer(id, parseAddress(address));
      return ok(undefined);
    } catch (error) {
      return err(failureOf(error));
    }
  }

  /** What the device says of itself now and did not when it was accepted; its new and changed functions are not called. */
  pendingChanges(id: string): readonly DeviceChange[] {
    return this.#sessions.get(uuidOf(id))?.pendingChanges ?? [];
  }

  /** The user has seen {@link pendingChanges}, and wants it so. */
  async acceptChanges(id: string): Promise<void> {
    await this.#sessions.get(uuidOf(id))?.acceptChanges();
  }

  /** Why functions that the device describes are left out, in sentences. */
  problems(id: string): readonly string[] {
    return this.#sessions.get(uuidOf(id))?.problems ?? [];
  }

  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const session = this.#sessions.get(uuidOf(deviceId));
    const described = session?.functions.find(({ name }) => name === invocation.function);
    return carryOut(session?.device, invocation, options, async (call) => {
      if (!session || !described) throw new TentacleError(notKnown());
      return new NativeCall(call, {
        link: () => session.link,
        hurry: () => session.wake(),
        args: withoutRouting(call.args, described),
        leaseMs: described.leaseMs,
        timeoutMs: options.timeoutMs,
      }).run();
    });
  }

  async findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return this.#sessions.has(uuidOf(deviceId)) ? ok([]) : err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#list.close();
    await Promise.all([...this.#sessions.values()].map((session) => session[Symbol.asyncDispose]()));
    this.#sessions.clear();
  }

  #offer(id: string, address: Address): void {
    this.#sessions.get(uuidOf(id))?.offer(address);
  }

  #open(paired: PairedDevice): DeviceSession {
    const session: DeviceSession = new DeviceSession({
      identity: this.#options.identity,
      paired,
      onChange: () => {
        if (this.#sessions.get(paired.id) === session) this.#list.set(session.device);
      },
      save: async (changed) => {
        if (this.#sessions.get(paired.id) === session) await this.#paired.put(changed);
      },
    });
    this.#sessions.set(paired.id, session);
    this.#list.set(session.device);
    session.start();
    return session;
  }

  async #settled(sessions: readonly DeviceSession[], { signal, timeoutMs }: WaitOptions): Promise<void> {
    using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed('The search for devices', timeoutMs));
    await orAbort(Promise.all(sessions.map(({ settled }) => settled)), deadline.signal).catch(() => {});
  }
}

function uuidOf(id: string): string {
  return id.replace(/^native:/, '');
}

function failureOf(error: unknown): Failure {
  if (error instanceof TentacleError) return error.failure;
  return {
    code: 'NOT_REACHED',
    fault: 'link',
    message: 'The connection to the device broke.',
    next: 'Look whether it is switched on and in the network, and try again.',
    detail: causeWords(error),
  };
}
