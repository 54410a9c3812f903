import { TentacleError } from '../../core/failure.js';
import { Timers } from '../car/timers.js';
import { Broker } from '../home/broker.js';
import { runLine, type ShellRun } from './car-shell.js';
import { OvmsFaults } from './faults.js';
import { type MetricValue, metricText, metricTopic, PARKED } from './metric.js';
import { ModuleClient } from './module-client.js';

export interface VirtualOvmsCarOptions {
  readonly vehicle?: string;
  /** The module's vehicle PIN; "1234" unless told otherwise, null for none. */
  readonly pin?: string | null;
  /** Where its own broker listens on 127.0.0.1; any free port unless told otherwise. */
  readonly port?: number;
  /** Connects to this broker ("mqtt://host:1883") instead of having one; `stop` takes back everything retained there. */
  readonly broker?: string;
  /** Who may connect to its broker, or as whom it connects to another one. Both or none. */
  readonly username?: string;
  readonly password?: string;
  /** The module's setting `topic.prefix`; "ovms/<username>/<vehicle>" unless told otherwise. */
  readonly prefix?: string;
  /** How long the car takes to do what it is told, in milliseconds. */
  readonly latencyMs?: number;
  /** Time between two reports while somebody is looking, in milliseconds; 10 s as in the firmware. */
  readonly reportMs?: number;
  /** Whether it knows requests for single metrics (3.3.006 and later). */
  readonly answersRequests?: boolean;
  /** Metrics that are otherwise than in a parked car; null: this car does not have it. */
  readonly metrics?: Readonly<Record<string, MetricValue>>;
}

/** A line that the module's shell was given, whatever came of it. */
export interface ShellLine {
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const CLIENT_TOPIC = /^client\/([^/]+)\/(active|command|request)(?:\/(.+))?$/;

/** A car with an OVMS module (firmware 3) that speaks "server v3" through an MQTT broker. */
export class VirtualOvmsCar implements AsyncDisposable {
  readonly vehicle: string;
  /** Where its topics begin, without a slash at the end. */
  readonly prefix: string;
  /** Where to connect. Never with a password in it. */
  readonly url: string;
  readonly faults: OvmsFaults;
  readonly #options: VirtualOvmsCarOptions;
  readonly #broker: Broker | null;
  readonly #client: ModuleClient;
  readonly #timers = new Timers();
  readonly #metrics: Map<string, MetricValue>;
  readonly #untold = new Set<string>();
  /** Never told any more: what a silent command has changed. */
  readonly #hidden = new Set<string>();
  readonly #lookers = new Set<string>();
  readonly #lines: ShellLine[] = [];

  private constructor(broker: Broker | null, url: URL, options: VirtualOvmsCarOptions) {
    this.#options = options;
    this.#broker = broker;
    this.url = `mqtt://${url.host}`;
    this.vehicle = options.vehicle ?? 'VIRTUAL1';
    this.prefix = options.prefix ?? `ovms/${options.username ?? ''}/${this.vehicle}`;
    this.#metrics = new Map(Object.entries({ ...PARKED, ...options.metrics }));
    const requests = options.answersRequests === false ? [] : ['client/+/request/metric', 'client/+/request/config'];
    this.#client = new ModuleClient({
      host: url.hostname,
      port: Number(url.port || 1883),
      username: options.username ?? null,
      password: options.password ?? null,
      vehicle: this.vehicle,
      prefix: `${this.prefix}/`,
      topics: ['client/+/active', 'client/+/command/+', ...requests],
      onUp: () => this.#tell([...this.#metrics.keys()]),
      onMessage: (topic, payload) => this.#take(topic, payload),
    });
    this.faults = new OvmsFaults({
      cut: () => this.#client.cut(),
      restore: () => this.#client.restore(),
      dropBroker: async (backAfterMs) => {
        if (!broker) throw brokerNotOurs();
        await broker.drop(backAfterMs);
      },
    });
    this.#timers.every(options.reportMs ?? 10_000, () => {
      if (this.#lookers.size > 0) this.#report();
    });
  }

  /** Resolves when the module is at its broker and has told everything. Rejects with TentacleError BROKER_REFUSED. */
  static async start(options: VirtualOvmsCarOptions = {}): Promise<VirtualOvmsCar> {
    const { username, password = '' } = options;
    const credentials = username === undefined ? null : { username, password };
    const broker = options.broker === undefined ? await Broker.start({ port: options.port ?? 0, credentials }) : null;
    const car = new VirtualOvmsCar(broker, new URL(broker?.url ?? options.broker ?? ''), options);
    try {
      await car.#client.start();
      return car;
    } catch (error) {
      await car.stop();
      throw error;
    }
  }

  /** How the car really is, whatever the module tells. */
  state(): ReadonlyMap<string, MetricValue> {
    return this.#metrics;
  }

  /** As somebody at the car: drives, opens a door, pulls the cable. It is told with the next report. */
  set(name: string, value: MetricValue): void {
    this.#metrics.set(name, value);
    this.#untold.add(name);
  }

  /** Every line that its shell was given, in order. */
  get lines(): readonly ShellLine[] {
    return this.#lines;
  }

  async stop(): Promise<void> {
    this.#timers[Symbol.dispose]();
    await this.#client.close(this.#broker === null);
    await this.#broker?.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #take(topic: string, payload: string): void {
    const [, client, kind, id = ''] = CLIENT_TOPIC.exec(topic) ?? [];
    if (client === undefined || this.faults.isMute) return;
    if (kind === 'active') this.#look(client, payload !== '' && payload !== '0');
    else if (kind === 'command') this.#run(client, id, payload);
    else if (id === 'metric') this.#tell([...this.#metrics.keys()].filter(isAsked(payload)));
  }

  #look(client: string, isLooking: boolean): void {
    const wereThere = this.#lookers.size;
    if (isLooking) this.#lookers.add(client);
    else this.#lookers.delete(client);
    this.#metrics.set('s.v3.peers', this.#lookers.size);
    if (isLooking && this.#lookers.size !== wereThere) this.#tell([...this.#metrics.keys()]);
  }

  /** As a shell does: every line of it is a command. */
  #run(client: string, id: string, text: string): void {
    const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    const printed = lines.map((line) => this.#runLine(line));
    if (printed.includes(null)) return;
    this.#client.publish(`client/${client}/response/${id}`, printed.join(''), { qos: 1, retain: false });
  }

  /** What it prints; null where it says nothing any more. */
  #runLine(line: string): string | null {
    this.#lines.push({ line, at: Date.now() });
    const pin = this.#options.pin === undefined ? '1234' : this.#options.pin;
    const run = runLine(line, { pin, metric: (name) => this.#metrics.get(name) ?? null });
    const fault = this.faults.of(run.command);
    if (fault !== 'ignore' && fault !== 'error')
      this.#timers.after(this.#options.latencyMs ?? 150, () => this.#do(run));
    if (fault === 'silent') {
      for (const name of Object.keys(run.changes)) this.#hidden.add(name);
      return null;
    }
    return this.faults.responseTo(run.command) ?? (fault === 'error' ? run.printsOnError : run.prints);
  }

  #do({ changes, isEvent, tellsAll }: ShellRun): void {
    for (const [name, value] of Object.entries(changes)) {
      // A car that has no such metric does it all the same.
      if (this.#metrics.get(name) !== null) this.set(name, value);
    }
    if (isEvent) this.#report();
    if (tellsAll) this.#tell([...this.#metrics.keys()]);
  }

  #report(): void {
    this.#tell([...this.#untold]);
  }

  #tell(names: readonly string[]): void {
    if (this.faults.isMute) return;
    for (const name of names) {
      this.#untold.delete(name);
      const value = this.#metrics.get(name) ?? null;
      if (value === null || this.#hidden.has(name)) continue;
      this.#client.publish(metricTopic(name), metricText(value), { qos: 0, retain: true });
    }
  }
}

/** Names with commas between them; "*" at the end stands for anything. */
function isAsked(payload: string): (name: string) => boolean {
  const patterns = payload.split(',').map((pattern) => pattern.trim());
  return (name) =>
    patterns.some((pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern));
}

function brokerNotOurs(): TentacleError {
  return new TentacleError({
    code: 'BROKER_NOT_OURS',
    fault: 'user',
    message: 'The broker belongs to somebody else: the virtual car cannot drop it.',
    next: 'Start the virtual car with a broker of its own.',
  });
}
