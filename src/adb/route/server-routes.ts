import { BackOff } from '../../core/back-off.js';
import { Deadline } from '../../core/deadline.js';
import type { Failure } from '../../core/failure.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import type { ListedDevice } from '../link/device-list.js';
import type { AdbServer } from '../link/server.js';
import type { Route, RouteSource } from './route.js';
import { ServerSession } from './server-session.js';
import { failureOf, Settling } from './settling.js';

const VERSION_TIMEOUT_MS = 5_000;

export interface ServerRoutesOptions {
  readonly server: AdbServer;
  readonly allowUnpatchedWireless: boolean;
}

/**
 * The phones of the user's adb server, followed as it lists them. A server that is down, or of another version, is asked
 * again later and left alone otherwise.
 */
export class ServerRoutes implements RouteSource {
  readonly #options: ServerRoutesOptions;
  readonly #sessions = new Map<string, ServerSession>();
  readonly #closing = new AbortController();
  readonly #backOff = new BackOff();
  readonly #first = new Settling();
  #problem: Failure | null = null;
  #onChange: () => void = () => {};
  #running: Promise<void> = Promise.resolve();

  constructor(options: ServerRoutesOptions) {
    this.#options = options;
  }

  get settled(): Promise<void> {
    return this.#first.promise;
  }

  /** Why no list comes: ADB_SERVER_DOWN, ADB_SERVER_MISMATCH, LINK_LOST or DEADLINE; null while all is well. */
  get problem(): Failure | null {
    return this.#problem;
  }

  routes(): readonly Route[] {
    return [...this.#sessions.values()].map((session) => session.route);
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#running = this.#run();
  }

  wake(): void {
    this.#backOff.wake();
    for (const session of this.#sessions.values()) session.wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    await this.#running;
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.#checkVersion(signal);
        await this.#options.server.track(signal, (devices) => this.#take(devices));
      } catch (error) {
        if (signal.aborted) break;
        this.#problem = failureOf(error);
        for (const session of this.#sessions.values()) session.follow(null);
        this.#onChange();
        this.#first.settle();
        await this.#backOff.wait(signal).catch(() => {});
      }
    }
  }

  async #checkVersion(signal: AbortSignal): Promise<void> {
    using deadline = new Deadline(signal, VERSION_TIMEOUT_MS, () =>
      deadlinePassed('The adb server', VERSION_TIMEOUT_MS),
    );
    await this.#options.server.checkVersion(deadline.signal);
  }

  #take(devices: readonly ListedDevice[]): void {
    this.#problem = null;
    this.#backOff.reset();
    const listed = new Map(devices.map((device) => [device.serial, device]));
    for (const device of devices) {
      if (this.#sessions.has(device.serial)) continue;
      const session = new ServerSession(device, {
        server: this.#options.server,
        allowUnpatchedWireless: this.#options.allowUnpatchedWireless,
        onChange: () => this.#onChange(),
      });
      this.#sessions.set(device.serial, session);
    }
    for (const [serial, session] of this.#sessions) session.follow(listed.get(serial) ?? null);
    this.#forgetStrangers(listed);
    this.#onChange();
    void Promise.all([...this.#sessions.values()].map((session) => session.settled)).then(() => this.#first.settle());
  }

  /** A device that went without ever saying what it is leaves no trace. */
  #forgetStrangers(listed: ReadonlyMap<string, ListedDevice>): void {
    for (const [serial, session] of this.#sessions) {
      if (listed.has(serial) || session.route.facts !== null) continue;
      this.#sessions.delete(serial);
      void session.close();
    }
  }
}
