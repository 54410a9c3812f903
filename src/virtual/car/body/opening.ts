import type { Scalar } from '../vss/signal.js';
import type { Motions } from './motions.js';
import { type CarBus, numberAt, type Part } from './part.js';

const STEP = 25;

/** Where a switch sends the thing; `TILT_*` are the sunroof's. INACTIVE stops it where it is. */
const SWITCH_TARGETS: Readonly<Record<string, number>> = {
  OPEN: 100,
  ONE_SHOT_OPEN: 100,
  CLOSE: 0,
  ONE_SHOT_CLOSE: 0,
  TILT_UP: -100,
  TILT_DOWN: 0,
};

/**
 * A window, the sunroof, the trunk: position, switch and "is open" are three views of one thing, which takes its time. A
 * sunroof's position is a sensor: only its switch moves it.
 */
export class Opening implements Part {
  readonly #bus: CarBus;
  readonly #motions: Motions;
  readonly #position: string;
  readonly #isOpen: string;
  readonly #switch: string;
  readonly #lock: string;

  constructor(bus: CarBus, motions: Motions, path: string) {
    this.#bus = bus;
    this.#motions = motions;
    this.#position = `${path}.Position`;
    this.#isOpen = `${path}.IsOpen`;
    this.#switch = `${path}.Switch`;
    this.#lock = `${path}.IsLocked`;
  }

  take(path: string, value: Scalar): boolean {
    if (path === this.#position && typeof value === 'number') this.#move(value);
    else if (path === this.#isOpen) this.#move(value === true ? 100 : 0);
    else if (path === this.#switch && typeof value === 'string') this.#push(value);
    else return false;
    return true;
  }

  changed(path: string, value: Scalar | null): void {
    if (path !== this.#position || typeof value !== 'number' || !this.#bus.has(this.#isOpen)) return;
    const isOpen = value !== 0;
    if (this.#bus.get(this.#isOpen) !== isOpen) this.#bus.publish({ [this.#isOpen]: isOpen });
  }

  #push(to: string): void {
    this.#bus.publish({ [this.#switch]: to });
    const target = SWITCH_TARGETS[to];
    if (target === undefined) this.#motions.stop(this.#position);
    else if (to.startsWith('ONE_SHOT')) this.#move(target, () => this.#bus.publish({ [this.#switch]: 'INACTIVE' }));
    else this.#move(target);
  }

  #move(target: number, arrived?: () => void): void {
    // What opens is no longer locked.
    if (target !== 0 && this.#bus.get(this.#lock) === true) this.#bus.publish({ [this.#lock]: false });
    this.#motions.move(this.#position, target, STEP, () => {
      // Told also when it was so before: that is the answer to who asked for it.
      if (this.#bus.has(this.#isOpen)) this.#bus.publish({ [this.#isOpen]: numberAt(this.#bus, this.#position) !== 0 });
      arrived?.();
    });
  }
}
