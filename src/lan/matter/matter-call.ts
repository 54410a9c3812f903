import type { Outcome } from '../../core/outcome.js';
import { failed } from '../../core/outcomes.js';
import type { LanCall } from '../lan-call.js';
import type { MatterNode } from './matter-node.js';
import type { Thing } from './thing.js';

/** One call on one thing. */
export interface MatterCall {
  readonly call: LanCall;
  readonly thing: Thing;
  readonly node: MatterNode;
  /** How long a device may take for an answer before anything was sent, and to show the state that was asked, in ms. */
  readonly patienceMs: number;
}

export type MatterRun = (home: MatterCall) => Promise<Outcome>;

/** Looks whether a thing can do a function: how, or null. */
export type MatterFunction = (thing: Thing) => MatterRun | null;

export function notSaid(thing: Thing, what: string): Outcome {
  return failed('NO_STATE', `${thing.name} does not say its ${what}.`, 'Look at the device; it may need a moment.');
}
