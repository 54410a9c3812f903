import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, isIP, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { TLSSocket } from 'node:tls';
import { type Identity, peerFingerprint } from '../native/identity.js';
import { MCP_PATH, PAIR_PATH } from '../native/profile.js';
import { answerJson, type JsonAnswer } from './answer-json.js';

export interface DeviceServerOptions {
  readonly identity: Identity;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** "host:port" by which the device is also reached, behind a forwarded port. */
  readonly hosts: readonly string[];
  readonly isPinned: (fingerprint: string) => boolean;
  readonly pair: (computer: string, request: IncomingMessage) => Promise<JsonAnswer>;
  readonly mcp: (computer: string, request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

/** Connections at a time; a flood beyond it waits outside. */
const MAX_CONNECTIONS = 256;
const HANDSHAKE_MS = 10_000;
/** Idle connections are kept this long: a call on a fresh one costs a handshake. */
const IDLE_MS = 65_000;

/**
 * HTTPS with TLS 1.3 and a client certificate. Decides who is heard before it looks at what is said: a key that is not
 * pinned reaches the pairing endpoint and nothing else.
 */
export class DeviceServer implements AsyncDisposable {
  readonly #options: DeviceServerOptions;
  readonly #server: Server;
  /** Every connection, also those that have not come to a handshake. */
  readonly #connections = new Set<Socket>();
  /** Whose key each has shown. */
  readonly #sockets = new Map<TLSSocket, string>();

  private constructor(options: DeviceServerOptions) {
    this.#options = options;
    const { key, certificate: cert } = options.identity;
    this.#server = createServer(
      {
        key,
        cert,
        minVersion: 'TLSv1.3',
        requestCert: true,
        // Nobody signed the certificates; the key inside is what counts, and is looked up for every request.
        rejectUnauthorized: false,
        handshakeTimeout: HANDSHAKE_MS,
        keepAliveTimeout: IDLE_MS,
        headersTimeout: HANDSHAKE_MS,
        requestTimeout: 30_000,
        noDelay: true,
        maxHeaderSize: 16_384,
      },
      (request, response) => void this.#answer(request, response),
    );
    this.#server.maxConnections = MAX_CONNECTIONS;
    this.#server.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    this.#server.on('secureConnection', (socket) => this.#admit(socket));
    // A broken handshake is the other end's business.
    this.#server.on('tlsClientError', (_error, socket) => socket.destroy());
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  static async listen(options: DeviceServerOptions): Promise<DeviceServer> {
    const server = new DeviceServer(options);
    server.#server.listen(options.port, options.host);
    await once(server.#server, 'listening');
    return server;
  }

  get port(): number {
    return addressOf(this.#server).port;
  }

  /** Cuts every connection of this key. */
  cut(fingerprint: string): void {
    for (const [socket, owner] of this.#sockets) if (owner === fingerprint) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets.keys()) socket.destroy();
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  #admit(socket: TLSSocket): void {
    socket.setNoDelay(true);
    const owner = peerFingerprint(socket);
    if (!owner) {
      socket.destroy();
      return;
    }
    this.#sockets.set(socket, owner);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const computer = request.socket instanceof TLSSocket ? (this.#sockets.get(request.socket) ?? null) : null;
      const refusal = this.#refusal(computer, request);
      if (computer === null || refusal) answerJson(response, refusal ?? UNKNOWN_KEY);
      else if (request.url === MCP_PATH) await this.#options.mcp(computer, request, response);
      else answerJson(response, await this.#options.pair(computer, request));
    } catch {
      // The connection broke, or something of ours did: nothing of it is for the other end.
      if (response.headersSent) response.destroy();
      else answerJson(response, { status: 500, body: { error: 'internal' } });
    }
  }

  /** Why this request is not looked at, or null. */
  #refusal(computer: string | null, request: IncomingMessage): JsonAnswer | null {
    const isPairing = request.url?.startsWith(`${PAIR_PATH}/`) ?? false;
    if (computer === null || (!isPairing && !this.#options.isPinned(computer))) return UNKNOWN_KEY;
    if (request.headers.origin !== undefined || !this.#isOurs(request)) return { status: 403, body: { error: 'host' } };
    return isPairing || request.url === MCP_PATH ? null : { status: 404, body: { error: 'not-found' } };
  }

  /** Whether the request names this device: the address that it came to, or a name of this machine, with our port. */
  #isOurs(request: IncomingMessage): boolean {
    const host = request.headers.host?.toLowerCase() ?? '';
    if (this.#options.hosts.includes(host)) return true;
    const { localAddress = '', localPort } = request.socket;
    const plain = localAddress.replace(/^::ffff:/, '');
    const machine = hostname().toLowerCase();
    const names = [isIP(plain) === 6 ? `[${plain}]` : plain, machine, `${machine}.local`];
    if (plain === '::1' || plain.startsWith('127.')) names.push('localhost');
    return names.some((name) => host === `${name}:${localPort}`);
  }
}

const UNKNOWN_KEY: JsonAnswer = { status: 403, body: { error: 'unknown-key' } };

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen.');
  return address;
}
