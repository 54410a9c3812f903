import type { SignalStore } from '../signal-store.js';
import type { Timers } from '../timers.js';
import type { Scalar } from '../vss/signal.js';
import { checkValue } from '../vss/wire-value.js';
import { Battery } from './battery.js';
import { Drive } from './drive.js';
import { Horn } from './horn.js';
import { Lights } from './lights.js';
import { Motions } from './motions.js';
import { Opening } from './opening.js';
import type { CarBus, Part } from './part.js';
import { Seat } from './seat.js';

export interface Target {
  readonly path: string;
  readonly value: Scalar;
}

/** A command that the car carried out. */
export interface CarEffect extends Target {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The caller's `idempotency-key` header, where it sent one. */
  readonly key?: string;
}

export interface CarBodyOptions {
  /** How long until a target is taken up, in milliseconds; for one command. */
  readonly latencyMs: (target: Target) => number;
  /** Time between two steps of what moves, in milliseconds. */
  readonly stepMs: number;
  readonly hornMs: number;
  /** How much faster than ours the car's time runs, for charging and driving. */
  readonly pace: number;
  /** Whether a command is swallowed. */
  readonly isIgnored: (path: string) => boolean;
}

const TICK_MS = 200;
const PLACES = ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'];

/** The car behind the databroker: carries targets out and tells the actual values. A provider, in Kuksa's words. */
export class CarBody {
  readonly effects: CarEffect[] = [];
  readonly #store: SignalStore;
  readonly #timers: Timers;
  readonly #options: CarBodyOptions;
  readonly #parts: readonly Part[];

  constructor(store: SignalStore, timers: Timers, options: CarBodyOptions) {
    this.#store = store;
    this.#timers = timers;
    this.#options = options;
    const bus: CarBus = {
      get: (path) => store.get(path).value,
      has: (path) => store.byPath(path) !== undefined,
      publish: (values) => this.publish(new Map(Object.entries(values))),
      after: (ms, run) => timers.after(ms, run),
      every: (ms, run) => timers.every(ms, run),
    };
    const motions = new Motions(bus, options.stepMs);
    this.#parts = [
      ...PLACES.map((place) => new Opening(bus, motions, `Vehicle.Cabin.Door.${place}.Window`)),
      ...PLACES.map((place) => new Seat(motions, `Vehicle.Cabin.Seat.${place}`)),
      new Opening(bus, motions, 'Vehicle.Cabin.Sunroof'),
      new Opening(bus, motions, 'Vehicle.Body.Trunk.Rear'),
      new Lights(bus),
      new Horn(bus, options.hornMs),
      new Battery(bus),
      new Drive(bus),
    ];
    timers.every(TICK_MS, () => {
      for (const part of this.#parts) part.passed?.((TICK_MS / 1_000) * options.pace);
    });
  }

  /** Carries out what one call asked for: all of it at the same moment, later. */
  carryOut(targets: readonly Target[], key: string | undefined): void {
    const heeded = targets.filter(({ path }) => !this.#options.isIgnored(path));
    if (heeded.length === 0) return;
    const latency = Math.max(...heeded.map((target) => this.#options.latencyMs(target)));
    this.#timers.after(latency, () => this.#become(heeded, key));
  }

  /** Makes these the actual values; what hangs on them follows. Values are of the right type and range. */
  publish(values: ReadonlyMap<string, Scalar | null>): void {
    const kept = new Map<string, Scalar | null>();
    for (const [path, value] of values) kept.set(path, this.#asKept(path, value));
    this.#store.publish(kept);
    for (const [path, value] of kept) for (const part of this.#parts) part.changed?.(path, value);
  }

  #become(targets: readonly Target[], key: string | undefined): void {
    const at = Date.now();
    const plain = new Map<string, Scalar>();
    for (const { path, value } of targets) {
      this.effects.push({ path, value, at, ...(key === undefined ? {} : { key }) });
      if (!this.#parts.some((part) => part.take?.(path, value))) plain.set(path, value);
    }
    if (plain.size > 0) this.publish(plain);
  }

  /** 32-bit numbers as 32 bits hold them. */
  #asKept(path: string, value: Scalar | null): Scalar | null {
    const signal = this.#store.byPath(path);
    if (!signal || value === null) return value;
    const checked = checkValue(signal, value);
    return checked.ok ? checked.value : value;
  }
}
