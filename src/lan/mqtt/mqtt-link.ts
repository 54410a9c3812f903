import { pause } from '../../core/deadline.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, hasCode } from '../../core/failures.js';
import { causeWords } from '../../core/peer-words.js';
import { MqttSession, type ProtocolVersion, type SessionOptions } from './mqtt-session.js';

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 30_000;

export interface LinkOptions extends Omit<SessionOptions, 'version'> {
  /** A connection stands: subscribe again, everything. Its rejection ends the connection. */
  readonly onUp: (session: MqttSession) => Promise<void>;
  /** There is no connection, for this reason; said at every failed try too. */
  readonly onDown: (failure: Failure) => void;
}

/** Keeps a connection to the broker: MQTT 5, or 3.1.1 where the broker knows no better, and again after every break. */
export class MqttLink implements AsyncDisposable {
  readonly #options: LinkOptions;
  readonly #closing = new AbortController();
  #session: MqttSession | null = null;
  #version: ProtocolVersion = 5;
  #running: Promise<void> | null = null;
  #stood = false;

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** The connection as it stands, or null. */
  get session(): MqttSession | null {
    return this.#session?.lost.aborted === false ? this.#session : null;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    await this.#session?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing;
    let retryMs = FIRST_RETRY_MS;
    while (!signal.aborted) {
      const failure = await this.#once();
      if (signal.aborted) return;
      this.#options.onDown(failure);
      // A connection that stood starts the waiting anew.
      if (this.#stood) retryMs = FIRST_RETRY_MS;
      await pause(retryMs * (0.75 + Math.random() / 2), signal).catch(() => {});
      retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
    }
  }

  /** One connection, from its opening to its end; resolves with why it ended. Never rejects. */
  async #once(): Promise<Failure> {
    const { signal } = this.#closing;
    this.#stood = false;
    try {
      this.#session = await this.#open();
      this.#stood = true;
      const { lost } = this.#session;
      // At once: nothing may be sent to devices that cannot be reached.
      lost.addEventListener('abort', () => signal.aborted || this.#options.onDown(failureOf(lost.reason)), {
        once: true,
      });
      await this.#options.onUp(this.#session);
      await ended(lost);
      return failureOf(lost.reason);
    } catch (error) {
      return failureOf(signal.aborted ? cancelled() : error);
    } finally {
      await this.#session?.close();
      this.#session = null;
    }
  }

  /** Old brokers refuse version 5 by a code, or close the connection without a word: then the other version is tried. */
  async #open(): Promise<MqttSession> {
    const { signal } = this.#closing;
    try {
      return await MqttSession.open({ ...this.#options, version: this.#version }, signal);
    } catch (error) {
      if (!hasCode(error, 'BROKER_REFUSED')) throw error;
      this.#version = this.#version === 5 ? 4 : 5;
      return await MqttSession.open({ ...this.#options, version: this.#version }, signal);
    }
  }
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function failureOf(error: unknown): Failure {
  if (error instanceof TentacleError) return error.failure;
  return {
    code: 'LINK_LOST',
    fault: 'link',
    message: 'The connection to the MQTT broker broke.',
    next: 'Look whether the broker runs; Tentacle reconnects by itself.',
    detail: causeWords(error),
  };
}
