import type { AdbCredentialStore } from '@yume-chan/adb';
import { BackOff } from '../../core/back-off.js';
import { Deadline, orAbort } from '../../core/deadline.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import { isLoopback } from '../link/device-list.js';
import { connectDirect } from '../link/direct-link.js';
import type { Link } from '../link/link.js';
import type { TcpAddress } from '../link/tcp-connection.js';
import { probePhone } from '../probe/probe-phone.js';
import { wirelessRefusal } from '../probe/wireless-patch.js';
import type { Route, RouteSource } from './route.js';
import { failureOf, Settling } from './settling.js';

/** How long a phone may take to answer the greeting, in milliseconds. */
const CONNECT_TIMEOUT_MS = 8_000;
/** How long the phone's owner has for the prompt "Allow debugging?" before it is asked anew, in milliseconds. */
const PROMPT_TIMEOUT_MS = 120_000;

/** A phone whose owner answers the prompt at once is not yet counted out, in milliseconds. */
const PROMPT_GRACE_MS = 1_000;

export interface DirectRouteOptions {
  readonly address: TcpAddress;
  readonly keys: AdbCredentialStore;
  readonly allowUnpatchedWireless: boolean;
}

/** Keeps one phone connected by TCP to its adbd, without an adb server. */
export class DirectRoute implements RouteSource {
  readonly #options: DirectRouteOptions;
  readonly #closing = new AbortController();
  readonly #backOff = new BackOff();
  readonly #first = new Settling();
  #route: Route;
  #onChange: () => void = () => {};
  #running: Promise<void> = Promise.resolve();

  constructor(options: DirectRouteOptions) {
    this.#options = options;
    const address = formatAddress(options.address);
    this.#route = {
      address,
      state: 'connecting',
      stateReason: `Connecting to ${address}.`,
      facts: null,
      link: null,
      provisionalSerial: address,
      listedModel: null,
      rank: 1,
    };
  }

  get settled(): Promise<void> {
    return this.#first.promise;
  }

  routes(): readonly Route[] {
    return [this.#route];
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
    this.#running = this.#run();
  }

  wake(): void {
    this.#backOff.wake();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    this.#route.link?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      try {
        await this.#connectOnce(signal);
      } catch (error) {
        if (signal.aborted) break;
        this.#offline(error);
        // A daemon that has just started, or lost its last client a moment ago, may drop the first greeting.
        if (attempt > 1) this.#first.settle();
        await this.#backOff.wait(signal).catch(() => {});
      }
    }
  }

  async #connectOnce(signal: AbortSignal): Promise<void> {
    const link = await this.#connect(signal);
    try {
      const facts = await probePhone(link, this.#route.provisionalSerial, signal);
      const refusal = this.#isTrusted() ? null : wirelessRefusal(facts);
      if (refusal !== null) {
        this.#set({ facts, state: 'unsupported', stateReason: refusal, link: null });
        this.#first.settle();
        // Asked again only when the user does: nothing about it changes by itself.
        link.close();
        await orAbort(new Promise<never>(() => {}), signal);
      }
      this.#backOff.reset();
      this.#set({ facts, state: 'ready', stateReason: null, link });
      this.#first.settle();
      await orAbort(new Promise<never>(() => {}), link.lost);
    } finally {
      link.close();
    }
  }

  async #connect(signal: AbortSignal): Promise<Link> {
    using deadline = new Deadline(signal, CONNECT_TIMEOUT_MS, () => deadlinePassed('The phone', CONNECT_TIMEOUT_MS));
    return await connectDirect(this.#options.address, {
      signal: deadline.signal,
      keys: this.#options.keys,
      onPrompt: () => {
        deadline.extend(PROMPT_TIMEOUT_MS);
        this.#set({
          state: 'unauthorized',
          stateReason: 'Unlock the phone and allow debugging from this computer.',
          link: null,
        });
        const settling = setTimeout(() => this.#first.settle(), PROMPT_GRACE_MS);
        settling.unref();
      },
    });
  }

  #offline(error: unknown): void {
    const failure = failureOf(error);
    const isPrompt = this.#route.state === 'unauthorized';
    if (failure.code === 'SHELL_UNSUPPORTED' || failure.code === 'NOT_A_PHONE' || failure.code === 'TLS_REQUIRED') {
      this.#set({ state: 'unsupported', stateReason: `${failure.message} ${failure.next}`, link: null });
    } else if (isPrompt && failure.code === 'DEADLINE') {
      this.#set({ link: null });
    } else {
      const reason = `${this.#route.address} does not answer. Check that the phone is on, in the same network, and that debugging is on.`;
      this.#set({ state: 'offline', stateReason: reason, link: null });
    }
  }

  #isTrusted(): boolean {
    return this.#options.allowUnpatchedWireless || isLoopback(this.#options.address.host);
  }

  #set(change: Partial<Route>): void {
    this.#route = { ...this.#route, ...change };
    this.#onChange();
  }
}

function formatAddress(address: TcpAddress): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}
