import { randomBytes } from 'node:crypto';
import { Deadline, orAbort, pause } from '../../../core/deadline.js';
import type { Device } from '../../../core/device.js';
import { type Failure, TentacleError } from '../../../core/failure.js';
import { cancelled, deadlinePassed } from '../../../core/failures.js';
import { Mutex } from '../../../core/mutex.js';
import type { Outcome } from '../../../core/outcome.js';
import { peerWords } from '../../../core/peer-words.js';
import type { Contact } from '../../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../../core/ports/transport.js';
import { err, ok, type Result } from '../../../core/result.js';
import { carryOut, notKnown } from '../../carry-out.js';
import { DeviceList } from '../../device-list.js';
import { type BrokerAddress, isNearby, parseBrokerUrl } from '../../mqtt/broker-address.js';
import { MqttLink } from '../../mqtt/mqtt-link.js';
import type { MqttSession, TlsFiles } from '../../mqtt/mqtt-session.js';
import { functionsOffered, ovmsFunctions } from './functions/ovms-functions.js';
import { CONNECTED, METRICS } from './metric-names.js';
import { MetricStore } from './metric-store.js';
import { checkedPin, checkedVehicle, modulePrefix } from './module-address.js';
import { ModuleLink } from './module-link.js';
import { ModuleTopics } from './module-topics.js';
import type { OvmsCar } from './ovms-car.js';
import { Presence } from './presence.js';

export interface OvmsTransportOptions {
  /** mqtt://host[:1883] or mqtts://host[:8883]; a user name and password in it count where none are given beside it. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: TlsFiles;
  /** The vehicle id, as the module has it. */
  readonly vehicle: string;
  /** The whole of the module's setting `server.v3 topic.prefix`; "ovms/<username>/<vehicle>" as the firmware has it. */
  readonly prefix?: string;
  /** The vehicle PIN of the module, digits: locking and unlocking are offered only with it. */
  readonly pin?: string;
  /** What the user calls this car. */
  readonly name: string;
  /** Marks a car that Tentacle simulates. */
  readonly virtual: boolean;
  /** How long the module may take to answer a question, in milliseconds; 4 s by default, for the mobile network. */
  readonly answerMs?: number;
  /** How long the car may take to be seen as asked, in milliseconds; 25 s by default, since it may have to wake up. */
  readonly confirmMs?: number;
  /** Time between two questions whether it is so by now, in milliseconds; 1.5 s by default. */
  readonly pollMs?: number;
  /** How long a module may be silent before it is asked whether it is there; 25 min by default: it tells all every 20. */
  readonly silenceMs?: number;
}

/** Nothing kept by the broker came for so long: there is none. */
const QUIET_MS = 250;

/** One car with an OVMS module (firmware 3), over the MQTT broker that the module reports to ("server v3"). */
export class OvmsTransport implements Transport {
  readonly name = 'ovms';
  readonly #options: OvmsTransportOptions;
  readonly #address: BrokerAddress;
  readonly #topics: ModuleTopics;
  readonly #pin: string | null;
  readonly #id: string;
  readonly #metrics = new MetricStore();
  readonly #list = new DeviceList();
  readonly #link: MqttLink;
  readonly #presence: Presence;
  readonly #mutex = new Mutex();
  readonly #closing = new AbortController();
  /** The module over the connection that stands now. */
  #module: ModuleLink | null = null;
  #problem: Failure | null = null;
  #settle = (): void => {};
  readonly #settled = new Promise<void>((resolve) => {
    this.#settle = resolve;
  });

  /** @throws TentacleError BAD_ADDRESS for a URL, vehicle id or prefix that is none, BAD_PIN. */
  constructor(options: OvmsTransportOptions) {
    this.#options = options;
    this.#address = parseBrokerUrl(options.url);
    const username = options.username ?? this.#address.username;
    const password = options.password ?? this.#address.password;
    const vehicle = checkedVehicle(options.vehicle);
    const prefix = modulePrefix(options.prefix, username, vehicle);
    this.#topics = new ModuleTopics(prefix, `tentacle-${randomBytes(6).toString('hex')}`);
    this.#pin = options.pin === undefined ? null : checkedPin(options.pin);
    this.#id = `ovms:${vehicle}`;
    this.#presence = new Presence({
      name: options.name,
      silenceMs: options.silenceMs ?? 25 * 60_000,
      answerMs: 2 * this.#answerMs,
      onChange: () => this.#show(),
      ask: () => this.#askEverything(),
    });
    const secrets = [...(password === null ? [] : ['password']), ...(this.#pin === null ? [] : ['PIN'])];
    const isOpen = secrets.length > 0 && !this.#address.isEncrypted && !isNearby(this.#address.host);
    this.#list.set({
      id: this.#id,
      kind: 'car',
      name: options.name,
      aliases: options.vehicle === options.name ? [] : [options.vehicle],
      room: null,
      deviceClass: null,
      groups: [],
      transport: this.name,
      address: `${this.#address.host}:${this.#address.port}`,
      state: 'connecting',
      stateReason: 'Connecting to the MQTT broker.',
      virtual: options.virtual,
      functions: [...functionsOffered(this.#pin)],
      details: isOpen
        ? { warning: `The ${secrets.join(' and the ')} travel unencrypted over the internet: use mqtts://.` }
        : {},
    });
    this.#link = new MqttLink({
      address: this.#address,
      username,
      password,
      tls: options.tls ?? {},
      onMessage: (topic, payload, isRetained) => this.#take(topic, payload, isRetained),
      onUp: (session) => this.#greet(session),
      onDown: (failure) => this.#lose(failure),
    });
  }

  /** Starts to look for the car. Resolves when it is found or is known not to be there, or at the timeout. */
  async start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    this.#link.start();
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed(this.#options.name, options.timeoutMs),
    );
    await orAbort(this.#settled, deadline.signal).catch(() => {});
  }

  /** What keeps the car away: a broker that cannot be reached, or does not know us. */
  problems(): readonly Failure[] {
    return this.#problem ? [this.#problem] : [];
  }

  devices(): readonly Device[] {
    return this.#list.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#list.watch(listener);
  }

  invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const own = ovmsFunctions.get(invocation.function);
    // What is under way ends with the transport.
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    return carryOut(
      this.#list.get(deviceId),
      invocation,
      { ...options, signal },
      // One at a time: a module runs one command after the other, and reports nothing meanwhile.
      own && ((call) => this.#mutex.run(() => own(call, this.#car()), call.signal)),
    );
  }

  /** A car has no people. */
  async findContacts(deviceId: string): Promise<Result<readonly Contact[], Failure>> {
    return this.#list.get(deviceId) ? ok([]) : err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    this.#presence[Symbol.dispose]();
    this.#list.close();
    await this.#module?.leave().catch(() => {});
    await this.#link[Symbol.asyncDispose]();
    this.#settle();
  }

  get #answerMs(): number {
    return this.#options.answerMs ?? 4_000;
  }

  #car(): OvmsCar {
    const { name, confirmMs = 25_000, pollMs = 1_500 } = this.#options;
    if (!this.#module) throw new TentacleError(this.#problem ?? notThere(name));
    return { name, module: this.#module, pin: this.#pin, confirmMs, pollMs };
  }

  /** A connection to the broker stands: what it keeps is read, and a module that is there is asked. */
  async #greet(session: MqttSession): Promise<void> {
    const { signal } = this.#closing;
    this.#metrics.forget();
    this.#module = new ModuleLink({
      name: this.#options.name,
      session,
      topics: this.#topics,
      metrics: this.#metrics,
      pin: this.#pin,
      answerMs: this.#answerMs,
    });
    await session.subscribe(this.#topics.followed, signal, 0);
    const within = AbortSignal.any([signal, session.lost]);
    for (let waited = 0; waited < QUIET_MS && this.#metrics.text(CONNECTED) === null; waited += QUIET_MS / 10) {
      await pause(QUIET_MS / 10, within);
    }
    this.#problem = null;
    this.#presence.brokerReached(this.#metrics.flag(CONNECTED) === true);
  }

  #lose(failure: Failure): void {
    this.#problem = failure;
    this.#module = null;
    this.#presence.brokerLost(failure);
  }

  #take(topic: string, payload: Buffer, isRetained: boolean): void {
    const responseId = this.#topics.responseId(topic);
    // A response that the broker kept answers nobody.
    if (responseId !== null && !isRetained) this.#module?.takeResponse(responseId, payload);
    const name = this.#topics.metricOf(topic);
    if (name === null) return;
    this.#metrics.take(name, payload.toString('utf8'), isRetained);
    const isPresent = this.#metrics.flag(CONNECTED) === true;
    if (name === CONNECTED) this.#module?.setPresent(isPresent);
    if (!isRetained) this.#presence.heard(isPresent);
  }

  async #askEverything(): Promise<void> {
    await this.#module?.wake();
    await this.#module?.ask(METRICS);
  }

  #show(): void {
    const known = this.#list.get(this.#id);
    if (!known || this.#closing.signal.aborted) return;
    const { state, reason } = this.#presence;
    const { warning } = known.details;
    const facts = {
      ...(warning === undefined ? {} : { warning }),
      ...this.#detail('model', 'v.type'),
      ...this.#detail('firmware', 'm.version'),
    };
    const shown: Device = { ...known, state, stateReason: reason, details: facts };
    if (JSON.stringify(shown) !== JSON.stringify(known)) this.#list.set(shown);
    if (state !== 'connecting') this.#settle();
  }

  #detail(label: string, name: 'v.type' | 'm.version'): Record<string, string> {
    const words = peerWords(this.#metrics.text(name) ?? '', 60);
    return words === '' ? {} : { [label]: words };
  }
}

const notThere = (name: string): Failure => ({
  code: 'LINK_LOST',
  fault: 'link',
  message: `${name} cannot be reached.`,
  next: 'Look whether its broker runs; Tentacle reconnects by itself.',
});
