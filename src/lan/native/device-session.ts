import { BackOff } from '../../core/back-off.js';
import { Deadline, orAbort } from '../../core/deadline.js';
import type { Device, DeviceState } from '../../core/device.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import { type Address, formatAddress, sameAddress } from './address.js';
import { changesBetween, type DeviceChange, unchangedFunctions } from './device-changes.js';
import { type DescribedFunction, type DeviceDescription, describeDevice } from './device-description.js';
import { deviceWords } from './device-words.js';
import type { Identity } from './identity.js';
import { McpLink } from './mcp-link.js';
import { innerFailure, notReached } from './native-failures.js';
import { MAX_ADDRESSES, type PairedDevice } from './paired-devices.js';

export interface DeviceSessionOptions {
  readonly identity: Identity;
  readonly paired: PairedDevice;
  /** Hears of every change of {@link DeviceSession.device}. */
  readonly onChange: () => void;
  /** Keeps what is known of the device; failing to is nobody's end. */
  readonly save: (paired: PairedDevice) => Promise<unknown>;
}

const OPEN_MS = 10_000;
const READ_MS = 5_000;
/** Named values of a device's state that are shown. */
const MAX_DETAILS = 64;

/** Keeps one paired device reached: connects, reads everything, hears of changes, and begins again when the link breaks. */
export class DeviceSession implements AsyncDisposable {
  readonly #options: DeviceSessionOptions;
  readonly #backOff = new BackOff();
  readonly #closing = new AbortController();
  #paired: PairedDevice;
  /** Where it may be too, as the network says: unproven, and so tried and not kept. */
  #offered: Address[] = [];
  /** What came of an address of the device at which another key answered in this round; null where none did. */
  #impostor: unknown = null;
  /** Whoever tries addresses hears of a new one. */
  #onOffer = (): void => {};
  #link: McpLink | null = null;
  #now: DeviceDescription | null = null;
  #details: Readonly<Record<string, string>> = {};
  #state: DeviceState = 'connecting';
  #reason: string | null = 'Connecting.';
  #problems: readonly string[] = [];
  #running: Promise<void> = Promise.resolve();
  #settle = (): void => {};
  /** Resolves when the first look has ended, whatever it saw. */
  readonly settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  constructor(options: DeviceSessionOptions) {
    this.#options = options;
    this.#paired = options.paired;
  }

  start(): void {
    this.#running = this.#run();
  }

  get device(): Device {
    const { id, accepted, addresses } = this.#paired;
    const address = this.#link?.address ?? addresses[0];
    return {
      id: `native:${id}`,
      kind: accepted?.kind ?? 'home',
      name: accepted?.name ?? 'New device',
      aliases: [],
      room: accepted?.room ?? null,
      deviceClass: accepted?.deviceClass ?? null,
      groups: [],
      transport: 'native',
      address: address ? formatAddress(address) : '',
      state: this.#state,
      stateReason: this.#reason,
      virtual: accepted?.virtual ?? false,
      functions: this.functions.map(({ name }) => name),
      details: this.#details,
    };
  }

  /** The functions that may be called: offered now, and as the user accepted them. */
  get functions(): readonly DescribedFunction[] {
    const { accepted } = this.#paired;
    return accepted ? unchangedFunctions(accepted, this.#now ?? accepted) : [];
  }

  get link(): McpLink | null {
    return this.#link;
  }

  get pin(): string {
    return this.#paired.pin;
  }

  /** Why functions of the device are left out, in sentences. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  get pendingChanges(): readonly DeviceChange[] {
    const { accepted } = this.#paired;
    return accepted && this.#now ? changesBetween(accepted, this.#now) : [];
  }

  /** Takes the device as it describes itself now. */
  async acceptChanges(): Promise<void> {
    if (this.#now) await this.#keep({ ...this.#paired, accepted: this.#now });
  }

  /** Says where the device may be; believed once its key has answered there. */
  offer(address: Address): void {
    this.#offered = [address, ...this.#offered.filter((each) => !sameAddress(each, address))].slice(0, MAX_ADDRESSES);
    if (this.#state === 'ready') return;
    this.#onOffer();
    this.#backOff.wake();
  }

  /** Somebody needs the device now. */
  wake(): void {
    if (this.#state !== 'ready') this.#backOff.wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    await this.#link?.[Symbol.asyncDispose]();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#visit(signal);
      } catch (error) {
        this.#become(...unreachedBecause(error));
      }
      this.#settle();
      await this.#backOff.wait(signal).catch(() => {});
    }
    this.#settle();
  }

  /** One connection from beginning to end. Rejects with what kept it from coming about. */
  async #visit(signal: AbortSignal): Promise<void> {
    await using link = await this.#open(signal);
    const stream = await link.listen(
      { state: () => this.#readState(link), functions: () => this.#reread(link) },
      signal,
    );
    // Everything is read after the subscription stands: what changes in between is then read or heard of.
    using deadline = new Deadline(signal, READ_MS, () => deadlinePassed('The device', READ_MS));
    await this.#read(link, deadline.signal);
    this.#details = detailsOf(await link.state(deadline.signal));
    this.#link = link;
    this.#backOff.reset();
    this.#become('ready', null);
    this.#settle();
    await orAbort(stream.ended, signal);
    this.#become('connecting', 'The connection broke; trying again.');
  }

  /**
   * The first address at which the device's key answers. Addresses that the network offers are tried beside the known ones,
   * also when they come in meanwhile: one that is out of date may keep its row waiting for long. Rejects with what the known
   * ones said.
   */
  async #open(signal: AbortSignal): Promise<McpLink> {
    this.#impostor = null;
    const done = new AbortController();
    const either = AbortSignal.any([signal, done.signal]);
    const tried = new Set<string>();
    const known = this.#firstOf(() => this.#paired.addresses, tried, either);
    const offered = this.#firstOffered(tried, known, either);
    try {
      const link = await Promise.any([known, offered]);
      const closeOther = (other: McpLink): unknown => (other === link ? null : other[Symbol.asyncDispose]());
      for (const row of [known, offered]) row.then(closeOther).catch(() => {});
      await this.#promote(link.address);
      return link;
    } catch (error) {
      signal.throwIfAborted();
      throw this.#impostor ?? (error instanceof AggregateError ? error.errors[0] : error);
    } finally {
      done.abort(cancelled());
    }
  }

  /** Tries offered addresses as they come in, for as long as the known ones are being tried. */
  async #firstOffered(tried: Set<string>, known: Promise<McpLink>, signal: AbortSignal): Promise<McpLink> {
    let isKnownDone = false;
    const ended = known
      .catch(() => {})
      .then(() => {
        isKnownDone = true;
      });
    for (;;) {
      const news = new Promise<void>((resolve) => {
        this.#onOffer = resolve;
      });
      try {
        return await this.#firstOf(() => this.#offered, tried, signal);
      } catch (error) {
        if (isKnownDone || signal.aborted) throw error;
      }
      await orAbort(Promise.race([news, ended]), signal);
    }
  }

  /** One row of addresses, each tried once. Rejects with the reason of the last. */
  async #firstOf(addresses: () => readonly Address[], tried: Set<string>, signal: AbortSignal): Promise<McpLink> {
    const { identity } = this.#options;
    let reason: unknown = null;
    for (;;) {
      const address = addresses().find((each) => !tried.has(formatAddress(each)));
      if (!address) throw reason ?? notReached('its known addresses', null);
      tried.add(formatAddress(address));
      using deadline = new Deadline(signal, OPEN_MS, () => deadlinePassed('The device', OPEN_MS));
      try {
        return await McpLink.open({ identity, address, pin: this.#paired.pin }, deadline.signal);
      } catch (error) {
        signal.throwIfAborted();
        reason = error;
        // An address that somebody on the network made up must not come back with every round.
        if (innerFailure(error)?.failure.code !== 'KEY_CHANGED') continue;
        this.#withdraw(address);
        if (!this.#paired.addresses.some((each) => sameAddress(each, address))) continue;
        // Where the device was, something else is now. That is said at once, while older addresses are still tried.
        this.#impostor = error;
        this.#become(...unreachedBecause(error));
      }
    }
  }

  async #promote(address: Address): Promise<void> {
    this.#withdraw(address);
    const { addresses } = this.#paired;
    const [first] = addresses;
    if (first && sameAddress(first, address)) return;
    const others = addresses.filter((each) => !sameAddress(each, address));
    await this.#keep({ ...this.#paired, addresses: [address, ...others].slice(0, MAX_ADDRESSES) });
  }

  #withdraw(address: Address): void {
    this.#offered = this.#offered.filter((each) => !sameAddress(each, address));
  }

  async #read(link: McpLink, signal: AbortSignal): Promise<void> {
    const [facts, tools] = [await link.facts(signal), await link.tools(signal)];
    const { description, problems } = describeDevice(facts, tools);
    this.#now = description;
    this.#problems = problems;
    // The first description is what the user has just paired with.
    if (!this.#paired.accepted) await this.#keep({ ...this.#paired, accepted: description });
  }

  #reread(link: McpLink): void {
    this.#aside(async (signal) => {
      await this.#read(link, signal);
      this.#options.onChange();
    });
  }

  #readState(link: McpLink): void {
    this.#aside(async (signal) => {
      const details = detailsOf(await link.state(signal));
      this.#details = details;
      this.#options.onChange();
    });
  }

  /** Work that nobody waits for: if it fails the link is failing too, and everything is read again after it. */
  #aside(work: (signal: AbortSignal) => Promise<void>): void {
    const deadline = new Deadline(this.#closing.signal, READ_MS, () => deadlinePassed('The device', READ_MS));
    work(deadline.signal)
      .catch(() => {})
      .finally(() => deadline[Symbol.dispose]());
  }

  async #keep(paired: PairedDevice): Promise<void> {
    this.#paired = paired;
    await this.#options.save(paired);
    this.#options.onChange();
  }

  #become(state: DeviceState, reason: string | null): void {
    if (this.#closing.signal.aborted) return;
    this.#state = state;
    this.#reason = reason;
    this.#options.onChange();
  }
}

function unreachedBecause(error: unknown): [DeviceState, string] {
  const failure = innerFailure(error)?.failure;
  const isRefused = failure?.code === 'KEY_CHANGED' || failure?.code === 'UNAUTHORIZED';
  if (isRefused) return ['unauthorized', `${failure.message} ${failure.next}`];
  if (failure?.code === 'BAD_ANSWER') return ['unsupported', `${failure.message} ${failure.next}`];
  return ['offline', 'It cannot be reached: look whether it is switched on and in the network. Tentacle keeps trying.'];
}

function detailsOf(values: Readonly<Record<string, string | number | boolean>>): Readonly<Record<string, string>> {
  const entries = Object.entries(values).slice(0, MAX_DETAILS);
  return Object.fromEntries(entries.map(([name, value]) => [deviceWords(name, 60), deviceWords(String(value), 200)]));
}
