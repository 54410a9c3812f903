import type { Outcome } from '../../../core/outcome.js';
import type { LanCall } from '../../lan-call.js';
import type { ModuleLink } from './module-link.js';

/** A car whose module is reached, while one call is carried out on it. */
export interface OvmsCar {
  /** Its name, for sentences. */
  readonly name: string;
  readonly module: ModuleLink;
  readonly pin: string | null;
  /** How long the car may take to be seen as asked after it took the command, in milliseconds. */
  readonly confirmMs: number;
  /** Time between two questions whether it is so by now, in milliseconds. */
  readonly pollMs: number;
}

/** Carries out one function of the catalogue. Rejects with a TentacleError. */
export type OvmsFunction = (call: LanCall, car: OvmsCar) => Promise<Outcome>;
