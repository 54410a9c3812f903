import type { KeyObject } from 'node:crypto';
import type { Socket } from 'node:net';
import { type Authorize, isSignatureOf, newToken, parseAdbPublicKey } from './authentication.js';
import { command, encodePacket, MAX_PAYLOAD, type Packet, PacketReader, VERSION_WITHOUT_CHECKSUM } from './packet.js';
import { ByteQueue, type ServiceStream } from './stream.js';

const AUTH_TOKEN = 1;
const AUTH_SIGNATURE = 2;
const AUTH_PUBLIC_KEY = 3;

/** More streams at once than any client opens. */
const MAX_STREAMS = 256;

/** Starts the named service on a stream, or returns null for one that the phone does not have. */
export type OpenService = (name: string, stream: ServiceStream) => Promise<void> | null;

export interface LinkOptions {
  /** `device::ro.product.name=...;features=...` */
  readonly banner: () => string;
  readonly authorize: () => Authorize;
  /** Keys that the phone's owner has accepted, over all links. */
  readonly knownKeys: () => readonly KeyObject[];
  /** Remembers a key that the owner has just accepted. */
  readonly trust: (key: { readonly key: KeyObject; readonly id: string }) => void;
  readonly open: OpenService;
  /** Bytes that may still be sent before the link is cut, for fault tests; null for no limit. */
  readonly budget: () => number | null;
  readonly spend: (bytes: number) => void;
  /** True while the phone has stopped answering, for fault tests. */
  readonly isHanging: () => boolean;
}

/** The device's end of one ADB stream. */
class DeviceStream implements ServiceStream {
  readonly incoming = new ByteQueue();
  readonly #abort = new AbortController();
  readonly #send: (payload: Buffer) => void;
  #acknowledged: (() => void) | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(send: (payload: Buffer) => void) {
    this.#send = send;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  write(bytes: Buffer): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow(bytes));
    return this.#writing;
  }

  acknowledge(): void {
    this.#acknowledged?.();
    this.#acknowledged = null;
  }

  close(): void {
    this.#abort.abort();
    this.incoming.end();
    this.acknowledge();
  }

  /** One write may be under way at a time: the next waits for the client's OKAY. */
  async #writeNow(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && !this.signal.aborted; at += MAX_PAYLOAD) {
      const taken = new Promise<void>((resolve) => {
        this.#acknowledged = resolve;
      });
      this.#send(bytes.subarray(at, at + MAX_PAYLOAD));
      await taken;
    }
  }
}

/** One client's link to the phone: the handshake, then streams. Malformed frames end it, as on a real phone. */
export class Link {
  readonly #socket: Socket;
  readonly #options: LinkOptions;
  readonly #reader = new PacketReader();
  readonly #streams = new Map<number, { readonly stream: DeviceStream; readonly remote: number }>();
  readonly #token = newToken();
  #online = false;
  #nextId = 1;

  constructor(socket: Socket, options: LinkOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.setNoDelay(true);
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
  }

  close(): void {
    this.#socket.destroy();
    for (const { stream } of this.#streams.values()) stream.close();
    this.#streams.clear();
  }

  #receive(bytes: Buffer): void {
    if (this.#options.isHanging()) return;
    try {
      for (const packet of this.#reader.push(bytes)) this.#handle(packet);
    } catch {
      this.close();
    }
  }

  #send(code: number, arg0: number, arg1: number, payload: Buffer = Buffer.alloc(0)): void {
    if (this.#socket.destroyed || this.#options.isHanging()) return;
    const frame = encodePacket({ command: code, arg0, arg1, payload });
    const budget = this.#options.budget();
    if (budget !== null && frame.length > budget) {
      this.#socket.write(frame.subarray(0, budget), () => this.close());
      this.#options.spend(budget);
      return;
    }
    this.#options.spend(frame.length);
    this.#socket.write(frame);
  }

  #handle(packet: Packet): void {
    switch (packet.command) {
      case command.connect:
        this.#online = false;
        this.#send(command.auth, AUTH_TOKEN, 0, this.#token);
        return;
      case command.auth:
        this.#authenticate(packet);
        return;
      case command.open:
        this.#open(packet);
        return;
      case command.okay:
        this.#streams.get(packet.arg1)?.stream.acknowledge();
        return;
      case command.write:
        this.#write(packet);
        return;
      case command.close:
        this.#closeStream(packet.arg1);
        return;
      default:
        // Unknown commands are ignored, as adbd does.
        return;
    }
  }

  #authenticate(packet: Packet): void {
    if (packet.arg0 === AUTH_SIGNATURE) {
      const isKnown = this.#options.knownKeys().some((key) => isSignatureOf(packet.payload, this.#token, key));
      if (isKnown) this.#accept();
      else this.#send(command.auth, AUTH_TOKEN, 0, this.#token);
    } else if (packet.arg0 === AUTH_PUBLIC_KEY && this.#options.authorize() === 'always') {
      const found = parseAdbPublicKey(packet.payload);
      if (!found) return;
      this.#options.trust(found);
      this.#accept();
    }
    // Otherwise the phone's prompt stays open and the link stays unauthorized.
  }

  #accept(): void {
    this.#online = true;
    this.#send(command.connect, VERSION_WITHOUT_CHECKSUM, MAX_PAYLOAD, Buffer.from(`${this.#options.banner()}\0`));
  }

  #open(packet: Packet): void {
    const remote = packet.arg0;
    const name = packet.payload.toString('utf8').replace(/\0+$/, '');
    const local = this.#nextId++;
    const stream = new DeviceStream((payload) => this.#send(command.write, local, remote, payload));
    const service = this.#online && this.#streams.size < MAX_STREAMS ? this.#options.open(name, stream) : null;
    if (!service) {
      this.#send(command.close, 0, remote);
      return;
    }
    this.#streams.set(local, { stream, remote });
    this.#send(command.okay, local, remote);
    const finish = (): void => {
      if (this.#streams.delete(local)) this.#send(command.close, local, remote);
      stream.close();
    };
    service.then(finish, finish);
  }

  #write(packet: Packet): void {
    const entry = this.#streams.get(packet.arg1);
    if (!entry) {
      this.#send(command.close, 0, packet.arg0);
      return;
    }
    entry.stream.incoming.push(packet.payload);
    this.#send(command.okay, packet.arg1, packet.arg0);
  }

  #closeStream(local: number): void {
    const entry = this.#streams.get(local);
    if (!entry) return;
    this.#streams.delete(local);
    entry.stream.close();
    this.#send(command.close, local, entry.remote);
  }
}
