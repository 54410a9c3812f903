import { type EventEmitter, once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

export interface BrokerOptions {
  /** Any free port when 0. */
  readonly port: number;
  /** Who may connect; everybody on this computer when absent. */
  readonly credentials: Credentials | null;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** An MQTT 3.1.1 broker on the loopback interface. */
export class Broker {
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #comingBack: ReturnType<typeof setTimeout> | undefined;

  private constructor(aedes: Aedes) {
    this.#aedes = aedes;
    // Both ends must send at once: waiting for acknowledgements (Nagle) costs 44 ms a hop.
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      aedes.handle(socket);
    });
    const emitter: EventEmitter = aedes;
    // Without a listener a broken packet of one client would end the process.
    emitter.on('error', () => {});
  }

  /** Starts listening. Rejects when the port is taken. */
  static async start({ port, credentials }: BrokerOptions): Promise<Broker> {
    const aedes = await Aedes.createBroker({
      authenticate: (_client, username, password, done) => {
        const isAllowed =
          credentials === null ||
          (username === credentials.username && password?.toString('utf8') === credentials.password);
        done(null, isAllowed);
      },
    });
    const broker = new Broker(aedes);
    try {
      await broker.#listen(port);
    } catch (error) {
      await new Promise<void>((resolve) => aedes.close(resolve));
      throw error;
    }
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  /** Breaks every connection and is gone for a while; what was retained is still there when it comes back. */
  async drop(backAfterMs: number): Promise<void> {
    clearTimeout(this.#comingBack);
    await this.#close();
    this.#comingBack = setTimeout(() => {
      // Somebody else may have taken the port: then it stays away.
      this.#listen(this.#port).catch(() => {});
    }, backAfterMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#comingBack);
    await this.#close();
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
  }

  async #listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address: string | AddressInfo | null = this.#server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (!this.#server.listening) return;
    this.#server.close();
    await once(this.#server, 'close');
  }
}
