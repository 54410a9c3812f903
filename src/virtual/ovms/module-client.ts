import { connect, type Socket } from 'node:net';
import { MqttClient } from 'mqtt';
import { Deadline, orAbort } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import { deadlinePassed } from '../../core/failures.js';
import { causeWords } from '../../core/peer-words.js';

export interface ModuleClientOptions {
  readonly host: string;
  readonly port: number;
  readonly username: string | null;
  readonly password: string | null;
  readonly vehicle: string;
  /** With a slash at the end. */
  readonly prefix: string;
  /** What it listens to, below its prefix. */
  readonly topics: readonly string[];
  /** It is connected and listens: it tells everything. */
  readonly onUp: () => void;
  /** A message, by its topic below the prefix. */
  readonly onMessage: (topic: string, payload: string) => void;
}

const CONNECT_MS = 10_000;
const RECONNECT_MS = 250;

/** A module's connection to its broker, as the firmware has it: a session that the broker keeps, and a retained last will. */
export class ModuleClient {
  readonly #options: ModuleClientOptions;
  readonly #client: MqttClient;
  readonly #retained = new Set<string>();
  #isCut = false;

  constructor(options: ModuleClientOptions) {
    this.#options = options;
    const { username, password, prefix } = options;
    this.#client = new MqttClient(() => this.#open(), {
      clientId: options.vehicle,
      ...(username === null ? {} : { username, password: password ?? '' }),
      protocolVersion: 4,
      // Commands of QoS 1 that come while it is away wait for it: so does the firmware have it.
      clean: false,
      keepalive: 30,
      connectTimeout: CONNECT_MS,
      reconnectPeriod: RECONNECT_MS,
      manualConnect: true,
      queueQoSZero: false,
      resubscribe: false,
      will: { topic: `${prefix}metric/s/v3/connected`, payload: Buffer.from('no'), qos: 0, retain: true },
    });
    this.#client.on('message', (topic, payload) => {
      if (topic.startsWith(prefix)) options.onMessage(topic.slice(prefix.length), payload.toString('utf8'));
    });
    // Without a listener a refused connection would end the process; it tries again.
    this.#client.on('error', () => {});
  }

  /** Throws TentacleError BROKER_REFUSED or DEADLINE. */
  async start(): Promise<void> {
    using deadline = new Deadline(new AbortController().signal, CONNECT_MS, () =>
      deadlinePassed('The broker', CONNECT_MS),
    );
    const up = new Promise<void>((resolve, reject) => {
      this.#client.on('connect', () => void this.#listen().then(resolve, reject));
      this.#client.once('error', (error) => reject(refused(error)));
    });
    // A later connection that breaks again is nobody's to hear of.
    up.catch(() => {});
    this.#client.connect();
    try {
      await orAbort(up, deadline.signal);
    } catch (error) {
      this.#client.end(true);
      throw error;
    }
  }

  publish(topic: string, payload: string, { qos, retain }: { qos: 0 | 1; retain: boolean }): void {
    if (!this.#client.connected) return;
    const whole = `${this.#options.prefix}${topic}`;
    if (retain) this.#retained.add(whole);
    this.#client.publish(whole, payload, { qos, retain }, () => {});
  }

  /** Loses the connection without a word; it stays away until {@link restore}. */
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
    if (isLeavingNothing && this.#client.connected) {
      using deadline = new Deadline(new AbortController().signal, 3_000, () => deadlinePassed('The broker', 3_000));
      const empty = [...this.#retained].map((topic) => this.#client.publishAsync(topic, '', { qos: 1, retain: true }));
      await orAbort(Promise.all(empty), deadline.signal).catch(() => {});
      await this.#client.endAsync().catch(() => {});
      return;
    }
    await this.#client.endAsync(true).catch(() => {});
  }

  async #listen(): Promise<void> {
    const { prefix, topics, onUp } = this.#options;
    await this.#client.subscribeAsync(
      topics.map((topic) => `${prefix}${topic}`),
      { qos: 1 },
    );
    onUp();
  }

  #open(): Socket {
    const { host, port } = this.#options;
    return connect({ host, port, noDelay: true });
  }
}

function refused(cause: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'BROKER_REFUSED',
      fault: 'link',
      message: 'The virtual OVMS car could not connect to its broker.',
      next: 'Look whether the broker runs there, and whether user name and password are right.',
      detail: causeWords(cause),
    },
    { cause },
  );
}
