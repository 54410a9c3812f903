import { type CarBus, numberAt } from './part.js';

/** Moves positions step by step, so that who watches sees them on their way. */
export class Motions {
  readonly #bus: CarBus;
  readonly #stepMs: number;
  readonly #running = new Map<string, () => void>();

  constructor(bus: CarBus, stepMs: number) {
    this.#bus = bus;
    this.#stepMs = stepMs;
  }

  /** Starts at once; an earlier motion of the same thing ends where it is. */
  move(path: string, target: number, stepSize: number, arrived: () => void = () => {}): void {
    this.stop(path);
    if (this.#step(path, target, stepSize)) {
      arrived();
      return;
    }
    const end = this.#bus.every(this.#stepMs, () => {
      if (!this.#step(path, target, stepSize)) return;
      this.stop(path);
      arrived();
    });
    this.#running.set(path, end);
  }

  stop(path: string): void {
    this.#running.get(path)?.();
    this.#running.delete(path);
  }

  /** Returns whether it has arrived. */
  #step(path: string, target: number, stepSize: number): boolean {
    const now = numberAt(this.#bus, path);
    const left = target - now;
    const next = Math.abs(left) <= stepSize ? target : now + Math.sign(left) * stepSize;
    this.#bus.publish({ [path]: next });
    return next === target;
  }
}
