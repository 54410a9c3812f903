import type { Device } from '../../core/device.js';
import type { Failure } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import type { Result } from '../../core/result.js';
import { formatAddress } from './address.js';
import { Discovery, type FoundDevice } from './discovery.js';
import { NativeTransport, type NativeTransportOptions } from './native-transport.js';

/** How long the same address of a device is not offered again, in milliseconds: somebody may make it up over and over. */
const OFFER_AGAIN_MS = 30_000;
const MAX_OFFERS = 512;

export interface NativeNetworkOptions extends NativeTransportOptions {
  /** Whether the network is asked where the devices are; so by default. */
  readonly isLookedFor?: boolean;
}

/** The paired devices, and the network that tells where they are now. */
export class NativeNetwork implements Transport {
  readonly name = 'native';
  readonly #transport: NativeTransport;
  readonly #discovery: Discovery;
  readonly #offeredAt = new Map<string, number>();
  readonly #isLookedFor: boolean;
  #failure: Failure | null = null;

  constructor(options: NativeNetworkOptions) {
    this.#isLookedFor = options.isLookedFor ?? true;
    this.#transport = new NativeTransport(options);
    this.#discovery = new Discovery({ onFound: (device) => this.#offer(device) });
  }

  /** Begins to reach the paired devices, at their known addresses and at those that the network tells of. */
  async start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    const opened = await this.#transport.open();
    this.#failure = opened.ok ? null : opened.error;
    // Without a device to look for, nothing is said to the network.
    if (this.#isLookedFor && this.devices().length > 0) this.#discovery.start();
    await this.#transport.start(options);
  }

  devices(): readonly Device[] {
    return this.#transport.devices();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#transport.watch(listener);
  }

  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    return this.#transport.invoke(deviceId, invocation, options);
  }

  findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return this.#transport.findContacts(deviceId);
  }

  /** That the list of devices cannot be read; and, when a device is missing, that it cannot be looked for. */
  problems(): readonly Failure[] {
    const isMissing = this.devices().some(({ state }) => state === 'offline' || state === 'connecting');
    return [...(this.#failure ? [this.#failure] : []), ...(isMissing ? this.#discovery.problems() : [])];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#discovery[Symbol.asyncDispose]();
    await this.#transport[Symbol.asyncDispose]();
  }

  #offer({ id, addresses }: FoundDevice): void {
    const now = performance.now();
    for (const address of addresses) {
      const key = `${id} ${formatAddress(address)}`;
      const before = this.#offeredAt.get(key);
      if (before !== undefined && now - before < OFFER_AGAIN_MS) continue;
      if (this.#offeredAt.size >= MAX_OFFERS) this.#offeredAt.clear();
      this.#offeredAt.set(key, now);
      this.#transport.offerAddress(id, address.host, address.port);
    }
  }
}
