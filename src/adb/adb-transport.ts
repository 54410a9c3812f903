import { join } from 'node:path';
import { Deadline, orAbort } from '../core/deadline.js';
import type { Device } from '../core/device.js';
import type { Failure } from '../core/failure.js';
import { cancelled, deadlinePassed } from '../core/failures.js';
import { Mutex } from '../core/mutex.js';
import type { Outcome } from '../core/outcome.js';
import type { Contact } from '../core/plan.js';
import type { Clock } from '../core/ports/clock.js';
import type { Invocation, InvokeOptions, Transport } from '../core/ports/transport.js';
import { err, ok, type Result } from '../core/result.js';
import { carryOut } from './carry-out.js';
import { searchContacts } from './functions/contacts.js';
import { phoneFunctions } from './functions/phone-functions.js';
import { AdbKeys } from './link/adb-keys.js';
import type { Link } from './link/link.js';
import { AdbServer } from './link/server.js';
import type { TcpAddress } from './link/tcp-connection.js';
import { parseAddress } from './parse-address.js';
import { type CallSurroundings, PhoneCall } from './phone-call.js';
import { deviceOf, groupRoutes, type PhoneRoutes } from './phone-device.js';
import type { PhoneFacts } from './probe/phone-facts.js';
import type { PublicData } from './public-data/public-data.js';
import { DirectRoute } from './route/direct-route.js';
import type { RouteSource } from './route/route.js';
import { ServerRoutes } from './route/server-routes.js';
import { failureOf } from './route/settling.js';
import { runShell } from './shell.js';

export interface AdbTransportOptions {
  /** Our own adb key and the pictures that phones take are kept here. */
  readonly dataFolder: string;
  /** Phones reached without an adb server: "host:port" of their adbd. */
  readonly addresses: readonly string[];
  /** The user's adb server (127.0.0.1:5037 by custom), or null to leave it aside. It is never started or killed. */
  readonly server: TcpAddress | null;
  readonly clock: Clock;
  /** Who answers about weather and news on a phone: the real services, or a stand-in for one that is simulated. */
  readonly publicData: (phone: PhoneFacts) => PublicData | null;
  /** Command wireless Android 14-16 phones below patch level 2026-05-01 all the same (CVE-2026-0073). Off by default. */
  readonly allowUnpatchedWireless?: boolean;
  /** Where adb keeps the user's key; `~/.android/adbkey` by default. */
  readonly userKeyFile?: string;
}

/** How long a phone that let a call's deadline pass may take to say a word before its link is given up. */
const HEALTH_TIMEOUT_MS = 2_000;

/** Android phones over adb: through the user's adb server where one runs, and directly by TCP. */
export class AdbTransport implements Transport {
  readonly name = 'adb';
  readonly #options: AdbTransportOptions;
  readonly #keys: AdbKeys;
  readonly #sources: RouteSource[];
  readonly #serverRoutes: ServerRoutes | null;
  readonly #listeners = new Set<(devices: readonly Device[]) => void>();
  readonly #closing = new AbortController();
  readonly #screens = new Map<string, Mutex>();
  #phones: readonly PhoneRoutes[] = [];
  #devices: readonly Device[] = [];
  #isStarted = false;

  /** @throws TentacleError BAD_ADDRESS for an address that is not "host:port". */
  constructor(options: AdbTransportOptions) {
    this.#options = options;
    this.#keys = new AdbKeys(options);
    this.#serverRoutes = options.server
      ? new ServerRoutes({ server: new AdbServer(options.server), allowUnpatchedWireless: this.#allowsUnpatched })
      : null;
    this.#sources = this.#serverRoutes ? [this.#serverRoutes] : [];
    for (const address of options.addresses) this.#sources.push(this.#directRoute(address));
  }

  /**
   * Starts looking for phones and resolves once the first look has ended: every phone that can be reached now is then in
   * {@link devices}. Resolves at the timeout too, with what is known by then; the looking goes on.
   */
  async start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    if (!this.#isStarted) {
      this.#isStarted = true;
      for (const source of this.#sources) source.start(() => this.#refresh());
      this.#refresh();
    }
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed('The search for phones', options.timeoutMs),
    );
    await orAbort(Promise.all(this.#sources.map((source) => source.settled)), deadline.signal).catch(() => {});
  }

  /**
   * Reaches one more phone directly, and resolves as {@link start} does.
   *
   * @throws TentacleError BAD_ADDRESS for an address that is not "host:port".
   */
  async connect(address: string, options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    this.#sources.push(this.#directRoute(address));
    if (this.#isStarted) this.#sources.at(-1)?.start(() => this.#refresh());
    await this.start(options);
  }

  /** What keeps whole groups of phones away, such as an adb server of another version: ADB_SERVER_DOWN, ADB_SERVER_MISMATCH. */
  problems(): readonly Failure[] {
    const problem = this.#serverRoutes?.problem ?? null;
    return problem ? [problem] : [];
  }

  devices(): readonly Device[] {
    return this.#devices;
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const run = phoneFunctions.get(invocation.function);
    if (!run) return { status: 'failed', failure: unknownFunction(invocation.function) };
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed('The phone', options.timeoutMs),
    );
    const call = this.#begin(deviceId, invocation, deadline.signal);
    if (!call.ok) return { status: 'failed', failure: call.error };
    const outcome = await carryOut(call.value, run.run, (lost, signal) => this.#reconnect(deviceId, lost, signal));
    if (outcome.status === 'unknown') void this.#checkHealth(call.value.link);
    return outcome;
  }

  async findContacts(
    deviceId: string,
    name: string,
    options: { signal: AbortSignal; timeoutMs: number },
  ): Promise<Result<readonly Contact[], Failure>> {
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed('The phone', options.timeoutMs),
    );
    const invocation = { callId: '', function: 'get_contact', args: { name }, contacts: {} };
    const call = this.#begin(deviceId, invocation, deadline.signal);
    if (!call.ok) return call;
    try {
      return ok(await searchContacts(call.value, name));
    } catch (error) {
      return err(failureOf(error));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    this.#listeners.clear();
    await Promise.all(this.#sources.map((source) => source[Symbol.asyncDispose]()));
  }

  #begin(deviceId: string, invocation: Invocation, signal: AbortSignal): Result<PhoneCall, Failure> {
    const best = this.#phones.find((phone) => `adb:${phone.serial}` === deviceId)?.routes[0];
    if (!best) return err(notKnown());
    if (!best.link || !best.facts) return err(notReady(best.state, best.stateReason));
    const surroundings: CallSurroundings = {
      clock: this.#options.clock,
      publicData: this.#options.publicData(best.facts),
      picturesFolder: join(this.#options.dataFolder, 'pictures'),
      screen: this.#screenOf(best.facts.serial),
    };
    return ok(new PhoneCall(best.link, best.facts, invocation, surroundings, signal));
  }

  #screenOf(serial: string): Mutex {
    const screen = this.#screens.get(serial) ?? new Mutex();
    this.#screens.set(serial, screen);
    return screen;
  }

  get #allowsUnpatched(): boolean {
    return this.#options.allowUnpatchedWireless ?? false;
  }

  #directRoute(address: string): DirectRoute {
    return new DirectRoute({
      address: parseAddress(address),
      keys: this.#keys,
      allowUnpatchedWireless: this.#allowsUnpatched,
    });
  }

  /** Waits until the phone is reached again, over whatever way, and hurries all that wait for their next try. */
  async #reconnect(deviceId: string, lost: Link, signal: AbortSignal): Promise<Link> {
    const current = (): Link | null => {
      const link = this.#phones.find((phone) => `adb:${phone.serial}` === deviceId)?.routes[0].link ?? null;
      return link !== lost && link?.lost.aborted === false ? link : null;
    };
    const now = current();
    if (now) return now;
    let stop = (): void => {};
    const hurry = setInterval(() => {
      for (const source of this.#sources) source.wake();
    }, HURRY_MS);
    try {
      const found = new Promise<Link>((resolve) => {
        stop = this.watch(() => {
          const link = current();
          if (link) resolve(link);
        });
      });
      for (const source of this.#sources) source.wake();
      return await orAbort(found, signal);
    } finally {
      clearInterval(hurry);
      stop();
    }
  }

  /** Ends the link to a phone that hangs, so that the next call waits for a working one instead of for its deadline. */
  async #checkHealth(link: Link): Promise<void> {
    using deadline = new Deadline(this.#closing.signal, HEALTH_TIMEOUT_MS, () =>
      deadlinePassed('The phone', HEALTH_TIMEOUT_MS),
    );
    await runShell(link, ['echo', 'tentacle'], { signal: deadline.signal }).catch(() => link.close());
  }

  #refresh(): void {
    if (this.#closing.signal.aborted) return;
    this.#phones = groupRoutes(this.#sources.flatMap((source) => source.routes()));
    this.#devices = this.#phones.map(deviceOf);
    for (const listener of [...this.#listeners]) listener(this.#devices);
  }
}

/** How often a needed phone is tried again while a call waits for it, in milliseconds. */
const HURRY_MS = 500;

function unknownFunction(name: string): Failure {
  return {
    code: 'FUNCTION_UNKNOWN',
    fault: 'tentacle',
    message: `Phones have no function "${name}".`,
    next: 'This is a mistake in Tentacle: please report it.',
  };
}

function notKnown(): Failure {
  return {
    code: 'DEVICE_UNKNOWN',
    fault: 'link',
    message: 'This phone is not connected.',
    next: 'Plug it in, or bring it into the network.',
  };
}

function notReady(state: Device['state'], reason: string | null): Failure {
  return {
    code: 'DEVICE_NOT_READY',
    fault: state === 'unauthorized' ? 'user' : 'link',
    message: `The phone is ${state}.`,
    next: reason ?? 'Wait a moment and try again.',
  };
}
