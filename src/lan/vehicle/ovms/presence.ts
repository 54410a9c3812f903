import type { DeviceState } from '../../../core/device.js';
import type { Failure } from '../../../core/failure.js';

export interface PresenceOptions {
  /** The car's name, for sentences. */
  readonly name: string;
  /** How long the module may be silent before it is asked, and how long it may take to answer then, in milliseconds. */
  readonly silenceMs: number;
  readonly answerMs: number;
  readonly onChange: () => void;
  /** Asks the module for anything. Its failure is the connection's, and told by that. */
  readonly ask: () => Promise<void>;
}

/**
 * Whether the module is there. What the broker keeps ("connected: yes") may be older than a module that died with it, and its
 * last will comes half an hour late: only a module that has spoken lately is ready.
 */
export class Presence implements Disposable {
  readonly #options: PresenceOptions;
  #state: DeviceState = 'connecting';
  #reason: string | null = 'Connecting to the MQTT broker.';
  #lastHeard = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: PresenceOptions) {
    this.#options = options;
  }

  get state(): DeviceState {
    return this.#state;
  }

  /** Why it is not ready, in a sentence. */
  get reason(): string | null {
    return this.#reason;
  }

  /** The broker is reached, and keeps of the module that it is connected, or not. */
  brokerReached(isSaidConnected: boolean): void {
    if (this.#state === 'ready') return;
    if (isSaidConnected) this.#ask('connecting');
    else this.#become('offline', notConnected(this.#options.name));
  }

  brokerLost({ code, message, next }: Failure): void {
    clearTimeout(this.#timer);
    this.#become(code === 'UNAUTHORIZED' ? 'unauthorized' : 'offline', `${message} ${next}`);
  }

  /** The module itself has said something, or its last will has. */
  heard(isConnected: boolean): void {
    this.#lastHeard = performance.now();
    if (!isConnected) {
      clearTimeout(this.#timer);
      this.#become('offline', notConnected(this.#options.name));
      return;
    }
    const wasReady = this.#state === 'ready';
    this.#become('ready', null);
    if (!wasReady) this.#watchSilence(this.#options.silenceMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #watchSilence(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const left = this.#lastHeard + this.#options.silenceMs - performance.now();
      if (left > 0) this.#watchSilence(left);
      else this.#ask('ready');
    }, ms);
  }

  #ask(meanwhile: 'connecting' | 'ready'): void {
    const { name, answerMs, ask } = this.#options;
    if (meanwhile === 'connecting')
      this.#become('connecting', `Asking the OVMS module of ${name} whether it is there.`);
    const askedAt = performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#lastHeard >= askedAt) this.#watchSilence(this.#options.silenceMs);
      else this.#become('offline', silent(name));
    }, answerMs);
    ask().catch(() => {});
  }

  #become(state: DeviceState, reason: string | null): void {
    this.#state = state;
    this.#reason = reason;
    this.#options.onChange();
  }
}

const notConnected = (name: string): string =>
  `The OVMS module of ${name} is not connected to the broker: it may have no reception, be switched off, or report elsewhere.`;

const silent = (name: string): string =>
  `The OVMS module of ${name} does not answer: it may have no reception. It is ready again as soon as it speaks.`;
