import { Deadline, orAbort } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import type { Failure } from '../../core/failure.js';
import { deadlinePassed } from '../../core/failures.js';
import { Mutex } from '../../core/mutex.js';
import type { Outcome } from '../../core/outcome.js';
import { refusedByDevice } from '../../core/outcomes.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, type Result } from '../../core/result.js';
import { carryOut, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import type { LanCall } from '../lan-call.js';
import { HomeCall, stateless } from './functions/home-call.js';
import { homeFunctions } from './functions/home-functions.js';
import { activateScene } from './functions/scenes.js';
import { Home } from './home/home.js';
import { HomeDevices } from './home/home-devices.js';
import { endpointOf } from './link/endpoint.js';
import { Problems } from './problems.js';

export interface HomeAssistantOptions {
  /** As the browser shows it: "http://homeassistant.local:8123", "https://home.example.org". */
  readonly url: string;
  /** A long-lived access token. It is sent to this address alone, unencrypted only within the own network. */
  readonly token: string;
  /** What the user calls this Home Assistant: "Home". Device ids of scenes and of the gateway hold it. */
  readonly name: string;
  /** Whether it is Tentacle's own stand-in. */
  readonly virtual: boolean;
  /** PEM of an authority to trust instead of the public ones, for a home with a certificate of its own. */
  readonly certificateAuthority?: string;
  /** Milliseconds between pings; 30,000 by default. */
  readonly heartbeatMs?: number;
  /** Milliseconds before the second try to connect, and at most between two; 500 and 30,000 by default. */
  readonly backOff?: { readonly minMs: number; readonly maxMs: number };
}

/** The things of one Home Assistant, over its WebSocket API (https://developers.home-assistant.io/docs/api/websocket). */
export class HomeAssistantTransport implements Transport {
  readonly name = 'homeassistant';
  readonly #devices = new DeviceList();
  readonly #problems = new Problems();
  readonly #turns = new Map<string, Mutex>();
  readonly #home: Home;
  readonly #homeDevices: HomeDevices;

  /** @throws TentacleError BAD_ADDRESS for what is no address; HA_PLAIN_REFUSED for unencrypted http to a public IP address. */
  constructor(options: HomeAssistantOptions) {
    const endpoint = endpointOf(options.url);
    this.#home = new Home({
      endpoint,
      token: options.token,
      certificateAuthority: options.certificateAuthority,
      heartbeatMs: options.heartbeatMs ?? 30_000,
      backOff: options.backOff ?? { minMs: 500, maxMs: 30_000 },
      problems: this.#problems,
      onProblem: (failure) => this.#problems.add(failure),
      onChange: () => this.#homeDevices.rebuild(),
    });
    this.#homeDevices = new HomeDevices({
      home: this.#home,
      devices: this.#devices,
      transport: this.name,
      homeName: options.name,
      endpoint,
      virtual: options.virtual,
    });
  }

  /**
   * Connects, and resolves once the first try has ended: all devices are then known, or {@link problems} says why not.
   * Resolves at the timeout too; the trying goes on. After a refused token it tries again only when called again.
   */
  async start(options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<void> {
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed('Home Assistant', options.timeoutMs),
    );
    await orAbort(this.#home.start(), deadline.signal).catch(() => {});
  }

  /** What keeps the home away, and what of it could not be read. */
  problems(): readonly Failure[] {
    return this.#problems.all();
  }

  devices(): readonly Device[] {
    return this.#devices.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#devices.watch(listener);
  }

  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const device = this.#devices.get(deviceId);
    return carryOut(device, invocation, options, async (call) => {
      // One at a time for a thing: what confirms one call would contradict another.
      return await this.#turnOf(deviceId).run(() => this.#run(deviceId, device?.name ?? deviceId, call), call.signal);
    });
  }

  async findContacts(): Promise<Result<readonly Contact[], Failure>> {
    return err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#homeDevices[Symbol.dispose]();
    this.#devices.close();
    await this.#home[Symbol.asyncDispose]();
  }

  async #run(deviceId: string, name: string, call: LanCall): Promise<Outcome> {
    if (this.#homeDevices.isScenes(deviceId)) return await activateScene(call, this.#home, this.#homeDevices.scenes());
    const entity = this.#homeDevices.entityOf(deviceId);
    const run = homeFunctions.get(call.function);
    if (!entity || !run) return { status: 'failed', failure: notKnown() };
    const why = stateless(entity, name);
    if (why !== null) return refusedByDevice(`${why} Nothing was sent: look at its power and its network.`);
    return await run(new HomeCall(call, name, this.#home, entity));
  }

  #turnOf(deviceId: string): Mutex {
    const turn = this.#turns.get(deviceId) ?? new Mutex();
    this.#turns.set(deviceId, turn);
    return turn;
  }
}
