import { TentacleError } from '../../core/failure.js';
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

export function numberArgument({ call }: MatterCall, name: string): number | null {
  const value = call.args[name];
  return typeof value === 'number' ? value : null;
}

export function flagArgument({ call }: MatterCall, name: string): boolean | null {
  const value = call.args[name];
  return typeof value === 'boolean' ? value : null;
}

/** The arguments that put an old state back: the call's own that chose the device, and the old values. */
export function priorOf(
  { call }: MatterCall,
  set: readonly string[],
  old: Readonly<Record<string, string | number | boolean>>,
): Record<string, string | number | boolean> {
  const chose = Object.entries(call.args).flatMap(([name, value]) =>
    set.includes(name) || typeof value === 'object' ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(chose), ...old };
}

export function notSaid(thing: Thing, what: string): Outcome {
  return failed('NO_STATE', `${thing.name} does not say its ${what}.`, 'Look at the device; it may need a moment.');
}

export function missingArgument(name: string): TentacleError {
  return new TentacleError({
    code: 'ARGUMENT_MISSING',
    fault: 'tentacle',
    message: `The call has no "${name}".`,
    next: 'This is a mistake in Tentacle: please report it.',
  });
}
