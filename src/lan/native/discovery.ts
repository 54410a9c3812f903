import type { Browser } from 'bonjour-service';
import { pause } from '../../core/deadline.js';
import type { Failure } from '../../core/failure.js';
import { MdnsSockets } from './mdns-sockets.js';
import { type FoundDevice, foundDevice, SERVICE_TYPE, withNews } from './service-record.js';

export type { FoundDevice } from './service-record.js';

/** Devices that are kept; a network that tells of more is making them up. */
const MAX_FOUND = 64;
/** Services that one round listens to. */
const MAX_SERVICES = 256;
/** Pauses between questions, the last one for ever, in milliseconds. A question may get lost. */
const ROUNDS_MS = [400, 1_000, 3_000, 10_000];
/** A device that did not answer for this long is not listed any more. */
const FORGET_MS = 45_000;

export interface DiscoveryOptions {
  readonly sockets?: MdnsSockets;
  /** Hears of every device, whenever it is heard of. */
  readonly onFound?: (device: FoundDevice) => void;
}

/**
 * Asks the network for devices (`_tentacle._tcp`). What is found is a hint where to look: anybody may answer, and who is who
 * the keys decide. Never rejects or throws.
 */
export class Discovery implements AsyncDisposable {
  readonly #sockets: MdnsSockets;
  readonly #onFound: (device: FoundDevice) => void;
  readonly #found = new Map<string, { readonly device: FoundDevice; readonly at: number }>();
  #browsers: readonly Browser[] = [];
  #timer: NodeJS.Timeout | null = null;
  #round = 0;

  constructor(options: DiscoveryOptions = {}) {
    this.#sockets = options.sockets ?? new MdnsSockets();
    this.#onFound = options.onFound ?? (() => {});
  }

  /** Begins to ask, and goes on until it is disposed. */
  start(): void {
    if (this.#timer === null) this.#ask();
  }

  /** Asks for this long. Resolves early when the signal aborts. */
  async look(ms: number, signal: AbortSignal): Promise<void> {
    this.start();
    await pause(ms, signal).catch(() => {});
  }

  /** The devices that were heard of lately; two with one id and two keys are two. */
  found(): readonly FoundDevice[] {
    const since = performance.now() - FORGET_MS;
    return [...this.#found.values()].filter(({ at }) => at >= since).map(({ device }) => device);
  }

  /** Why nothing can be found: no network, no permission. */
  problems(): readonly Failure[] {
    const problem = this.#timer === null ? null : this.#sockets.problem;
    return problem ? [problem] : [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#endRound();
    this.#sockets[Symbol.dispose]();
  }

  #ask(): void {
    this.#endRound();
    this.#sockets.refresh();
    // A browser keeps the addresses that it heard first, and everything that it ever heard: hence a new one each time.
    this.#browsers = this.#sockets.all.map((socket) => {
      const browser = socket.find({ type: SERVICE_TYPE, protocol: 'tcp' });
      const hear = (service: unknown): void => {
        if (browser.services.length > MAX_SERVICES) browser.stop();
        this.#hear(service);
      };
      return browser.on('up', hear).on('txt-update', hear).on('srv-update', hear);
    });
    const ms = ROUNDS_MS[Math.min(this.#round, ROUNDS_MS.length - 1)];
    this.#round += 1;
    this.#timer = setTimeout(() => this.#ask(), ms);
    this.#timer.unref();
  }

  #hear(service: unknown): void {
    const heard = foundDevice(service);
    if (!heard) return;
    const key = `${heard.id} ${heard.key}`;
    const device = withNews(this.#found.get(key)?.device, heard);
    this.#found.delete(key);
    this.#found.set(key, { device, at: performance.now() });
    const [oldest] = this.#found.keys();
    if (this.#found.size > MAX_FOUND && oldest !== undefined) this.#found.delete(oldest);
    this.#onFound(device);
  }

  #endRound(): void {
    for (const browser of this.#browsers) {
      browser.stop();
      browser.removeAllListeners();
    }
    this.#browsers = [];
  }
}
