import { connect, type Socket } from 'node:net';
import { MqttClient } from 'mqtt';
import { Deadline, orAbort } from '../../core/deadline.js';
import { deadlinePassed } from '../../core/failures.js';
import type { Credentials } from './broker.js';
import { brokerRefused } from './failures.js';
import type { Availability, Message } from './thing.js';

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly credentials: Credentials | null;
}

export interface LinkOptions {
  readonly broker: BrokerAddress;
  readonly clientId: string;
  readonly availability: Availability;
  readonly commandTopics: readonly string[];
  /** Everything that is retained for it, as it is now: discovery, then state. */
  introduce(): readonly Message[];
  receive(command: Message): void;
}

/** Home Assistant says "online" here when it starts: devices introduce themselves again. */
const BIRTH_TOPIC = 'homeassistant/status';
/** The longest command that a device reads, in bytes. */
const MAX_COMMAND = 4096;
const CONNECT_MS = 10_000;
const RECONNECT_MS = 250;
/** How long it tries to take back what it retained. */
const LEAVE_MS = 3000;

/** One device's connection to the broker: it comes back by itself, and its last will speaks when it is cut. */
export class DeviceLink {
  readonly #options: LinkOptions;
  readonly #client: MqttClient;
  /** Topics that hold something of this device at the broker. */
  readonly #retained = new Set<string>();
  #isCut = false;
  #isLeaving = false;

  constructor(options: LinkOptions) {
    this.#options = options;
    const { broker, availability } = options;
    this.#client = new MqttClient(() => this.#open(), {
      clientId: options.clientId,
      ...(broker.credentials ?? {}),
      protocolVersion: 4,
      clean: true,
      keepalive: 30,
      connectTimeout: CONNECT_MS,
      reconnectPeriod: RECONNECT_MS,
      manualConnect: true,
      // What was not sent is stale when the connection is back: it introduces itself anew then.
      queueQoSZero: false,
      resubscribe: false,
      will: { topic: availability.topic, payload: Buffer.from(availability.offline), qos: 1, retain: true },
    });
    this.#client.on('message', (topic, payload) => {
      if (topic === BIRTH_TOPIC) {
        if (payload.toString('utf8') === 'online') this.#introduceOrWait();
      } else if (payload.length <= MAX_COMMAND) {
        options.receive({ topic, payload: payload.toString('utf8') });
      }
    });
    // Without a listener a refused connection would end the process; it tries again.
    this.#client.on('error', () => {});
  }

  /** Connects and introduces the device. Throws TentacleError BROKER_REFUSED or DEADLINE. */
  async start(): Promise<void> {
    const { broker } = this.#options;
    const url = `mqtt://${broker.host}:${broker.port}`;
    using deadline = new Deadline(new AbortController().signal, CONNECT_MS, () =>
      deadlinePassed(`The broker at ${url}`, CONNECT_MS),
    );
    const connected = new Promise<void>((resolve, reject) => {
      this.#client.once('connect', () => resolve());
      this.#client.once('error', (error) => reject(brokerRefused(url, error)));
    });
    this.#client.connect();
    try {
      await orAbort(connected, deadline.signal);
      await orAbort(this.#introduce(), deadline.signal);
    } catch (error) {
      this.#client.end(true);
      throw error;
    }
    this.#client.on('connect', () => this.#introduceOrWait());
  }

  /** Publishes what is retained; nothing when there is no connection. */
  publish(messages: readonly Message[]): void {
    if (!this.#client.connected) return;
    for (const { topic, payload } of messages) {
      this.#retained.add(topic);
      this.#client.publish(topic, payload, { qos: 0, retain: true }, () => {});
    }
  }

  /** Loses the connection without a word, as when the power goes; it stays away until {@link restore}. */
  cut(): void {
    this.#isCut = true;
    this.#client.end(true);
  }

  restore(): void {
    if (!this.#isCut) return;
    this.#isCut = false;
    this.#client.reconnect();
  }

  /** Goes. `isLeavingNothing` takes back everything retained, from a broker that lives on. */
  async close(isLeavingNothing: boolean): Promise<void> {
    this.#isLeaving = true;
    // A broker that is gone, or does not answer, keeps what it has.
    if (isLeavingNothing) await this.#takeBack().catch(() => this.#client.end(true));
    await this.#client.endAsync(!this.#client.connected || !isLeavingNothing).catch(() => {});
  }

  async #takeBack(): Promise<void> {
    if (this.#retained.size === 0) return;
    using deadline = new Deadline(new AbortController().signal, LEAVE_MS, () => deadlinePassed('The broker', LEAVE_MS));
    if (!this.#client.connected) {
      const connected = new Promise<void>((resolve) => {
        this.#client.once('connect', () => resolve());
      });
      this.restore();
      await orAbort(connected, deadline.signal);
    }
    const empty = [...this.#retained].map((topic) => this.#client.publishAsync(topic, '', { qos: 1, retain: true }));
    await orAbort(Promise.all(empty), deadline.signal);
  }

  #open(): Socket {
    const { host, port } = this.#options.broker;
    return connect({ host, port, noDelay: true });
  }

  /** The next connection introduces it again when this one breaks. */
  #introduceOrWait(): void {
    if (this.#isLeaving) return;
    this.#introduce().catch(() => {});
  }

  /** Listens, then says what it is and how it is, and at the end that it is there: who sees that can send at once. */
  async #introduce(): Promise<void> {
    const { availability, commandTopics } = this.#options;
    await this.#client.subscribeAsync([BIRTH_TOPIC, ...commandTopics], { qos: 1 });
    this.publish(this.#options.introduce());
    this.#retained.add(availability.topic);
    await this.#client.publishAsync(availability.topic, availability.online, { qos: 1, retain: true });
  }
}
