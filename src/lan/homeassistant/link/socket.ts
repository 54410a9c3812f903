import type { HaWebSocket } from 'home-assistant-js-websocket';
import { type RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { orAbort } from '../../../core/deadline.js';
import { type Failure, TentacleError } from '../../../core/failure.js';
import { causeWords } from '../../../core/peer-words.js';
import { linkLost, messageTooBig, messageUnreadable, tokenRefused, unreachable } from '../failures.js';
import type { Endpoint } from './endpoint.js';
import { privateLookup } from './private-lookup.js';

/** Messages above this are left unread, in bytes: five thousand entities with their attributes take about four million. */
export const MAX_MESSAGE_BYTES = 8_000_000;
/** Above this the link is cut before the message is in memory. */
const MAX_FRAME_BYTES = 32_000_000;

export interface SocketOptions {
  readonly endpoint: Endpoint;
  readonly token: string;
  /** PEM of an authority to trust instead of the public ones: for homes with a certificate of their own. */
  readonly certificateAuthority?: string | undefined;
  readonly onProblem: (failure: Failure) => void;
}

/** The authentication phase: https://developers.home-assistant.io/docs/api/websocket#authentication-phase */
const authMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('auth_required') }),
  z.object({ type: z.literal('auth_ok'), ha_version: z.string().max(50).catch('0.0.0') }),
  z.object({ type: z.literal('auth_invalid'), message: z.string().catch('') }),
]);

/**
 * What the library uses of a socket, with two things put between: messages too big are dropped, and nothing that a message
 * makes its handlers throw leaves them (in Node it would end the process).
 */
export class GuardedSocket {
  readonly OPEN = WebSocket.OPEN;
  readonly haVersion: string;
  readonly #socket: WebSocket;
  readonly #onProblem: (failure: Failure) => void;
  readonly #removers = new Map<unknown, () => void>();

  constructor(socket: WebSocket, haVersion: string, onProblem: (failure: Failure) => void) {
    this.#socket = socket;
    this.haVersion = haVersion;
    this.#onProblem = onProblem;
  }

  get readyState(): number {
    return this.#socket.readyState;
  }

  addEventListener(type: string, handler: (event: { data: string }) => void): void {
    if (type === 'close') {
      const onClose = (): void => handler({ data: '' });
      this.#socket.on('close', onClose);
      this.#removers.set(handler, () => this.#socket.off('close', onClose));
    }
    if (type !== 'message') return;
    const onMessage = (data: RawData): void => this.#pass(data, handler);
    this.#socket.on('message', onMessage);
    this.#removers.set(handler, () => this.#socket.off('message', onMessage));
  }

  removeEventListener(_type: string, handler: unknown): void {
    this.#removers.get(handler)?.();
    this.#removers.delete(handler);
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Ends the connection now: a peer that does not answer would not say goodbye either. */
  close(): void {
    this.#socket.terminate();
  }

  /** The type that the library names: a browser's whole class, of which it uses what is here. */
  asHaWebSocket(): HaWebSocket {
    return this as unknown as HaWebSocket;
  }

  #pass(data: RawData, handler: (event: { data: string }) => void): void {
    const bytes = sizeOf(data);
    if (bytes > MAX_MESSAGE_BYTES) {
      this.#onProblem(messageTooBig(bytes, MAX_MESSAGE_BYTES));
      return;
    }
    try {
      handler({ data: textOf(data) });
    } catch (error) {
      this.#onProblem(messageUnreadable(causeWords(error)));
    }
  }
}

const sizeOf = (data: RawData): number =>
  Array.isArray(data) ? data.reduce((sum, part) => sum + part.byteLength, 0) : data.byteLength;

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8');

/**
 * Connects and goes through the authentication phase. The token leaves only after the peer has asked for it as Home
 * Assistant does.
 *
 * @throws TentacleError HA_UNAUTHORIZED, HA_PLAIN_REFUSED, HA_UNREACHABLE, or the signal's reason.
 */
export async function openSocket(options: SocketOptions, signal: AbortSignal): Promise<GuardedSocket> {
  const { endpoint, certificateAuthority } = options;
  const socket = new WebSocket(endpoint.url, {
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    followRedirects: false,
    ...(certificateAuthority ? { ca: certificateAuthority } : {}),
    ...(endpoint.isSecure ? {} : { lookup: privateLookup }),
  });
  try {
    const version = await orAbort(authenticated(socket, options), signal);
    return new GuardedSocket(socket, version, options.onProblem);
  } catch (error) {
    socket.terminate();
    throw error;
  }
}

function authenticated(socket: WebSocket, { endpoint, token, onProblem }: SocketOptions): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let cause = '';
    // Stays for the socket's life: an error that nobody listens to would end the process. The close that follows tells.
    socket.on('error', (error) => {
      cause = causeWords(error);
      if (error instanceof TentacleError) reject(error);
      if ('code' in error && error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
        onProblem(messageTooBig(MAX_FRAME_BYTES, MAX_MESSAGE_BYTES));
    });
    socket.once('close', () => reject(cause === '' ? linkLost('closed') : unreachable(endpoint.shown, cause)));
    const onMessage = (data: RawData): void => {
      const message = parseAuth(data);
      if (message?.type === 'auth_required') socket.send(JSON.stringify({ type: 'auth', access_token: token }));
      else if (message?.type === 'auth_invalid') reject(tokenRefused(message.message));
      else if (message?.type === 'auth_ok') {
        socket.off('message', onMessage);
        resolve(message.ha_version);
      } else reject(unreachable(endpoint.shown, 'It does not speak as Home Assistant does.'));
    };
    socket.on('message', onMessage);
  });
}

function parseAuth(data: RawData): z.infer<typeof authMessageSchema> | null {
  if (sizeOf(data) > 10_000) return null;
  try {
    return authMessageSchema.safeParse(JSON.parse(textOf(data))).data ?? null;
  } catch {
    return null;
  }
}
