import type { Scalar } from '../vss/signal.js';
import { type CarBus, numberAt, type Part } from './part.js';

const SPEED = 'Vehicle.Speed';
const ODOMETER = 'Vehicle.TraveledDistance';
const CHARGE = 'Vehicle.Powertrain.TractionBattery.StateOfCharge.Current';
const PERCENT_PER_METRE = 1 / 4_000;

/** Driving, at the speed that is set: the way adds up and costs charge. */
export class Drive implements Part {
  readonly #bus: CarBus;
  /** Less than a metre, not yet on the odometer. */
  #rest = 0;

  constructor(bus: CarBus) {
    this.#bus = bus;
  }

  changed(path: string, value: Scalar | null): void {
    if (path === SPEED && typeof value === 'number') this.#bus.publish({ 'Vehicle.IsMoving': value !== 0 });
  }

  passed(seconds: number): void {
    const speed = Math.abs(numberAt(this.#bus, SPEED));
    if (speed === 0) return;
    const way = this.#rest + (speed / 3.6) * seconds;
    const metres = Math.floor(way);
    this.#rest = way - metres;
    if (metres === 0) return;
    this.#bus.publish({
      [ODOMETER]: numberAt(this.#bus, ODOMETER) + metres,
      [CHARGE]: Math.max(0, numberAt(this.#bus, CHARGE) - metres * PERCENT_PER_METRE),
    });
  }
}
