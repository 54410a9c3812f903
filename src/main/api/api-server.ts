import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { createRouter } from './router.js';

/** The WebSocket sub-protocol; the token follows it as a second one, because browsers let a page set no headers. */
export const API_PROTOCOL = 'tentacle.v1';

/** A plan of 50 calls with its texts is some 100 KB; more is no request of ours. */
const MAX_MESSAGE_BYTES = 1_000_000;

const MAX_CLIENTS = 64;

export interface ApiServerOptions {
  readonly router: ReturnType<typeof createRouter>;
  readonly token: string;
  /** 0 for any free one. */
  readonly port: number;
}

/**
 * Serves the API over WebSocket on 127.0.0.1 to programs of this user: who has no token, names another host (a rebound DNS
 * name) or comes from a foreign page is turned away before anything is read. There are no cookies.
 */
export class ApiServer implements AsyncDisposable {
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: WebSocketServer;

  private constructor(server: Server, sockets: WebSocketServer, port: number) {
    this.#server = server;
    this.#sockets = sockets;
    this.port = port;
  }

  /** Throws what listening throws (EADDRINUSE). */
  static async start({ router, token, port }: ApiServerOptions): Promise<ApiServer> {
    const handler = new RPCHandler(router);
    const sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_MESSAGE_BYTES,
      handleProtocols: () => API_PROTOCOL,
    });
    const server = createServer((_request, response) => {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Tentacle answers WebSockets here.\n');
    });
    server.on('upgrade', (request, socket, head) => {
      const refusal = refusalOf(request, listeningPort(server), token, sockets.clients.size);
      if (refusal) return refuse(socket, refusal);
      sockets.handleUpgrade(request, socket, head, (client: WebSocket) => {
        // A client that breaks the rules of the protocol loses its connection, and nobody else theirs.
        client.on('error', () => client.terminate());
        void handler.upgrade(client, { context: {} });
      });
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new ApiServer(server, sockets, listeningPort(server));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#sockets.clients) client.terminate();
    this.#sockets.close();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function listeningPort(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** The HTTP status that turns a request away, or null. */
function refusalOf(request: IncomingMessage, port: number, token: string, clients: number): string | null {
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (host === undefined || !hosts.includes(host.toLowerCase())) return '403 Forbidden';
  if (origin !== undefined && !hosts.some((own) => origin.toLowerCase() === `http://${own}`)) return '403 Forbidden';
  const [protocol, given] = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((part) => part.trim());
  if (protocol !== API_PROTOCOL || given === undefined || !isSame(given, token)) return '401 Unauthorized';
  return clients < MAX_CLIENTS ? null : '503 Service Unavailable';
}

/** Compares in a time that tells nothing about where the two differ. */
function isSame(given: string, token: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(token));
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
