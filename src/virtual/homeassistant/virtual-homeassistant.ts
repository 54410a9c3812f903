import { once } from 'node:events';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { ClientConnection } from './client-connection.js';
import { House } from './house.js';

export interface VirtualHomeAssistantOptions {
  /** The long-lived access token that it accepts. */
  readonly token: string;
  /** 127.0.0.1 by default. */
  readonly host?: string;
  /** A free one by default. */
  readonly port?: number;
  /** Serves https and wss with these (PEM). */
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
}

/**
 * A home that speaks Home Assistant's WebSocket API at /api/websocket, for the demonstration and for tests. The house stays
 * while the server is stopped and started again.
 */
export class VirtualHomeAssistant implements AsyncDisposable {
  readonly house = new House();
  readonly token: string;
  /** Commands it shall not know. */
  readonly unknownCommands = new Set<string>();
  /** What happens when a service is called: true carries it out, false leaves it without an answer. */
  onCall: () => boolean = () => true;
  readonly #options: VirtualHomeAssistantOptions;
  readonly #clients = new Set<ClientConnection>();
  #server: Server | null = null;
  #sockets: WebSocketServer | null = null;
  #port: number;
  #logins = 0;

  constructor(options: VirtualHomeAssistantOptions) {
    this.#options = options;
    this.token = options.token;
    this.#port = options.port ?? 0;
  }

  static async start(options: VirtualHomeAssistantOptions): Promise<VirtualHomeAssistant> {
    const started = new VirtualHomeAssistant(options);
    await started.start();
    return started;
  }

  /** "http://127.0.0.1:port" */
  get url(): string {
    const host = this.#options.host ?? '127.0.0.1';
    return `${this.#options.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${this.#port}`;
  }

  /** How many connections it has taken so far. */
  get connections(): number {
    return this.#logins;
  }

  /** Listens, at the same port as before. */
  async start(): Promise<void> {
    const { tls, host = '127.0.0.1' } = this.#options;
    const server = tls ? createSecureServer(tls) : createPlainServer();
    const sockets = new WebSocketServer({ server, path: '/api/websocket' });
    sockets.on('error', () => {});
    sockets.on('connection', (socket) => {
      this.#logins += 1;
      const client = new ClientConnection(socket, {
        house: this.house,
        token: this.token,
        unknownCommands: this.unknownCommands,
        onCall: () => this.onCall(),
      });
      this.#clients.add(client);
      socket.on('close', () => this.#clients.delete(client));
    });
    server.listen(this.#port, host);
    await once(server, 'listening');
    server.unref();
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Cuts every connection and stops listening: Home Assistant restarts, or its computer does. */
  async stop(): Promise<void> {
    const [server, sockets] = [this.#server, this.#sockets];
    this.#server = null;
    this.#sockets = null;
    for (const socket of sockets?.clients ?? []) socket.terminate();
    sockets?.close();
    if (!server) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  /** Cuts every connection, and goes on listening. */
  dropClients(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  /** All clients connected now hear nothing any more, and their connections stay. */
  fallMute(): void {
    for (const client of this.#clients) client.isMute = true;
  }

  /** Sends the same text to every client, documented or not. */
  sendRaw(text: string): void {
    for (const client of this.#clients) client.sendRaw(text);
  }

  /** Sends an event of the subscription to all entities as it stands here. */
  sendEntitiesEvent(event: string): void {
    for (const client of this.#clients)
      client.sendRaw(`{"id":${client.entitiesSubscription},"type":"event","event":${event}}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}
