import { Client, type ClientReadableStream, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import { z } from 'zod';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, hasCode } from '../../core/failures.js';
import { parseKuksaAddress } from './kuksa-address.js';
import { kuksaFailure, unreadable } from './kuksa-failure.js';
import { type KuksaMethod, kuksaMethod } from './kuksa-protocol.js';
import { listMetadataSchema, type Signal, signalsOf } from './signal.js';
import { type Scalar, scalarOf, toWire, wireValueSchema } from './signal-value.js';
import { SignalWatch } from './signal-watch.js';

export interface KuksaTls {
  /** PEM of the authority that signed the car's certificate, or of the certificate itself; the system's where absent. */
  readonly ca?: string | Buffer;
  /** PEM of our own certificate and key, for cars that ask for one. */
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
  /** The name in the car's certificate, where it is not the address (Kuksa's own examples: "Server"). */
  readonly serverName?: string;
}

export interface KuksaClientOptions {
  /** "host:port". */
  readonly address: string;
  /** The car's name, for sentences. */
  readonly name: string;
  /** A JWT, sent as bearer token. */
  readonly token?: string | undefined;
  /** null speaks plain gRPC. */
  readonly tls?: KuksaTls | null | undefined;
}

/** One value to be sent. */
export interface Actuation {
  readonly signal: Signal;
  readonly value: Scalar;
}

const datapointSchema = z.object({ value: wireValueSchema.nullish() });
const nothing = z.object({});
const getValuesSchema = z.object({ data_points: z.array(datapointSchema).max(1_000) });

/** The metadata of a whole VSS tree is about 0.5 MB; nothing a car says may be larger than this. */
const MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

/** Messages that the car keeps for us: by default it keeps the last alone, and a short honk would go unseen. */
const BUFFER_SIZE = 100;

const HEADER = /^[\x21-\x7e]{1,100}$/;
const TOKEN = /^[\x21-\x7e]{1,16000}$/;

/** One channel to a databroker. Every method rejects with a TentacleError. */
export class KuksaClient implements Disposable {
  readonly #client: Client;
  readonly #name: string;
  readonly #headers: Metadata;

  /** @throws TentacleError BAD_ADDRESS, BAD_TOKEN, or TOKEN_IN_CLEAR: a token would cross the network readable. */
  constructor(options: KuksaClientOptions) {
    const { target, host, isThisMachine } = parseKuksaAddress(options.address);
    const tls = options.tls ?? null;
    if (options.token !== undefined && !tls && !isThisMachine) throw tokenInClear(options.name, host);
    if (options.token !== undefined && !TOKEN.test(options.token)) throw badToken();
    this.#name = options.name;
    this.#headers = new Metadata();
    if (options.token !== undefined) this.#headers.set('authorization', `Bearer ${options.token}`);
    this.#client = new Client(target, tls ? secure(tls) : credentials.createInsecure(), {
      // A command is sent once; whether it is sent again is not the library's to decide.
      'grpc.enable_retries': 0,
      // A proxy of the environment has no business between us and a car of the local network.
      'grpc.enable_http_proxy': 0,
      // A channel of our own: a shared one would keep its back-off over our reconnecting.
      'grpc.use_local_subchannel_pool': 1,
      'grpc.service_config_disable_resolution': 1,
      'grpc.keepalive_time_ms': 10_000,
      'grpc.keepalive_timeout_ms': 5_000,
      'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
      ...(tls?.serverName === undefined ? {} : { 'grpc.ssl_target_name_override': tls.serverName }),
    });
  }

  /** All signals of the car by path. */
  async listSignals(signal: AbortSignal): Promise<ReadonlyMap<string, Signal>> {
    return signalsOf(await this.#call('ListMetadata', { root: 'Vehicle' }, listMetadataSchema, signal));
  }

  /** The current values, in the order of the paths; null where the car has none. */
  async getValues(paths: readonly string[], signal: AbortSignal): Promise<readonly (Scalar | null)[]> {
    if (paths.length === 0) return [];
    const request = { signal_ids: paths.map((path) => ({ path })) };
    const { data_points } = await this.#call('GetValues', request, getValuesSchema, signal);
    if (data_points.length !== paths.length) throw unreadable(this.#name, 'GetValues: another number of values');
    return data_points.map(({ value }) => scalarOf(value));
  }

  /** As {@link getValues}, by path, without those that the token does not let us read. */
  async getReadable(paths: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Scalar | null>> {
    try {
      const values = await this.getValues(paths, signal);
      return new Map(paths.map((path, index) => [path, values[index] ?? null]));
    } catch (error) {
      if (!hasCode(error, 'PERMISSION_DENIED')) throw error;
      if (paths.length <= 1) return new Map();
      // The car denies all of them for the sake of one.
      const half = Math.ceil(paths.length / 2);
      const parts = [paths.slice(0, half), paths.slice(half)].map((part) => this.getReadable(part, signal));
      return new Map((await Promise.all(parts)).flatMap((part) => [...part]));
    }
  }

  /**
   * Hears of these signals until disposed, but of those that the token does not let us read: a databroker leaves them out
   * of a subscription without a word. Resolves with the current values known.
   *
   * @param signal ends the waiting for the first values; the watch itself goes on.
   */
  async watch(paths: readonly string[], signal: AbortSignal): Promise<SignalWatch> {
    const readable = [...(await this.getReadable(paths, signal)).keys()];
    const watch = new SignalWatch(readable.length > 0 ? this.#subscribe(readable) : null, readable, this.#name);
    try {
      await watch.started(signal);
      return watch;
    } catch (error) {
      watch[Symbol.dispose]();
      throw error;
    }
  }

  #subscribe(paths: readonly string[]): ClientReadableStream<object> {
    const { path, requestSerialize, responseDeserialize } = kuksaMethod('Subscribe');
    const request = { signal_paths: [...paths], buffer_size: BUFFER_SIZE };
    return this.#client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request, this.#headers);
  }

  /**
   * Tells the car these values: one as it is, several in one batch, which it takes or leaves as a whole.
   *
   * @param key goes along as header `idempotency-key`. A databroker passes it over; a car of ours logs it.
   */
  async actuate(actuations: readonly Actuation[], signal: AbortSignal, key: string): Promise<void> {
    const requests = actuations.map(({ signal: { path, type }, value }) => ({
      signal_id: { path },
      value: toWire(type, value),
    }));
    const [only] = requests;
    if (requests.length === 1 && only) await this.#call('Actuate', only, nothing, signal, key);
    else await this.#call('BatchActuate', { actuate_requests: requests }, nothing, signal, key);
  }

  [Symbol.dispose](): void {
    this.#client.close();
  }

  #call<T>(method: KuksaMethod, request: object, schema: z.ZodType<T>, signal: AbortSignal, key?: string): Promise<T> {
    const headers = this.#headers.clone();
    if (key !== undefined && HEADER.test(key)) headers.set('idempotency-key', key);
    const { path, requestSerialize, responseDeserialize } = kuksaMethod(method);
    return new Promise<T>((resolve, reject) => {
      if (signal.aborted) {
        reject(reasonOf(signal));
        return;
      }
      const answered = (error: ServiceError | null, answer?: object): void => {
        signal.removeEventListener('abort', onAbort);
        const parsed = schema.safeParse(answer);
        if (signal.aborted) reject(reasonOf(signal));
        else if (error) reject(kuksaFailure(error, this.#name));
        else if (parsed.success) resolve(parsed.data);
        else reject(unreadable(this.#name, `${method}: ${parsed.error.message}`));
      };
      const call = this.#client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        headers,
        answered,
      );
      const onAbort = (): void => call.cancel();
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }
}

const reasonOf = (signal: AbortSignal): TentacleError =>
  signal.reason instanceof TentacleError ? signal.reason : cancelled();

const pem = (text: string | Buffer | undefined): Buffer | null => (text === undefined ? null : Buffer.from(text));

function secure(tls: KuksaTls) {
  try {
    return credentials.createSsl(pem(tls.ca), pem(tls.key), pem(tls.cert));
  } catch (cause) {
    throw new TentacleError(
      {
        code: 'BAD_CERTIFICATE',
        fault: 'user',
        message: 'The certificate or key for the car cannot be read.',
        next: 'Give certificate and key as PEM files, both or none.',
      },
      { cause },
    );
  }
}

function tokenInClear(name: string, host: string): TentacleError {
  const failure: Failure = {
    code: 'TOKEN_IN_CLEAR',
    fault: 'user',
    message: `The token for ${name} is not sent: without TLS everyone in the network of ${host} could read it and open the car.`,
    next: 'Switch TLS on for this car, or leave the token away if the car asks for none.',
  };
  return new TentacleError(failure);
}

function badToken(): TentacleError {
  return new TentacleError({
    code: 'BAD_TOKEN',
    fault: 'user',
    message: 'This is not a token that a car could take.',
    next: 'Enter the token as one line, without spaces.',
  });
}
