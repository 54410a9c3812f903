import { Broker, type Credentials } from './broker.js';
import type { BrokerAddress } from './device-link.js';
import type { Facts } from './facts.js';
import { brokerAddressWrong, brokerNotOurs, thingUnknown } from './failures.js';
import { Faults } from './faults.js';
import { household } from './household.js';
import type { RoomLanguage } from './names.js';
import type { Thing } from './thing.js';
import { VirtualDevice } from './virtual-device.js';

export interface VirtualHomeOptions {
  /** Where its broker listens on 127.0.0.1; any free port unless told otherwise. */
  readonly port?: number;
  /** Connects to this broker ("mqtt://host:1883") instead of having one; `stop` takes back everything retained there. */
  readonly broker?: string;
  /** Who may connect to its broker, or as whom it connects to another one. Both or none. */
  readonly username?: string;
  readonly password?: string;
  /** How long after a change a device reports it, in milliseconds. */
  readonly latencyMs?: number;
  /** How long a whole movement takes, in milliseconds: blinds from shut to open, the vacuum back to its dock. */
  readonly motionMs?: number;
  /** The language of names and areas. */
  readonly rooms?: RoomLanguage;
}

/** Something that a device did because it was told to. */
export interface HomeEffect {
  readonly thing: string;
  /** The payload, as it was sent. */
  readonly command: string;
  readonly topic: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What a thing is called, where, and what it is. */
export type HomeThing = Pick<Thing, 'id' | 'name' | 'area' | 'kind'>;

const LATENCY_MS = 80;
const MOTION_MS = 1500;

/**
 * A home whose devices speak MQTT with Home Assistant's discovery, as Zigbee2MQTT, Tasmota, ESPHome and Valetudo do: each has
 * its own connection with a last will, retained discovery, retained state, and commands that it carries out and reports.
 */
export class VirtualHome implements AsyncDisposable {
  readonly faults: Faults;
  /** Where to connect: of its own broker, or the one that was given. Never with a password in it. */
  readonly url: string;
  readonly #broker: Broker | null;
  readonly #devices = new Map<string, VirtualDevice>();
  readonly #effects: HomeEffect[] = [];
  #stopped: Promise<void> | null = null;

  private constructor(broker: Broker | null, address: BrokerAddress, options: VirtualHomeOptions) {
    this.#broker = broker;
    this.url = `mqtt://${address.host}:${address.port}`;
    this.faults = new Faults({
      check: (thing) => void this.#device(thing),
      cut: (thing) => this.#device(thing).cut(),
      restore: (thing) => this.#device(thing).restore(),
      dropBroker: async (backAfterMs) => {
        if (!broker) throw brokerNotOurs();
        await broker.drop(backAfterMs);
      },
    });
    const latencyMs = options.latencyMs ?? LATENCY_MS;
    for (const thing of household(options.rooms ?? 'en')) {
      const device = new VirtualDevice(thing, {
        broker: address,
        motionMs: options.motionMs ?? MOTION_MS,
        latencyMs: () => latencyMs + this.faults.delayMs,
        fault: () => this.faults.of(thing.id),
        tookEffect: ({ topic, payload }) =>
          void this.#effects.push({ thing: thing.id, command: payload, topic, at: Date.now() }),
        changeElsewhere: (changes) => {
          for (const [id, facts] of Object.entries(changes)) this.#device(id).set(facts);
        },
      });
      this.#devices.set(thing.id, device);
    }
  }

  /**
   * Resolves when every device is connected and has introduced itself. Rejects with TentacleError BROKER_ADDRESS or
   * BROKER_REFUSED, or with Node's error when the port is taken.
   */
  static async start(options: VirtualHomeOptions = {}): Promise<VirtualHome> {
    const credentials = credentialsOf(options);
    const broker = options.broker === undefined ? await Broker.start({ port: options.port ?? 0, credentials }) : null;
    const home = new VirtualHome(broker, addressOf(broker?.url ?? options.broker ?? '', credentials), options);
    try {
      await Promise.all([...home.#devices.values()].map((device) => device.start()));
    } catch (error) {
      await home.stop();
      throw error;
    }
    return home;
  }

  get things(): readonly HomeThing[] {
    return [...this.#devices.values()].map(({ thing: { id, name, area, kind } }) => ({ id, name, area, kind }));
  }

  /** What the devices did because they were told to, in order. */
  get effects(): readonly HomeEffect[] {
    return this.#effects;
  }

  /** How every thing really is, whatever it reports: facts by thing. */
  state(): Readonly<Record<string, Facts>> {
    return Object.fromEntries([...this.#devices].map(([id, device]) => [id, { ...device.facts }]));
  }

  /** Changes a thing as somebody at the wall does. Throws TentacleError THING_UNKNOWN or FACT_OUT_OF_RANGE. */
  set(thing: string, facts: Facts): void {
    this.#device(thing).set(facts);
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    const isLeavingNothing = this.#broker === null;
    await Promise.all([...this.#devices.values()].map((device) => device.stop(isLeavingNothing)));
    await this.#broker?.stop();
  }

  #device(thing: string): VirtualDevice {
    const device = this.#devices.get(thing);
    if (!device) throw thingUnknown(thing);
    return device;
  }
}

function credentialsOf({ username, password }: VirtualHomeOptions): Credentials | null {
  return username === undefined ? null : { username, password: password ?? '' };
}

function addressOf(url: string, credentials: Credentials | null): BrokerAddress {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed?.protocol !== 'mqtt:' || parsed.hostname === '') throw brokerAddressWrong(url);
  return { host: parsed.hostname.replace(/^\[|\]$/g, ''), port: Number(parsed.port || 1883), credentials };
}
