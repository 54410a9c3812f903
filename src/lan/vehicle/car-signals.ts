import { PLACE_NAMES, PLACES, type PlaceName, pathsAt, type Seating, seatingOf } from './seating.js';
import type { Signal } from './signal.js';
import type { Scalar } from './signal-value.js';
import { type Alias, CAR_ALIASES, type CarSignalName, PLACE_ALIASES, type PlaceSignalName } from './vss-aliases.js';

/** What a car has of our signals, whatever release of VSS it speaks. */
export class CarSignals {
  readonly #signals: ReadonlyMap<string, Signal>;
  readonly seating: Seating;

  /**
   * @param signals all signals of the car by path, from its live metadata.
   * @param driverPosition the value of `Vehicle.Cabin.DriverPosition`, or null.
   */
  constructor(signals: ReadonlyMap<string, Signal>, driverPosition: Scalar | null) {
    this.#signals = signals;
    this.seating = seatingOf(driverPosition);
  }

  /** The car's signal of this name, or undefined where it has none that is of use. */
  get(name: CarSignalName): Signal | undefined {
    const alias = CAR_ALIASES[name];
    return this.#first(alias, alias.paths);
  }

  /** The car's signal of this name at this place. */
  at(name: PlaceSignalName, place: PlaceName): Signal | undefined {
    const alias = PLACE_ALIASES[name];
    const paths = alias.paths.flatMap((template) => pathsAt(template, PLACES[place], this.seating));
    return this.#first(alias, paths);
  }

  /** Those of these places where the car has such a signal, with it. */
  all(
    name: PlaceSignalName,
    places: readonly PlaceName[] = PLACE_NAMES,
  ): readonly { readonly place: PlaceName; readonly signal: Signal }[] {
    return places.flatMap((place) => {
      const signal = this.at(name, place);
      return signal ? [{ place, signal }] : [];
    });
  }

  #first(alias: Alias, paths: readonly string[]): Signal | undefined {
    for (const path of paths) {
      const signal = this.#signals.get(path);
      if (signal?.kind === alias.kind && (alias.access === 'read' || signal.isActuator)) return signal;
    }
    return undefined;
  }
}
