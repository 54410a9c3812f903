import type { Scalar } from '../vss/signal.js';
import type { CarBus, Part } from './part.js';

const HORN = 'Vehicle.Body.Horn.IsActive';

/** A horn falls silent by itself: nobody has to be there to end it. */
export class Horn implements Part {
  readonly #bus: CarBus;
  readonly #soundsMs: number;
  #cancel: () => void = () => {};

  constructor(bus: CarBus, soundsMs: number) {
    this.#bus = bus;
    this.#soundsMs = soundsMs;
  }

  changed(path: string, value: Scalar | null): void {
    if (path !== HORN) return;
    this.#cancel();
    if (value === true) this.#cancel = this.#bus.after(this.#soundsMs, () => this.#bus.publish({ [HORN]: false }));
  }
}
