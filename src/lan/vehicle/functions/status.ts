import { z } from 'zod';
import { failed, readBack, refusedByDevice, untrusted } from '../../../core/outcomes.js';
import { unitWord, withUnit } from '../acceptable.js';
import { argumentsOf, type CarFunction, pathsOf } from '../car-function.js';
import type { CarSignals } from '../car-signals.js';
import { PLACE_NAMES, PLACES, type PlaceName, type Seating } from '../seating.js';
import type { Signal } from '../signal.js';
import type { Scalar } from '../signal-value.js';
import type { CarSignalName, PlaceSignalName } from '../vss-aliases.js';

const ITEMS = ['battery', 'range', 'tire_pressure', 'doors', 'odometer'] as const;
type Item = (typeof ITEMS)[number];

const CAR_SIGNALS: Record<Item, readonly CarSignalName[]> = {
  battery: ['chargeShown', 'chargeOfCells', 'isCharging'],
  range: ['range', 'batteryRange', 'fuelRange', 'fuelLevel'],
  tire_pressure: [],
  doors: ['trunkState'],
  odometer: ['odometer'],
};
const PLACE_SIGNALS: Record<Item, readonly PlaceSignalName[]> = {
  battery: [],
  range: [],
  tire_pressure: ['tirePressure'],
  doors: ['doorLocked', 'doorOpen', 'windowPosition'],
  odometer: [],
};

const signalsFor = (signals: CarSignals, item: Item): readonly Signal[] => [
  ...CAR_SIGNALS[item].flatMap((name) => signals.get(name) ?? []),
  ...PLACE_SIGNALS[item].flatMap((name) => signals.all(name).map(({ signal }) => signal)),
];

/** What a car says of itself, in a person's words and units. What it has no value for is left out, never made up. */
export const getVehicleStatus: CarFunction = {
  isOffered: (signals) => ITEMS.some((item) => signalsFor(signals, item).length > 0),
  run: async (call, car) => {
    const { item } = argumentsOf(call, { item: z.enum([...ITEMS, 'all']) });
    const items = item === 'all' ? ITEMS : [item];
    const wanted = items.flatMap((one) => signalsFor(car.signals, one));
    const words = item.replace('_', ' ');
    if (wanted.length === 0) return refusedByDevice(`${car.name} has no signal for its ${words}.`);
    const reading = new Reading(car.signals, await car.client.getReadable(pathsOf(wanted), call.signal));
    const said = items.flatMap((one) => SENTENCES[one](reading) ?? []);
    if (said.length === 0) {
      const message = `${car.name} does not tell its ${item === 'all' ? 'state' : words} right now.`;
      return failed('NO_VALUE', message, 'Switch the car on, or wake it, and try again.');
    }
    const text = said.join('; ');
    return readBack(text, { data: untrusted(text, text, 'device') });
  },
};

/** The values of one moment, by our names for the signals. */
class Reading {
  readonly #signals: CarSignals;
  readonly #values: ReadonlyMap<string, Scalar | null>;

  constructor(signals: CarSignals, values: ReadonlyMap<string, Scalar | null>) {
    this.#signals = signals;
    this.#values = values;
  }

  get seating(): Seating {
    return this.#signals.seating;
  }

  value(name: CarSignalName): Scalar | null {
    return this.#of(this.#signals.get(name));
  }

  at(name: PlaceSignalName, place: PlaceName): Scalar | null {
    return this.#of(this.#signals.at(name, place));
  }

  /** A length in kilometres, whatever unit the car counts in; null where it has none or an unknown unit. */
  kilometres(name: CarSignalName): number | null {
    const signal = this.#signals.get(name);
    const value = this.#of(signal);
    if (typeof value !== 'number') return null;
    const unit = signal ? unitWord(signal.unit) : '';
    if (unit === 'km') return Math.round(value);
    return unit === 'm' ? Math.round(value / 1_000) : null;
  }

  /** A pressure in bar. */
  bar(place: PlaceName): number | null {
    const signal = this.#signals.at('tirePressure', place);
    const value = this.#of(signal);
    if (typeof value !== 'number') return null;
    const unit = signal?.unit.toLowerCase();
    if (unit === 'kpa') return value / 100;
    return unit === 'bar' ? value : null;
  }

  #of(signal: Signal | undefined): Scalar | null {
    return signal ? (this.#values.get(signal.path) ?? null) : null;
  }
}

/** The sentence for each item, or null where the car told nothing of it. */
const SENTENCES: Record<Item, (reading: Reading) => string | null> = {
  battery: (reading) => {
    const charge = reading.value('chargeShown') ?? reading.value('chargeOfCells');
    if (typeof charge !== 'number') return null;
    const isCharging = reading.value('isCharging');
    return `battery ${withUnit(charge, 'percent')}${isCharging === true ? ', charging' : ''}`;
  },
  range: (reading) => {
    const range = reading.kilometres('range') ?? reading.kilometres('batteryRange') ?? reading.kilometres('fuelRange');
    const fuel = reading.value('fuelLevel');
    const parts = [
      ...(range === null ? [] : [`range ${range} km`]),
      ...(typeof fuel === 'number' ? [`fuel ${withUnit(fuel, 'percent')}`] : []),
    ];
    return parts.length > 0 ? parts.join(', ') : null;
  },
  tire_pressure: (reading) => {
    const tires = PLACE_NAMES.flatMap((place) => {
      const bar = reading.bar(place);
      return bar === null ? [] : [`${wheelName(place, reading.seating)} ${bar.toFixed(1)} bar`];
    });
    return tires.length > 0 ? `tyres: ${tires.join(', ')}` : null;
  },
  doors: (reading) => {
    const opened = openParts(reading);
    const locks = PLACE_NAMES.map((place) => reading.at('doorLocked', place)).filter((value) => value !== null);
    const isDoorKnown = PLACE_NAMES.some((place) => reading.at('doorOpen', place) !== null);
    const unlocked = locks.filter((value) => value === false).length;
    const lockWords = unlocked === 0 ? 'locked' : unlocked === locks.length ? 'unlocked' : `${unlocked} doors unlocked`;
    const parts = [
      ...(opened.length > 0 ? [`open: ${opened.join(', ')}`] : isDoorKnown ? ['doors shut'] : []),
      ...(locks.length > 0 ? [lockWords] : []),
    ];
    return parts.length > 0 ? parts.join(', ') : null;
  },
  odometer: (reading) => {
    const distance = reading.kilometres('odometer');
    return distance === null ? null : `odometer ${distance} km`;
  },
};

function openParts(reading: Reading): readonly string[] {
  const parts = PLACE_NAMES.flatMap((place) => {
    const window = reading.at('windowPosition', place);
    const name = wheelName(place, reading.seating);
    return [
      ...(reading.at('doorOpen', place) === true ? [`${name} door`] : []),
      ...(typeof window === 'number' && window > 0 ? [`${name} window ${withUnit(window, 'percent')}`] : []),
    ];
  });
  return reading.value('trunkState') === true ? [...parts, 'boot'] : parts;
}

function wheelName(place: PlaceName, { driverOnRight }: Seating): string {
  const { row, side } = PLACES[place];
  return `${row === 1 ? 'front' : 'rear'} ${(side === 'driver') === driverOnRight ? 'right' : 'left'}`;
}
