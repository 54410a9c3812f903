import { once } from 'node:events';
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { TentacleError } from '../../core/failure.js';
import { CarBody, type CarEffect, type Target } from './body/car-body.js';
import { CarFaults } from './faults.js';
import { kuksaService } from './kuksa-proto.js';
import { carService } from './service/car-service.js';
import { checkToken } from './service/check-token.js';
import { SignalAccess } from './service/signal-access.js';
import { SignalStore } from './signal-store.js';
import { Timers } from './timers.js';
import type { Scalar } from './vss/signal.js';
import { carSignals } from './vss/signals.js';
import { checkValue } from './vss/wire-value.js';

export interface VirtualCarTls {
  /** PEM. */
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
  /** PEM of the authority of the callers' certificates: with it, callers without one are not heard. */
  readonly clientCa?: string | Buffer;
}

export interface VirtualCarOptions {
  /** The model's name in the car's own data. */
  readonly name?: string;
  /** 17 characters. Two cars need two. */
  readonly vin?: string;
  /** Where it listens; the loopback interface and any free port unless told otherwise. */
  readonly host?: string;
  readonly port?: number;
  /** How long the car takes to take up a command, in milliseconds, 150 unless told otherwise; for all or per command. */
  readonly latencyMs?: number | ((target: Target) => number);
  /** Time between two steps of windows, sunroof, trunk and seats, in milliseconds; 30 unless told otherwise. */
  readonly stepMs?: number;
  /** How long the horn sounds, in milliseconds; 500 unless told otherwise. */
  readonly hornMs?: number;
  /** How much faster than ours the car's time runs while it charges or drives; 1 unless told otherwise. */
  readonly pace?: number;
  /** The bearer token that it asks for; none unless told otherwise. */
  readonly token?: string;
  /** Plain gRPC unless told otherwise. */
  readonly tls?: VirtualCarTls;
}

/** A car that serves `kuksa.val.v2` over gRPC, with a VSS 6.0 tree and what carries its commands out. */
export class VirtualCar implements AsyncDisposable {
  readonly name: string;
  readonly faults: CarFaults;
  readonly #host: string;
  readonly #store: SignalStore;
  readonly #body: CarBody;
  readonly #timers = new Timers();
  readonly #grpc: Server;
  readonly #listener: NetServer;
  readonly #sockets = new Set<Socket>();

  private constructor(options: VirtualCarOptions) {
    this.name = options.name ?? 'Virtual Car';
    this.#host = options.host ?? '127.0.0.1';
    this.faults = new CarFaults(() => this.#dropConnections());
    this.#store = new SignalStore(carSignals({ name: this.name, vin: options.vin ?? 'TNTCAR00VX7000001' }));
    const { latencyMs = 150 } = options;
    this.#body = new CarBody(this.#store, this.#timers, {
      latencyMs: typeof latencyMs === 'function' ? latencyMs : () => latencyMs,
      stepMs: options.stepMs ?? 30,
      hornMs: options.hornMs ?? 500,
      pace: options.pace ?? 1,
      isIgnored: (path) => this.faults.isIgnored(path),
    });
    this.#grpc = new Server();
    const later = (answer: () => void): void => {
      if (this.faults.delayMs === 0) answer();
      else this.#timers.after(this.faults.delayMs, answer);
    };
    const implementation = carService({
      store: this.#store,
      access: new SignalAccess(this.#store, this.faults),
      body: this.#body,
      rules: { admit: (headers) => checkToken(headers, options.token), later },
      serverInfo: { name: this.name, version: '6.0.0', commit_hash: '' },
    });
    this.#grpc.addService(kuksaService(), implementation);
    // The sockets are our own, so that they can be cut without a word, as a car does that drives out of reach.
    const injector = this.#grpc.createConnectionInjector(credentialsOf(options.tls));
    this.#listener = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      // A broken connection is the caller's to notice.
      socket.on('error', () => {});
      injector.injectConnection(socket);
    });
  }

  /** Starts listening. Rejects when the port is taken. */
  static async start(options: VirtualCarOptions = {}): Promise<VirtualCar> {
    const car = new VirtualCar(options);
    try {
      car.#listener.listen(options.port ?? 0, car.#host);
      await once(car.#listener, 'listening');
      return car;
    } catch (error) {
      await car.stop();
      throw error;
    }
  }

  get port(): number {
    const address = this.#listener.address();
    return address !== null && typeof address === 'object' ? address.port : 0;
  }

  /** "host:port", as gRPC takes it. */
  get address(): string {
    return `${this.#host}:${this.port}`;
  }

  /** What every signal is now, by path; null: not known. */
  state(): ReadonlyMap<string, Scalar | null> {
    return this.#store.values();
  }

  /**
   * As the car itself: somebody drives, opens a door, pulls the cable. What hangs on it follows.
   *
   * @throws TentacleError NO_SUCH_SIGNAL or BAD_VALUE.
   */
  set(path: string, value: Scalar | null): void {
    const signal = this.#store.byPath(path);
    if (!signal) throw misuse('NO_SUCH_SIGNAL', `The virtual car has no signal ${path}.`);
    const checked = value === null ? null : checkValue(signal, value);
    if (checked && !checked.ok) throw misuse('BAD_VALUE', `${checked.error}.`);
    this.#body.publish(new Map([[path, value]]));
  }

  /** What the car was told and did, in order. */
  get effects(): readonly CarEffect[] {
    return this.#body.effects;
  }

  async stop(): Promise<void> {
    this.#timers[Symbol.dispose]();
    this.#dropConnections();
    this.#grpc.forceShutdown();
    if (!this.#listener.listening) return;
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #dropConnections(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

function credentialsOf(tls: VirtualCarTls | undefined): ServerCredentials {
  if (!tls) return ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  const clientCa = tls.clientCa === undefined ? null : Buffer.from(tls.clientCa);
  return ServerCredentials.createSsl(clientCa, [pair], clientCa !== null);
}

const misuse = (code: string, message: string): TentacleError =>
  new TentacleError({ code, fault: 'tentacle', message, next: 'Give a path and a value as the car has them.' });
