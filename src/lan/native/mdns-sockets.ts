import { EventEmitter } from 'node:events';
import { networkInterfaces } from 'node:os';
import { Bonjour } from 'bonjour-service';
import type { Failure } from '../../core/failure.js';
import { causeWords } from '../../core/peer-words.js';

const GROUP = '224.0.0.251';
/** A computer with more addresses than this (containers) is not asked on all of them. */
const MAX_SOCKETS = 8;

export interface MdnsSocketsOptions {
  /** The IPv4 addresses of this computer's networks; those of the system by default. */
  readonly addresses?: () => readonly string[];
}

/**
 * Multicast DNS on every network of this computer: one socket for each IPv4 address, since what is sent without naming one
 * leaves by the default route alone, which may be a tunnel. Where multicast is not allowed, it says so and finds nothing.
 */
export class MdnsSockets implements Disposable {
  readonly #addresses: () => readonly string[];
  #sockets: readonly Bonjour[] = [];
  #opened = '';
  #errors = new Map<Bonjour, string>();

  constructor(options: MdnsSocketsOptions = {}) {
    this.#addresses = options.addresses ?? ownAddresses;
  }

  get all(): readonly Bonjour[] {
    return this.#sockets;
  }

  /** Opens them anew when the addresses of this computer are others than the last time; returns whether they are. */
  refresh(): boolean {
    const addresses = this.#addresses().slice(0, MAX_SOCKETS);
    if (this.#opened === addresses.join() && this.#opened !== '') return false;
    this.reopen();
    return true;
  }

  reopen(): void {
    this[Symbol.dispose]();
    const addresses = this.#addresses().slice(0, MAX_SOCKETS);
    this.#opened = addresses.join();
    this.#sockets = addresses.map((address) => this.#open(address));
  }

  /** Why nothing can be found or announced; null where it works on one network at least. */
  get problem(): Failure | null {
    if (this.#sockets.some((socket) => !this.#errors.has(socket))) return null;
    const [detail] = this.#errors.values();
    return {
      code: 'NO_MULTICAST',
      fault: 'link',
      message:
        detail === undefined
          ? 'This computer is in no network: devices cannot be looked for.'
          : 'Devices cannot be looked for: multicast DNS (UDP port 5353) is not allowed here.',
      next: 'Devices are reached at the addresses that are known; a new one is added with tentacle add device <host:port>.',
      ...(detail === undefined ? {} : { detail }),
    };
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets = [];
    this.#errors = new Map();
  }

  #open(address: string): Bonjour {
    // `host` is the group for the socket; bound to all addresses, it hears the group on Linux too.
    const options = { host: GROUP, interface: address, bind: '0.0.0.0' };
    const fail = (error: unknown): void => void this.#errors.set(bonjour, causeWords(error));
    const bonjour: Bonjour = new Bonjour(options, fail);
    // The socket inside says by an event that it may not listen; without a listener that would end the process.
    const socket = emitterIn(bonjour);
    socket?.on('error', fail);
    socket?.on('warning', (warning: unknown) => {
      // A datagram that cannot be read is a warning too, and everybody can send one.
      if (warning instanceof Error && 'syscall' in warning) fail(warning);
    });
    return bonjour;
  }
}

function emitterIn(bonjour: Bonjour): EventEmitter | null {
  const server: unknown = Reflect.get(bonjour, 'server');
  const emitter: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'mdns') : null;
  return emitter instanceof EventEmitter ? emitter : null;
}

function ownAddresses(): readonly string[] {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
}
