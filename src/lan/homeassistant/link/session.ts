import { Connection } from 'home-assistant-js-websocket';
import { z } from 'zod';
import { Deadline, orAbort } from '../../../core/deadline.js';
import { type Failure, TentacleError } from '../../../core/failure.js';
import { causeWords } from '../../../core/peer-words.js';
import { linkLost, messageUnreadable, serviceFailed } from '../failures.js';
import { type GuardedSocket, openSocket, type SocketOptions } from './socket.js';

export interface SessionOptions extends SocketOptions {
  /** A ping is sent this often, in milliseconds; a pong that stays away as long ends the session. */
  readonly heartbeatMs: number;
}

/** A service of Home Assistant and what it is given: `call_service`. */
export interface ServiceRequest {
  readonly domain: string;
  readonly service: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly entityId: string;
  /** For services that answer with data. */
  readonly wantsResponse?: boolean;
}

const serviceResultSchema = z.object({
  context: z.object({ id: z.string().max(100) }).nullish(),
  response: z.unknown().optional(),
});

export interface ServiceResult {
  /** The id that states changed by this call carry, unless the change comes from the device itself; null if not told. */
  readonly contextId: string | null;
  readonly response: unknown;
}

/** The error of a `result` message: a code and a sentence; the library's own have a number. */
const errorSchema = z.object({ code: z.string().max(100), message: z.string().catch('') });

/** One authenticated connection, from auth_ok until it breaks. It never reconnects: a new session reads everything anew. */
export class Session implements Disposable {
  readonly version: string;
  /** Aborts when the connection is gone. */
  readonly ended: AbortSignal;
  readonly #connection: Connection;
  readonly #onProblem: (failure: Failure) => void;
  readonly #end = new AbortController();
  readonly #heartbeat: ReturnType<typeof setInterval>;

  private constructor(socket: GuardedSocket, options: SessionOptions) {
    this.version = socket.haVersion;
    this.ended = this.#end.signal;
    this.#onProblem = options.onProblem;
    this.#connection = new Connection(socket.asHaWebSocket(), {
      setupRetry: 0,
      createSocket: () => Promise.reject(linkLost('sessions do not reconnect')),
    });
    // The library would reconnect by itself and subscribe again; a whole new session also reads areas, names and services.
    this.#connection.addEventListener('disconnected', () => this[Symbol.dispose]());
    this.#heartbeat = setInterval(() => void this.#beat(options.heartbeatMs), options.heartbeatMs);
  }

  /** @throws TentacleError as {@link openSocket}. */
  static async open(options: SessionOptions, signal: AbortSignal): Promise<Session> {
    return new Session(await openSocket(options, signal), options);
  }

  /**
   * Sends a command and waits for its `result`.
   *
   * @throws TentacleError HA_SERVICE_ERROR for a result with an error, LINK_LOST, HA_MESSAGE_UNREADABLE or the signal's reason.
   */
  async request<T>(
    message: { type: string; [key: string]: unknown },
    schema: z.ZodType<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const result = await this.#settled(this.#connection.sendMessagePromise<unknown>({ ...message }), signal);
    const parsed = schema.safeParse(result);
    if (!parsed.success)
      throw new TentacleError(messageUnreadable(`${message.type}: ${z.prettifyError(parsed.error)}`));
    return parsed.data;
  }

  async callService(request: ServiceRequest, signal: AbortSignal): Promise<ServiceResult> {
    const { domain, service, data, entityId, wantsResponse } = request;
    const message = {
      type: 'call_service',
      domain,
      service,
      target: { entity_id: entityId },
      ...(data ? { service_data: data } : {}),
      ...(wantsResponse ? { return_response: true } : {}),
    };
    const { context, response } = await this.request(message, serviceResultSchema, signal);
    return { contextId: context?.id ?? null, response };
  }

  /** Subscribes; what the listener throws is a problem of that message alone. Resolves with how to end it. */
  async subscribe(
    message: { type: string; [key: string]: unknown },
    listener: (event: unknown) => void,
    signal: AbortSignal,
  ): Promise<() => void> {
    const guarded = (event: unknown): void => {
      try {
        listener(event);
      } catch (error) {
        this.#onProblem(messageUnreadable(causeWords(error)));
      }
    };
    const subscribed = this.#connection.subscribeMessage(guarded, { ...message }, { resubscribe: false });
    const unsubscribe = await this.#settled(subscribed, signal);
    return () => void unsubscribe().catch(() => {});
  }

  [Symbol.dispose](): void {
    if (this.#end.signal.aborted) return;
    clearInterval(this.#heartbeat);
    this.#end.abort(linkLost('closed'));
    this.#connection.close();
  }

  async #settled<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
    try {
      return await orAbort(answer, AbortSignal.any([signal, this.ended]));
    } catch (error) {
      throw this.#failureOf(error, signal);
    }
  }

  #failureOf(error: unknown, signal: AbortSignal): TentacleError {
    if (signal.aborted && error instanceof TentacleError) return error;
    if (this.ended.aborted) return linkLost('closed while an answer was awaited');
    if (error instanceof TentacleError) return error;
    const told = errorSchema.safeParse(error);
    if (told.success) return serviceFailed(told.data.code, told.data.message);
    return linkLost(causeWords(error instanceof Error ? error : JSON.stringify(error)));
  }

  /** A peer that vanished without a word leaves a socket that looks open. */
  async #beat(timeoutMs: number): Promise<void> {
    using deadline = new Deadline(this.ended, timeoutMs, () => linkLost('no pong'));
    await orAbort(this.#connection.ping(), deadline.signal).catch(() => this[Symbol.dispose]());
  }
}
