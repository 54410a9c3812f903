import type { Scalar } from '../vss/signal.js';
import type { Motions } from './motions.js';
import type { Part } from './part.js';

const STEP_MM = 10;

/** A seat moves in steps, and no further than its rails: VSS has no upper limit for it, so the databroker lets more through. */
export class Seat implements Part {
  readonly #motions: Motions;
  /** How far each of its ways goes, in millimetres. */
  readonly #rails: Readonly<Record<string, number>>;

  constructor(motions: Motions, path: string) {
    this.#motions = motions;
    this.#rails = { [`${path}.Position`]: 260, [`${path}.Height`]: 80 };
  }

  take(path: string, value: Scalar): boolean {
    const end = this.#rails[path];
    if (end === undefined || typeof value !== 'number') return false;
    this.#motions.move(path, Math.min(value, end), STEP_MM);
    return true;
  }
}
