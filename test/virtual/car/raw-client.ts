import { fileURLToPath } from 'node:url';
import {
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  credentials,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js';
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { z } from 'zod';

const definitions = loadSync('kuksa/val/v2/val.proto', {
  includeDirs: [fileURLToPath(new URL('../../../protocols/', import.meta.url))],
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
});

function method(name: string): MethodDefinition<object, object> {
  const service = definitions['kuksa.val.v2.VAL'];
  if (!service || 'format' in service) throw new Error('no service kuksa.val.v2.VAL');
  const found = service[name];
  if (!found) throw new Error(`no method ${name}`);
  return found;
}

const value = z.object({ typed_value: z.string().optional() }).catchall(z.unknown()).nullable();
const datapoint = z.object({ timestamp: z.object({ seconds: z.number(), nanos: z.number() }).nullable(), value });
const metadata = z.object({
  path: z.string(),
  id: z.number(),
  data_type: z.string(),
  entry_type: z.string(),
  description: z.string(),
  unit: z.string(),
  allowed_values: value,
  min: value,
  max: value,
});
export type Metadatum = z.infer<typeof metadata>;
type Datapoint = z.infer<typeof datapoint>;

/** The plain value of a message, or null where it holds none. */
export const plain = (wire: z.infer<typeof value>): unknown => (wire?.typed_value ? wire[wire.typed_value] : null);

export interface RawClientOptions {
  readonly address: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** PEM of the certificate to trust: TLS. */
  readonly ca?: Buffer;
  readonly clientCertificate?: { readonly key: Buffer; readonly cert: Buffer };
}

/** A caller of `kuksa.val.v2` that adds nothing to the protocol. Calls reject with grpc's ServiceError. */
export class RawClient implements Disposable {
  readonly #client: Client;
  readonly #headers = new Metadata();

  constructor({ address, token, headers = {}, ca, clientCertificate: own }: RawClientOptions) {
    const channel = ca ? credentials.createSsl(ca, own?.key, own?.cert) : credentials.createInsecure();
    this.#client = new Client(address, channel, { 'grpc.enable_retries': 0, 'grpc.use_local_subchannel_pool': 1 });
    if (token !== undefined) this.#headers.set('authorization', `Bearer ${token}`);
    for (const [name, text] of Object.entries(headers)) this.#headers.set(name, text);
  }

  call(name: string, request: object, timeoutMs = 5_000): Promise<object> {
    const { path, requestSerialize, responseDeserialize } = method(name);
    const deadline = Date.now() + timeoutMs;
    return new Promise((resolve, reject) => {
      this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        this.#headers,
        { deadline },
        (error, answer) => (error ? reject(error) : resolve(answer ?? {})),
      );
    });
  }

  async list(root: string): Promise<readonly Metadatum[]> {
    return z.object({ metadata: z.array(metadata) }).parse(await this.call('ListMetadata', { root })).metadata;
  }

  async get(path: string): Promise<unknown> {
    const answer = z.object({ data_point: datapoint }).parse(await this.call('GetValue', { signal_id: { path } }));
    return plain(answer.data_point.value);
  }

  async getAll(signal_ids: readonly object[]): Promise<readonly unknown[]> {
    const answer = z
      .object({ data_points: z.array(datapoint) })
      .parse(await this.call('GetValues', { signal_ids: [...signal_ids] }));
    return answer.data_points.map((point) => plain(point.value));
  }

  actuate(path: string, wire: object): Promise<object> {
    return this.call('Actuate', { signal_id: { path }, value: wire });
  }

  batch(...targets: readonly (readonly [path: string, wire: object])[]): Promise<object> {
    return this.call('BatchActuate', {
      actuate_requests: targets.map(([path, wire]) => ({ signal_id: { path }, value: wire })),
    });
  }

  publish(path: string, wire: object | null): Promise<object> {
    return this.call('PublishValue', { signal_id: { path }, data_point: { value: wire } });
  }

  subscribe(request: object, name = 'Subscribe'): Watch {
    const { path, requestSerialize, responseDeserialize } = method(name);
    return new Watch(
      this.#client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, this.#headers),
    );
  }

  watch(...paths: readonly string[]): Watch {
    return this.subscribe({ signal_paths: [...paths] });
  }

  actuateStream(requests: readonly object[]): Promise<object> {
    const { path, requestSerialize, responseDeserialize } = method('ActuateStream');
    return new Promise((resolve, reject) => {
      const stream = this.#client.makeClientStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        this.#headers,
        (error, answer) => (error ? reject(error) : resolve(answer ?? {})),
      );
      for (const request of requests) stream.write(request);
      stream.end();
    });
  }

  openProvider(): ClientDuplexStream<object, object> {
    const { path, requestSerialize, responseDeserialize } = method('OpenProviderStream');
    return this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, this.#headers);
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }
}

type Message = Readonly<Record<string, unknown>>;

/** The messages of a subscription, in order, each as name -> plain value. */
export class Watch implements Disposable {
  readonly messages: Message[] = [];
  readonly #stream: ClientReadableStream<object>;
  readonly #woken = new Set<() => void>();
  #error: ServiceError | null = null;

  constructor(stream: ClientReadableStream<object>) {
    this.#stream = stream;
    stream.on('data', (message: unknown) => {
      const { entries } = z.object({ entries: z.record(z.string(), datapoint) }).parse(message);
      this.messages.push(valuesOf(entries));
      this.#wake();
    });
    stream.on('error', (error: ServiceError) => {
      this.#error = error;
      this.#wake();
    });
  }

  /** The latest value of each. */
  get values(): Message {
    return Object.assign({}, ...this.messages);
  }

  /** Resolves when it is so; rejects with the stream's error, or after the time. */
  async until(isSo: (values: Message) => boolean, timeoutMs = 5_000): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!isSo(this.values)) {
      if (this.#error) throw this.#error;
      if (Date.now() > end) throw new Error(`not seen in ${timeoutMs} ms; last: ${JSON.stringify(this.values)}`);
      await this.#next(end - Date.now());
    }
  }

  /** Resolves with what ended it. */
  async ended(timeoutMs = 5_000): Promise<ServiceError> {
    const end = Date.now() + timeoutMs;
    while (!this.#error) {
      if (Date.now() > end) throw new Error(`not ended in ${timeoutMs} ms`);
      await this.#next(end - Date.now());
    }
    return this.#error;
  }

  pauseReading(): void {
    this.#stream.pause();
  }

  resumeReading(): void {
    this.#stream.resume();
  }

  #next(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#woken.delete(done);
        resolve();
      };
      const timer = setTimeout(done, Math.max(1, timeoutMs));
      this.#woken.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#woken]) done();
  }

  [Symbol.dispose](): void {
    this.#stream.on('error', () => {});
    this.#stream.cancel();
  }
}

const valuesOf = (entries: Readonly<Record<string, Datapoint>>): Message =>
  Object.fromEntries(Object.entries(entries).map(([name, point]) => [name, plain(point.value)]));

/** The name of the status with which a call was refused, or 'OK'. */
export async function statusOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'OK';
  } catch (error) {
    const { code } = z.object({ code: z.number() }).parse(error);
    return status[code] ?? String(code);
  }
}
