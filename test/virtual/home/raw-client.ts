import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt';

export interface Received {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** A plain MQTT client that listens to everything and keeps it: what anybody at the broker sees. */
export class RawClient implements AsyncDisposable {
  readonly received: Received[] = [];
  readonly #client: MqttClient;
  readonly #waiting = new Set<() => void>();

  private constructor(client: MqttClient) {
    this.#client = client;
    client.on('message', (topic, payload, { retain }) => {
      this.received.push({ topic, payload: payload.toString('utf8'), retain });
      for (const look of [...this.#waiting]) look();
    });
  }

  static async connect(url: string, options: IClientOptions = {}): Promise<RawClient> {
    const client = await connectAsync(url, { reconnectPeriod: 0, connectTimeout: 5000, ...options }, false);
    if ('setNoDelay' in client.stream && typeof client.stream.setNoDelay === 'function') client.stream.setNoDelay(true);
    const raw = new RawClient(client);
    await client.subscribeAsync('#', { qos: 1 });
    return raw;
  }

  /** The newest payload of each topic. */
  get latest(): ReadonlyMap<string, string> {
    return new Map(this.received.map(({ topic, payload }) => [topic, payload]));
  }

  async send(topic: string, payload: string | object): Promise<void> {
    await this.#client.publishAsync(topic, typeof payload === 'string' ? payload : JSON.stringify(payload));
  }

  /** What was said on the topic since a mark (the length of `received` then). */
  since(mark: number, topic: string): readonly string[] {
    return this.received
      .slice(mark)
      .filter((message) => message.topic === topic)
      .map(({ payload }) => payload);
  }

  /** Resolves with the payload when the newest on the topic is as wanted, at once when it is so already. */
  async until(topic: string, isWanted: (payload: string) => boolean, timeoutMs = 5000): Promise<string> {
    const newest = (): string | undefined => this.latest.get(topic);
    const found = await this.#when(() => {
      const payload = newest();
      return payload !== undefined && isWanted(payload);
    }, timeoutMs);
    if (!found) throw new Error(`${topic} is not as wanted after ${timeoutMs} ms, but: ${newest() ?? 'never said'}`);
    return newest() ?? '';
  }

  /** Resolves when nothing has come for a while: everything retained is here then. */
  async quiet(ms = 300): Promise<void> {
    for (let count = -1; count !== this.received.length; ) {
      count = this.received.length;
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }

  #when(holds: () => boolean, timeoutMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isFound: boolean): void => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(isFound);
      };
      const look = (): void => {
        if (holds()) end(true);
      };
      const timer = setTimeout(() => end(holds()), timeoutMs);
      this.#waiting.add(look);
      look();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.endAsync(true);
  }
}
