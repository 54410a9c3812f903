import type { ClientRequestArgs } from 'node:http';
import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { type Address, formatAddress } from './address.js';
import { type Identity, peerFingerprint } from './identity.js';
import { keyChanged, notReached } from './native-failures.js';

const CONNECT_MS = 5_000;
/** Below the device's own patience with idle connections, so that it is this end that hangs up. */
const IDLE_MS = 30_000;

export interface PinnedAgentOptions {
  readonly identity: Identity;
  readonly address: Address;
  /** The key that must answer; null takes the first that does, and from then on only that one. */
  readonly pin: string | null;
}

/**
 * Kept-alive TLS 1.3 connections to one key. A socket is handed to a request only after the handshake has proved that the
 * other end holds the key, so that no byte of a request reaches anybody else.
 */
export class PinnedAgent extends Agent {
  readonly #options: PinnedAgentOptions;
  #pin: string | null;
  #mismatch = false;
  readonly #connecting = new Set<TLSSocket>();

  constructor(options: PinnedAgentOptions) {
    // A resumed session would skip the certificate: every connection proves the key anew.
    super({ keepAlive: true, timeout: IDLE_MS, maxCachedSessions: 0 });
    this.#options = options;
    this.#pin = options.pin;
  }

  /** The key that answered, or must answer. */
  get pin(): string | null {
    return this.#pin;
  }

  /** Whether another key than the pinned one has answered last. */
  get mismatch(): boolean {
    return this.#mismatch;
  }

  override createConnection(
    _options: ClientRequestArgs,
    done: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { identity, address } = this.#options;
    const socket = connect({
      host: address.host,
      port: address.port,
      key: identity.key,
      cert: identity.certificate,
      minVersion: 'TLSv1.3',
      // Self-signed on purpose; the key is compared below, and the handshake has proved that the other end holds it.
      rejectUnauthorized: false,
      servername: '',
    });
    socket.setNoDelay(true);
    this.#connecting.add(socket);
    const giveUp = (cause: unknown): void => {
      clearTimeout(timer);
      this.#connecting.delete(socket);
      socket.destroy();
      done(cause instanceof Error ? cause : notReached(formatAddress(address), cause), socket);
    };
    const onEarly = (error?: Error): void => giveUp(notReached(formatAddress(address), error));
    const timer = setTimeout(() => onEarly(new Error('No connection in time.')), CONNECT_MS);
    const onClose = (): void => onEarly(new Error('The connection was closed.'));
    socket.once('error', onEarly);
    socket.once('close', onClose);
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      this.#connecting.delete(socket);
      socket.off('error', onEarly).off('close', onClose);
      if (this.#admits(socket)) return done(null, socket);
      socket.on('error', () => socket.destroy());
      giveUp(keyChanged(formatAddress(address)));
    });
  }

  override destroy(): void {
    super.destroy();
    for (const socket of this.#connecting) socket.destroy();
  }

  #admits(socket: TLSSocket): boolean {
    const fingerprint = peerFingerprint(socket);
    this.#pin ??= fingerprint;
    this.#mismatch = fingerprint === null || fingerprint !== this.#pin;
    return !this.#mismatch;
  }
}
