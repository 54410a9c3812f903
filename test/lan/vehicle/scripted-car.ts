import { fileURLToPath } from 'node:url';
import { Metadata, Server, ServerCredentials, type ServerWritableStream, status } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { z } from 'zod';
import type { Scalar } from '../../../src/lan/vehicle/signal-value.js';
import { fieldOf, type Leaf, metadataOf } from './vss-releases.js';

const definition = loadSync('kuksa/val/v2/val.proto', {
  includeDirs: [fileURLToPath(new URL('../../../protocols', import.meta.url))],
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
});

const valueSchema = z.record(z.string(), z.unknown()).transform((value) => value[String(value['typed_value'])]);
const requestSchema = z.object({ signal_id: z.object({ path: z.string() }), value: valueSchema });
const batchSchema = z.object({ actuate_requests: z.array(requestSchema) });
const subscribeSchema = z.object({ signal_paths: z.array(z.string()) });
const pathsSchema = z.object({ signal_ids: z.array(z.object({ path: z.string() })) });
const scalarSchema = z.union([z.string(), z.number(), z.boolean()]);

export interface Told {
  readonly path: string;
  readonly value: Scalar;
}

interface Refusal {
  readonly code: status;
  readonly details: string;
}

/**
 * A databroker whose answers a test writes, for what a well-behaved car does not show: other releases of VSS, errors of
 * every kind, messages that are nonsense. It echoes what it is told, unless told otherwise.
 */
export class ScriptedCar implements AsyncDisposable {
  readonly values = new Map<string, Scalar | null>();
  /** What it was told, one list for each command. */
  readonly commands: (readonly Told[])[] = [];
  /** What a command does; by default the values become so. */
  onActuate: (told: readonly Told[]) => void = (told) => this.publish(told);
  /** The answer to every command, instead of taking it. */
  refusal: Refusal | null = null;
  /** Signals whose reading is denied; a subscription leaves them out, as the databroker's does. */
  readonly unreadable = new Set<string>();
  readonly address: string;
  readonly #server: Server;
  readonly #leaves: readonly Leaf[];
  readonly #streams = new Set<ServerWritableStream<unknown, unknown>>();

  private constructor(server: Server, port: number, leaves: readonly Leaf[]) {
    this.#server = server;
    this.#leaves = leaves;
    this.address = `127.0.0.1:${port}`;
  }

  static async start(
    leaves: readonly Leaf[],
    values: Readonly<Record<string, Scalar>> = {},
    port = 0,
    metadata: () => object[] = () => leaves.map(metadataOf),
  ): Promise<ScriptedCar> {
    const server = new Server();
    const service = definition['kuksa.val.v2.VAL'];
    if (!service || 'format' in service) throw new Error('no service');
    let car: ScriptedCar | null = null;
    const own = (): ScriptedCar => {
      if (!car) throw new Error('not started');
      return car;
    };
    type Answer = (error: object | null, value?: object) => void;
    const takes = (requests: readonly z.infer<typeof requestSchema>[], answer: Answer): void => {
      const told = requests.map(({ signal_id, value }) => ({ path: signal_id.path, value: scalarSchema.parse(value) }));
      const { refusal } = own();
      if (refusal) {
        answer({ ...refusal, metadata: new Metadata() });
        return;
      }
      own().commands.push(told);
      answer(null, {});
      own().onActuate(told);
    };
    server.addService(service, {
      ListMetadata: (_: unknown, answer: Answer) => answer(null, { metadata: metadata() }),
      GetValues: ({ request }: { request: unknown }, answer: Answer) => {
        const paths = pathsSchema.parse(request).signal_ids.map(({ path }) => path);
        if (paths.some((path) => own().unreadable.has(path))) answer({ code: status.PERMISSION_DENIED, details: 'no' });
        else answer(null, { data_points: paths.map((path) => own().#datapoint(path)) });
      },
      Actuate: ({ request }: { request: unknown }, answer: Answer) => takes([requestSchema.parse(request)], answer),
      BatchActuate: ({ request }: { request: unknown }, answer: Answer) =>
        takes(batchSchema.parse(request).actuate_requests, answer),
      Subscribe: (stream: ServerWritableStream<unknown, unknown>) => {
        const paths = subscribeSchema.parse(stream.request).signal_paths.filter((path) => !own().unreadable.has(path));
        if (paths.length > 0)
          stream.write({ entries: Object.fromEntries(paths.map((path) => [path, own().#datapoint(path)])) });
        own().#streams.add(stream);
        stream.on('cancelled', () => own().#streams.delete(stream));
      },
    });
    const bound = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, at) =>
        error ? reject(error) : resolve(at),
      );
    });
    car = new ScriptedCar(server, bound, leaves);
    for (const [path, value] of Object.entries(values)) car.values.set(`Vehicle.${path}`, value);
    return car;
  }

  /** Values as they become known; told to subscribers only where they changed, as the databroker does. */
  publish(told: readonly Told[]): void {
    const changed = told.filter(({ path, value }) => this.values.get(path) !== value);
    for (const { path, value } of changed) this.values.set(path, value);
    if (changed.length === 0) return;
    for (const stream of this.#streams) {
      const wanted = subscribeSchema.parse(stream.request).signal_paths;
      const entries = changed.filter(({ path }) => wanted.includes(path) && !this.unreadable.has(path));
      if (entries.length > 0) {
        stream.write({ entries: Object.fromEntries(entries.map(({ path }) => [path, this.#datapoint(path)])) });
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.forceShutdown();
  }

  #datapoint(path: string): object {
    const value = this.values.get(path) ?? null;
    const type = this.#leaves.find((leaf) => `Vehicle.${leaf.path}` === path)?.type ?? 'string';
    return { timestamp: null, value: value === null ? null : { [fieldOf(type)]: value } };
  }
}
