import type { CarSignals } from './car-signals.js';
import type { KuksaClient } from './kuksa-client.js';

/** A car that is reached, while one call is carried out on it. */
export interface Car {
  /** Its name, for sentences. */
  readonly name: string;
  readonly client: KuksaClient;
  readonly signals: CarSignals;
  /** How long the car may take to be seen as asked, after it took the command, in milliseconds. */
  readonly confirmMs: number;
}
