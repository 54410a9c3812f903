import { randomBytes } from 'node:crypto';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type IClientOptions, type IPublishPacket, MqttClient } from 'mqtt';
import { orAbort } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import { cancelled } from '../../core/failures.js';
import { causeWords } from '../../core/peer-words.js';
import type { BrokerAddress } from './broker-address.js';
import type { CommandMessage } from './home-call.js';

export type ProtocolVersion = 4 | 5;
type Reached = 'nothing' | 'stream' | 'session';

/** Certificates in PEM: an authority to trust beside the system's, and a client's own. */
export interface TlsFiles {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

export interface SessionOptions {
  readonly address: BrokerAddress;
  readonly username: string | null;
  readonly password: string | null;
  readonly tls: TlsFiles;
  /** 5, or 4 for MQTT 3.1.1. */
  readonly version: ProtocolVersion;
  readonly onMessage: (topic: string, payload: Buffer, isRetained: boolean) => void;
}

const CONNECT_TIMEOUT_MS = 8_000;
const KEEPALIVE_S = 10;
/** Largest packet that the broker may send, in bytes (MQTT 5). */
const MAX_PACKET = 512 * 1024;
const SUBSCRIBE_BATCH = 100;
/** "No matching subscribers" (MQTT 5, 3.4.2.1): the broker took it, and nobody was there to hear it. */
const NO_MATCHING_SUBSCRIBERS = 16;

/**
 * One connection to a broker, from its opening to its end; it does not reconnect. Nothing outlives it: what was not
 * acknowledged is not sent again on the next one, since a command must not happen later than it was said.
 */
export class MqttSession {
  readonly #client: MqttClient;
  readonly #lost = new AbortController();
  readonly #unheard = new Set<number>();
  #cause: unknown = null;
  #reasonCode: number | null = null;
  /** How far it came: nothing, a stream to the broker, the broker's consent. */
  #reached: Reached = 'nothing';

  private constructor(options: SessionOptions) {
    this.#client = new MqttClient((_client: MqttClient) => this.#openStream(options), clientOptions(options));
    this.#client.on('error', (error) => {
      this.#cause = error;
      if ('code' in error && typeof error.code === 'number') this.#reasonCode = error.code;
    });
    this.#client.on('packetreceive', (packet) => {
      // A refused connection says why in its CONNACK.
      if (packet.cmd === 'connack') this.#reasonCode = packet.reasonCode ?? packet.returnCode ?? null;
      if (packet.cmd === 'puback' && packet.reasonCode === NO_MATCHING_SUBSCRIBERS && packet.messageId !== undefined)
        this.#unheard.add(packet.messageId);
    });
    this.#client.on('message', (topic, payload, packet: IPublishPacket) =>
      options.onMessage(topic, payload, packet.retain),
    );
    this.#client.on('close', () => this.#lost.abort(this.failure()));
  }

  /** Opens a connection. Rejects with BROKER_UNREACHABLE, BROKER_REFUSED (its version), UNAUTHORIZED. */
  static async open(options: SessionOptions, signal: AbortSignal): Promise<MqttSession> {
    const session = new MqttSession(options);
    try {
      const connected = new Promise<void>((resolve) => session.#client.once('connect', () => resolve()));
      await orAbort(connected, AbortSignal.any([signal, session.lost]));
      session.#reached = 'session';
      return session;
    } catch (error) {
      await session.close();
      throw signal.aborted ? cancelled() : error instanceof TentacleError ? error : session.failure();
    }
  }

  /** Aborts when the connection ends; the reason is a TentacleError. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Listens on topics; their retained messages come now. At QoS 0 no message overtakes another, whatever their topics.
   * Rejects when the connection ends first.
   */
  async subscribe(topics: readonly string[], signal: AbortSignal, qos: 0 | 1 = 1): Promise<void> {
    for (let at = 0; at < topics.length; at += SUBSCRIBE_BATCH) {
      const batch = topics.slice(at, at + SUBSCRIBE_BATCH);
      await orAbort(this.#client.subscribeAsync(batch, { qos }), AbortSignal.any([signal, this.lost]));
    }
  }

  async unsubscribe(topics: readonly string[], signal: AbortSignal): Promise<void> {
    for (let at = 0; at < topics.length; at += SUBSCRIBE_BATCH) {
      const batch = topics.slice(at, at + SUBSCRIBE_BATCH);
      await orAbort(this.#client.unsubscribeAsync(batch), AbortSignal.any([signal, this.lost]));
    }
  }

  /**
   * Hands one message to the broker and waits until it has it; at QoS 0 until it is on its way. Rejects with LINK_LOST,
   * NOT_ALLOWED, or NOBODY_LISTENS where the broker says so.
   */
  async publish(message: CommandMessage, options: { signal: AbortSignal; expiryMs: number }): Promise<void> {
    const expiry = { messageExpiryInterval: Math.max(1, Math.ceil(options.expiryMs / 1_000)) };
    const taken = new Promise<void>((resolve, reject) => {
      this.#client.publish(
        message.topic,
        message.payload,
        // QoS 1: the broker says that it has it. Only the device's own word says that it was done.
        {
          qos: message.qos ?? 1,
          retain: message.retain,
          ...(this.#client.options.protocolVersion === 5 ? { properties: expiry } : {}),
        },
        (error) => (error ? reject(error) : resolve()),
      );
    });
    const id = this.#client.getLastMessageId();
    try {
      await orAbort(taken, AbortSignal.any([options.signal, this.lost]));
    } catch (error) {
      throw error instanceof TentacleError ? error : notAllowed(error);
    }
    if (message.qos !== 0 && this.#unheard.delete(id)) throw nobodyListens();
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true).catch(() => {});
    this.#lost.abort(this.failure());
  }

  /** Why the connection ended. */
  failure(): TentacleError {
    const failure = sessionFailure(this.#reached, this.#reasonCode, this.#cause);
    return new TentacleError(failure, { cause: this.#cause });
  }

  #openStream({ address, tls }: SessionOptions): Socket {
    const { host, port } = address;
    // Without no-delay, Nagle's algorithm and delayed acknowledgements cost 40 ms on every hop.
    const socket = address.isEncrypted
      ? connectTls({ host, port, ...(net(host) ? {} : { servername: host }), ...tls }).setNoDelay(true)
      : connectTcp({ host, port, noDelay: true });
    socket.once(address.isEncrypted ? 'secureConnect' : 'connect', () => {
      this.#reached = 'stream';
    });
    socket.on('error', (error) => {
      this.#cause = error;
    });
    return socket;
  }
}

/** An address in numbers: TLS must not send it as a server name. */
const net = (host: string): boolean => /^[\d.]+$|:/.test(host);

function clientOptions({ username, password, version }: SessionOptions): IClientOptions {
  return {
    clientId: `tentacle-${randomBytes(6).toString('hex')}`,
    protocolVersion: version,
    clean: true,
    reconnectPeriod: 0,
    resubscribe: false,
    queueQoSZero: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepalive: KEEPALIVE_S,
    ...(version === 5 ? { properties: { maximumPacketSize: MAX_PACKET, sessionExpiryInterval: 0 } } : {}),
    ...(username === null ? {} : { username }),
    ...(password === null ? {} : { password }),
  };
}

/** CONNACK codes of MQTT 3.1.1 (4, 5) and 5 (134 and up) for "not you". */
const NOT_YOU = new Set([4, 5, 134, 135, 138, 140]);

function sessionFailure(reached: Reached, code: number | null, cause: unknown) {
  const detail = cause === null ? {} : { detail: causeWords(cause) };
  if (reached === 'stream' && code !== null && NOT_YOU.has(code)) {
    return {
      code: 'UNAUTHORIZED',
      fault: 'user' as const,
      message: 'The MQTT broker does not accept the user name and password.',
      next: 'Give the user name and password that the broker knows.',
      ...detail,
    };
  }
  if (reached === 'stream') {
    return {
      code: 'BROKER_REFUSED',
      fault: 'device' as const,
      message: 'The MQTT broker does not take the connection.',
      next: 'Use a broker that speaks MQTT 3.1.1 or 5.',
      ...detail,
    };
  }
  return {
    code: reached === 'session' ? 'LINK_LOST' : 'BROKER_UNREACHABLE',
    fault: 'link' as const,
    message: reached === 'session' ? 'The connection to the MQTT broker broke.' : 'The MQTT broker cannot be reached.',
    next: 'Look whether the broker runs and its address is right; Tentacle reconnects by itself.',
    ...detail,
  };
}

function notAllowed(cause: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'NOT_ALLOWED',
      fault: 'user',
      message: 'The MQTT broker did not take the command.',
      next: 'Allow this user to publish to the command topics of its devices.',
      detail: causeWords(cause),
    },
    { cause },
  );
}

function nobodyListens(): TentacleError {
  return new TentacleError({
    code: 'NOBODY_LISTENS',
    fault: 'device',
    message: 'The MQTT broker says that no device listens to this command.',
    next: 'Switch the device on, and look whether it is in the network.',
  });
}
