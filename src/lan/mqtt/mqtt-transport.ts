import { Deadline, orAbort, pause } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import { Mutex } from '../../core/mutex.js';
import type { Outcome } from '../../core/outcome.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, type Result } from '../../core/result.js';
import { carryOut, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import { type BrokerAddress, isNearby, parseBrokerUrl } from './broker-address.js';
import { gone } from './confirm.js';
import { MAX_ANNOUNCEMENT } from './discovery.js';
import { EntityRegistry } from './entity-registry.js';
import { functionsOfThing } from './functions/home-functions.js';
import type { Broker, HomeRun } from './home-call.js';
import { deviceOf, type LinkState } from './home-device.js';
import { MqttLink } from './mqtt-link.js';
import type { MqttSession, TlsFiles } from './mqtt-session.js';
import type { Thing } from './thing.js';
import { thingsOf } from './things.js';
import { TopicStates } from './topic-states.js';

export interface MqttTransportOptions {
  /** mqtt://host[:1883] or mqtts://host[:8883]; a user name and password in it count where none are given beside it. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  readonly tls?: TlsFiles;
  /** What the user calls this home: "Home", "Virtual home". */
  readonly name: string;
  readonly virtual: boolean;
  /** Where devices announce themselves; "homeassistant" by custom. */
  readonly discoveryPrefix?: string;
  /** How long a device may stay silent after a command, in milliseconds; 8 s by default. */
  readonly patienceMs?: number;
  /** How long another state than the asked one must stand before it counts as the answer, in milliseconds; 2 s by default. */
  readonly settleMs?: number;
}

const PATIENCE_MS = 8_000;
const SETTLE_MS = 2_000;
/** Nothing new for so long: what the broker kept has been read. */
const QUIET_MS = 250;
/** Changes within this time are shown as one. */
const REFRESH_MS = 15;

interface Known {
  readonly thing: Thing;
  readonly functions: ReadonlyMap<string, HomeRun>;
  readonly mutex: Mutex;
}

/** Homes whose devices speak MQTT and announce themselves as Home Assistant's discovery has it. */
export class MqttTransport implements Transport {
  readonly name = 'mqtt';
  readonly #options: MqttTransportOptions;
  readonly #address: BrokerAddress;
  readonly #prefix: string;
  readonly #registry: EntityRegistry;
  readonly #states = new TopicStates();
  readonly #list = new DeviceList();
  readonly #link: MqttLink;
  readonly #closing = new AbortController();
  readonly #subscribed = new Set<string>();
  readonly #mutexes = new Map<string, Mutex>();
  readonly #warning: string | null;
  #known: ReadonlyMap<string, Known> = new Map();
  #linkState: LinkState | null = { state: 'connecting', reason: 'Connecting to the MQTT broker.' };
  #problem: Failure | null = null;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #haveThingsChanged = false;
  #subscribing = Promise.resolve();
  #lastNews = 0;
  #settled = false;

  /** @throws TentacleError BAD_ADDRESS for a URL that is none of a broker, or a discovery prefix with wildcards. */
  constructor(options: MqttTransportOptions) {
    this.#options = options;
    this.#address = parseBrokerUrl(options.url);
    this.#prefix = checkedPrefix(options.discoveryPrefix ?? 'homeassistant');
    this.#registry = new EntityRegistry(this.#prefix);
    const username = options.username ?? this.#address.username;
    const password = options.password ?? this.#address.password;
    const isOpen = password !== null && !this.#address.isEncrypted && !isNearby(this.#address.host);
    this.#warning = isOpen ? 'The password of the broker travels unencrypted over the internet: use mqtts://.' : null;
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

  /**
   * Connects, and resolves once the announcements that the broker kept have been read, or when the first try has failed, or
   * at the timeout; the looking goes on.
   */
  async start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void> {
    this.#link.start();
    using deadline = new Deadline(options.signal, options.timeoutMs, () =>
      deadlinePassed('The MQTT broker', options.timeoutMs),
    );
    const { signal } = deadline;
    try {
      while (!this.#settled) await pause(QUIET_MS / 10, AbortSignal.any([signal, this.#closing.signal]));
    } catch {
      // What is known by now is known; the link keeps trying.
    }
    this.#refresh();
  }

  /** What keeps devices away: a broker that cannot be reached, announcements that cannot be read. */
  problems(): readonly Failure[] {
    return [...(this.#problem ? [this.#problem] : []), ...this.#registry.problems()];
  }

  devices(): readonly Device[] {
    return this.#list.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#list.watch(listener);
  }

  async invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const known = this.#known.get(deviceId);
    const run = known?.functions.get(invocation.function);
    // What was heard a moment ago counts now.
    this.#refresh();
    return carryOut(
      this.#list.get(deviceId),
      invocation,
      options,
      known &&
        run &&
        ((call) =>
          known.mutex.run(() => run({ call, thing: known.thing, broker: this.#broker(known.thing) }), call.signal)),
    );
  }

  async findContacts(): Promise<Result<readonly Contact[], Failure>> {
    return err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    clearTimeout(this.#refreshTimer);
    this.#list.close();
    await this.#link[Symbol.asyncDispose]();
    await this.#subscribing;
  }

  /** The broker for one call: bound to the connection that stands now. */
  #broker(thing: Thing): Broker {
    const session = this.#link.session;
    return {
      states: this.#states,
      patienceMs: this.#options.patienceMs ?? PATIENCE_MS,
      settleMs: this.#options.settleMs ?? SETTLE_MS,
      lost: session?.lost ?? AbortSignal.abort(gone(thing)),
      send: async (messages, options) => {
        if (!session) throw gone(thing);
        for (const { topic } of messages) {
          if (isAnnouncement(this.#prefix, topic)) throw announces(thing);
        }
        // At once, and in order: one connection keeps it.
        const sent = await Promise.allSettled(messages.map((message) => session.publish(message, options)));
        for (const result of sent) if (result.status === 'rejected') throw result.reason;
      },
    };
  }

  /** A connection stands: what the broker keeps is read from the start. */
  async #greet(session: MqttSession): Promise<void> {
    this.#subscribed.clear();
    const { signal } = this.#closing;
    // "device/<id>/config" is among the first.
    await session.subscribe([`${this.#prefix}/+/+/config`, `${this.#prefix}/+/+/+/config`], signal);
    this.#lastNews = performance.now();
    await this.#followTopics();
    while (performance.now() - this.#lastNews < QUIET_MS) {
      await orAbort(this.#subscribing, AbortSignal.any([signal, session.lost]));
      await pause(QUIET_MS / 10, AbortSignal.any([signal, session.lost]));
    }
    this.#linkState = null;
    this.#problem = null;
    this.#refresh();
    this.#settled = true;
  }

  #lose(failure: Failure): void {
    this.#problem = failure;
    const state = failure.code === 'UNAUTHORIZED' ? 'unauthorized' : 'offline';
    this.#linkState = { state, reason: `${failure.message} ${failure.next}` };
    this.#subscribed.clear();
    this.#states.forgetMessages();
    for (const part of this.#registry.parts()) part.forgetAvailability();
    this.#settled = true;
    this.#refresh();
  }

  #take(topic: string, payload: Buffer, isRetained: boolean): void {
    if (this.#states.deliver(topic, payload, isRetained)) {
      if (isRetained) this.#lastNews = performance.now();
      this.#scheduleRefresh();
    }
    if (!isAnnouncement(this.#prefix, topic)) return;
    this.#lastNews = performance.now();
    // One byte more than is read marks it as too long.
    const change = this.#registry.take(topic, payload.subarray(0, MAX_ANNOUNCEMENT + 1).toString('utf8'));
    if (!change) return;
    for (const part of change.added) for (const reading of part.allReadings()) this.#states.add(reading);
    for (const part of change.removed) for (const reading of part.allReadings()) this.#states.delete(reading);
    this.#haveThingsChanged = true;
    this.#scheduleRefresh();
  }

  #scheduleRefresh(): void {
    this.#refreshTimer ??= setTimeout(() => this.#refresh(), REFRESH_MS);
  }

  #refresh(): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = undefined;
    if (this.#closing.signal.aborted) return;
    if (this.#haveThingsChanged) {
      this.#haveThingsChanged = false;
      this.#known = this.#group();
      void this.#followTopics();
    }
    const devices = [...this.#known.values()].map(({ thing, functions }) =>
      deviceOf(thing, {
        address: `${this.#address.host}:${this.#address.port}`,
        broker: this.#options.name,
        virtual: this.#options.virtual,
        functions: [...functions.keys()],
        link: this.#linkState,
        warning: this.#warning,
      }),
    );
    if (JSON.stringify(devices) !== JSON.stringify(this.#list.all())) this.#list.replace(devices);
  }

  #group(): ReadonlyMap<string, Known> {
    const id = this.#options.name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
    const known = new Map<string, Known>();
    for (const thing of thingsOf(this.#registry.parts(), { id, name: this.#options.name })) {
      const mutex = this.#mutexes.get(thing.id) ?? new Mutex();
      this.#mutexes.set(thing.id, mutex);
      known.set(thing.id, { thing, functions: functionsOfThing(thing), mutex });
    }
    for (const old of this.#mutexes.keys()) if (!known.has(old)) this.#mutexes.delete(old);
    return known;
  }

  /** Subscribes to what is read and leaves what is not, one after the other. Its failure is the connection's end. */
  #followTopics(): Promise<void> {
    this.#subscribing = this.#subscribing.then(async () => {
      const session = this.#link.session;
      if (!session) return;
      const wanted = this.#states.topics();
      const added = [...wanted].filter((topic) => !this.#subscribed.has(topic));
      const left = [...this.#subscribed].filter((topic) => !wanted.has(topic));
      for (const topic of added) this.#subscribed.add(topic);
      for (const topic of left) this.#subscribed.delete(topic);
      try {
        await session.subscribe(added, this.#closing.signal);
        await session.unsubscribe(left, this.#closing.signal);
      } catch {
        // The connection ended, or the broker forbids a topic: what is not heard is not confirmed.
      }
      if (added.length > 0) this.#lastNews = performance.now();
    });
    return this.#subscribing;
  }
}

function isAnnouncement(prefix: string, topic: string): boolean {
  return topic.startsWith(`${prefix}/`) && topic.endsWith('/config');
}

function checkedPrefix(prefix: string): string {
  if (!/[+#\u0000]/.test(prefix) && prefix.length > 0 && prefix.length <= 200 && !/^\/|\/$/.test(prefix)) return prefix;
  throw new TentacleError({
    code: 'BAD_ADDRESS',
    fault: 'user',
    message: 'This is no discovery prefix.',
    next: 'Write it without + and #, for example homeassistant.',
  });
}

/** A command that would itself announce a device. */
function announces(thing: Thing): TentacleError {
  return new TentacleError({
    code: 'COMMAND_REFUSED',
    fault: 'device',
    message: `${thing.name} wants its commands on a topic where devices are announced.`,
    next: 'Look into this device: it may be meant to mislead.',
  });
}
