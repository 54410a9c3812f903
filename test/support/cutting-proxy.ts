import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy on 127.0.0.1 that cuts its connections at a chosen byte, or goes silent, as networks do. */
export class CuttingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target: { host: string; port: number } | null = null;
  #bytesLeft = Number.POSITIVE_INFINITY;
  #isSilent = false;
  /** Every byte that came from the side that connects. */
  received = 0;
  cuts = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => this.#join(socket));
  }

  static async start(): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(createServer({ noDelay: true }));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Where new connections go; null turns them away. */
  aim(target: { host: string; port: number } | null): void {
    this.#target = target;
  }

  /** Cuts all connections once this many more bytes have passed, in both directions together. */
  cutAfter(bytes: number): void {
    this.#bytesLeft = bytes;
  }

  cut(): void {
    this.#bytesLeft = Number.POSITIVE_INFINITY;
    this.cuts += 1;
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Connections stay, and nothing passes any more: a pulled cable. */
  silence(isSilent: boolean): void {
    this.#isSilent = isSilent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #join(near: Socket): void {
    if (!this.#target) {
      near.destroy();
      return;
    }
    const far = connect({ ...this.#target, noDelay: true });
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.on('data', (chunk) => {
        if (from === near) this.received += chunk.length;
        this.#pass(chunk, to);
      });
      from.on('error', () => {});
      from.on('close', () => {
        this.#sockets.delete(from);
        to.destroy();
      });
    }
  }

  #pass(chunk: Buffer, to: Socket): void {
    if (this.#isSilent) return;
    if (chunk.length <= this.#bytesLeft) {
      this.#bytesLeft -= chunk.length;
      to.write(chunk);
      return;
    }
    to.write(chunk.subarray(0, this.#bytesLeft));
    this.cut();
  }
}
