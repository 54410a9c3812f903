import type { Scalar } from '../vss/signal.js';
import { type CarBus, numberAt, type Part } from './part.js';

const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const START_STOP = `${BATTERY}.Charging.StartStopCharging`;
const IS_CHARGING = `${BATTERY}.Charging.IsCharging`;
const LIMIT = `${BATTERY}.Charging.ChargeLimit`;
const CABLE = `${BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected`;
const CHARGE = `${BATTERY}.StateOfCharge.Current`;

/** A battery of 80 kWh at a charger of 58 kW. */
const PERCENT_PER_SECOND = 0.02;
const METRES_PER_PERCENT = 4_000;

/** Charging: only with the cable in, up to the limit, slowly; what is shown and the range follow the charge. */
export class Battery implements Part {
  readonly #bus: CarBus;

  constructor(bus: CarBus) {
    this.#bus = bus;
  }

  take(path: string, value: Scalar): boolean {
    if (path !== START_STOP) return false;
    // Without the cable the car takes the command and does nothing: the databroker knows no way to refuse.
    if (value === 'START' && this.#bus.get(CABLE) === true) this.#charge(true);
    else this.#charge(false);
    return true;
  }

  changed(path: string, value: Scalar | null): void {
    if (path === CABLE && value === false && this.#bus.get(START_STOP) === 'START') this.#charge(false);
    if (path !== CHARGE || typeof value !== 'number') return;
    const range = Math.round(value * METRES_PER_PERCENT);
    this.#bus.publish({
      [`${BATTERY}.StateOfCharge.Displayed`]: value,
      [`${BATTERY}.Range`]: range,
      'Vehicle.Powertrain.Range': range,
    });
  }

  passed(seconds: number): void {
    if (this.#bus.get(START_STOP) !== 'START') return;
    const isFull = this.#isFull();
    if (this.#bus.get(IS_CHARGING) === isFull) this.#bus.publish({ [IS_CHARGING]: !isFull });
    if (isFull) return;
    const charge = numberAt(this.#bus, CHARGE) + PERCENT_PER_SECOND * seconds;
    this.#bus.publish({ [CHARGE]: Math.min(charge, numberAt(this.#bus, LIMIT)) });
  }

  #charge(isWished: boolean): void {
    this.#bus.publish({ [START_STOP]: isWished ? 'START' : 'STOP', [IS_CHARGING]: isWished && !this.#isFull() });
  }

  readonly #isFull = (): boolean => numberAt(this.#bus, CHARGE) >= numberAt(this.#bus, LIMIT);
}
