import { BackOff } from '../../core/back-off.js';
import { Deadline, orAbort } from '../../core/deadline.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import { peerWords } from '../../core/peer-words.js';
import { isNetworkSerial, type ListedDevice } from '../link/device-list.js';
import type { AdbServer, ServerLink } from '../link/server.js';
import { probePhone } from '../probe/probe-phone.js';
import { wirelessRefusal } from '../probe/wireless-patch.js';
import type { Route } from './route.js';
import { failureOf } from './settling.js';

const FEATURES_TIMEOUT_MS = 5_000;

/** How the server's states look to a person, with what to do. */
const reasons: Readonly<Record<Exclude<ListedDevice['state'], 'device'>, (said: string) => Partial<Route>>> = {
  unauthorized: () => ({
    state: 'unauthorized',
    stateReason: 'Unlock the phone and allow debugging from this computer. (Android forgets it after 7 days unused.)',
  }),
  authorizing: () => ({ state: 'connecting', stateReason: 'The phone is checking this computer’s key.' }),
  connecting: () => ({ state: 'connecting', stateReason: 'The adb server is connecting to it.' }),
  offline: () => ({
    state: 'offline',
    stateReason: 'The adb server has lost it. Unplug it and plug it in again, or switch debugging off and on.',
  }),
  'no-permissions': (said) => ({
    state: 'unsupported',
    stateReason: `This user may not open the USB device (${peerWords(said, 160)}). Install Android’s udev rules or join the plugdev group, then plug it in again.`,
  }),
  'other-mode': (said) => ({
    state: 'unsupported',
    stateReason: `It is not running Android now (${said}). Restart the phone.`,
  }),
  unknown: (said) => ({ state: 'unsupported', stateReason: `The adb server says "${peerWords(said, 60)}" of it.` }),
};

type ReachableDevice = ListedDevice & { readonly transportId: bigint };

export interface ServerSessionOptions {
  readonly server: AdbServer;
  readonly allowUnpatchedWireless: boolean;
  readonly onChange: () => void;
}

/** One entry of the server's list, from its first appearance on: follows its state, and is asked what it is when it is up. */
export class ServerSession {
  readonly #options: ServerSessionOptions;
  readonly #backOff = new BackOff();
  #route: Route;
  /** The transport the session last followed: a phone that is plugged in again gets a new one. */
  #followed: string | null = null;
  #up: { readonly closing: AbortController; readonly running: Promise<void> } | null = null;

  constructor(first: ListedDevice, options: ServerSessionOptions) {
    this.#options = options;
    const isNetwork = isNetworkSerial(first.serial);
    this.#route = {
      address: isNetwork ? first.serial : 'usb',
      state: 'connecting',
      stateReason: 'Found by the adb server.',
      facts: null,
      link: null,
      provisionalSerial: first.serial,
      listedModel: first.model === null ? null : peerWords(first.model.replaceAll('_', ' '), 60),
      rank: isNetwork ? 2 : 0,
    };
  }

  get route(): Route {
    return this.#route;
  }

  /** Resolves when a phone that is up was asked, or gave no answer. */
  get settled(): Promise<void> {
    return this.#firstAnswer;
  }
  #firstAnswer: Promise<void> = Promise.resolve();

  /** Takes the server's newest word; null when the device is no longer listed. */
  follow(listed: ListedDevice | null): void {
    const mark = listed === null ? null : `${listed.transportId} ${listed.state}`;
    if (mark === this.#followed) return;
    this.#followed = mark;
    this.#takeDown();
    if (listed === null) {
      this.#set({ state: 'offline', stateReason: 'Not connected. Plug it in, or bring it into the network.' });
    } else if (listed.state !== 'device') {
      this.#set(reasons[listed.state](listed.said));
    } else if (listed.transportId !== null) {
      this.#bringUp({ ...listed, transportId: listed.transportId });
    }
  }

  wake(): void {
    this.#backOff.wake();
  }

  async close(): Promise<void> {
    const up = this.#up;
    this.#takeDown();
    await up?.running;
  }

  #takeDown(): void {
    this.#up?.closing.abort(cancelled());
    this.#up = null;
    this.#route.link?.close();
    this.#route = { ...this.#route, link: null };
  }

  #bringUp(listed: ReachableDevice): void {
    const closing = new AbortController();
    this.#set({ state: 'connecting', stateReason: 'Asking the phone what it is.' });
    this.#firstAnswer = new Promise((resolve) => {
      this.#up = { closing, running: this.#run(listed, closing.signal, resolve) };
    });
  }

  /** Asks the phone, stays with it while its link lives, and asks again when it was given up. */
  async #run(listed: ReachableDevice, signal: AbortSignal, onAnswer: () => void): Promise<void> {
    while (!signal.aborted) {
      try {
        const link = await this.#ask(listed, signal);
        onAnswer();
        if (!link) return;
        this.#backOff.reset();
        await orAbort(new Promise<never>(() => {}), link.lost);
      } catch (error) {
        onAnswer();
        if (signal.aborted) return;
        const { message, next } = failureOf(error);
        this.#set({ state: 'offline', stateReason: `${message} ${next}` });
        await this.#backOff.wait(signal).catch(() => {});
      }
    }
    onAnswer();
  }

  /** The link to a phone that may be commanded, or null. */
  async #ask(listed: ReachableDevice, signal: AbortSignal): Promise<ServerLink | null> {
    const { server } = this.#options;
    const features = await this.#features(listed.transportId, signal);
    const link = server.link(listed, features);
    const facts = await probePhone(link, this.#route.provisionalSerial, signal);
    signal.throwIfAborted();
    const refusal = link.isWireless && !this.#options.allowUnpatchedWireless ? wirelessRefusal(facts) : null;
    if (refusal !== null) {
      this.#set({ facts, state: 'unsupported', stateReason: refusal });
      return null;
    }
    this.#set({ facts, state: 'ready', stateReason: null, link });
    return link;
  }

  async #features(transportId: bigint, parent: AbortSignal): Promise<ReadonlySet<string>> {
    using deadline = new Deadline(parent, FEATURES_TIMEOUT_MS, () =>
      deadlinePassed('The adb server', FEATURES_TIMEOUT_MS),
    );
    return await this.#options.server.features(transportId, deadline.signal);
  }

  #set(change: Partial<Route>): void {
    this.#route = { ...this.#route, link: null, ...change };
    this.#options.onChange();
  }
}
