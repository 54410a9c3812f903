import type { Scalar } from '../vss/signal.js';
import type { CarBus, Part } from './part.js';

const SWITCH = 'Vehicle.Body.Lights.LightSwitch';
const HIGH_SWITCH = 'Vehicle.Body.Lights.IsHighBeamSwitchOn';
const LOW = 'Vehicle.Body.Lights.Beam.Low.IsOn';
const HIGH = 'Vehicle.Body.Lights.Beam.High.IsOn';
const HAZARD = 'Vehicle.Body.Lights.Hazard.IsSignaling';
const indicator = (side: string): string => `Vehicle.Body.Lights.DirectionIndicator.${side}.IsSignaling`;

/** Lamps follow their switches. It is day where this car stands: AUTO lights no beam. */
export class Lights implements Part {
  readonly #bus: CarBus;

  constructor(bus: CarBus) {
    this.#bus = bus;
  }

  changed(path: string, value: Scalar | null): void {
    if (path === HAZARD && typeof value === 'boolean') {
      this.#bus.publish({ [indicator('Left')]: value, [indicator('Right')]: value });
    } else if (path === SWITCH && value !== 'BEAM') {
      this.#bus.publish({ [LOW]: false, [HIGH]: false });
    } else if (path === SWITCH) {
      const isHigh = this.#bus.get(HIGH_SWITCH) === true;
      this.#bus.publish({ [LOW]: true, ...(isHigh ? { [HIGH]: true } : {}) });
    } else if (path === HIGH_SWITCH) {
      this.#bus.publish({ [HIGH]: value === true && this.#bus.get(SWITCH) === 'BEAM' });
    }
  }
}
