import { METRICS, type MetricName } from './metric-names.js';

/** The topics of one module, for one client of it. */
export class ModuleTopics {
  readonly #prefix: string;
  readonly #client: string;
  readonly #metrics: ReadonlyMap<string, MetricName>;

  constructor(prefix: string, clientId: string) {
    this.#prefix = prefix;
    this.#client = `${prefix}/client/${clientId}`;
    this.#metrics = new Map(METRICS.map((name) => [this.metric(name), name]));
  }

  /** All that is listened to. */
  get followed(): readonly string[] {
    return [...this.#metrics.keys(), `${this.#client}/response/+`];
  }

  metric(name: MetricName): string {
    return `${this.#prefix}/metric/${name.replaceAll('.', '/')}`;
  }

  metricOf(topic: string): MetricName | null {
    return this.#metrics.get(topic) ?? null;
  }

  /** "1" here: somebody is looking, and the module reports every 10 s instead of every 10 minutes, for two minutes. */
  get active(): string {
    return `${this.#client}/active`;
  }

  /** Names here, separated by commas: these metrics are told at once (firmware 3.3.006 and later). */
  get request(): string {
    return `${this.#client}/request/metric`;
  }

  command(id: string): string {
    return `${this.#client}/command/${id}`;
  }

  responseId(topic: string): string | null {
    const start = `${this.#client}/response/`;
    return topic.startsWith(start) ? topic.slice(start.length) : null;
  }
}
