import { TentacleError } from '../core/failure.js';
import type { LanCall } from './lan-call.js';

/** Whatever a protocol hands to its functions: the call is part of it. */
interface WithCall {
  readonly call: LanCall;
}

/** An argument that is text, as the schema has already checked. */
export function textArgument({ call }: WithCall, name: string): string | null {
  const value = call.args[name];
  return typeof value === 'string' ? value.trim() : null;
}

export function numberArgument({ call }: WithCall, name: string): number | null {
  const value = call.args[name];
  return typeof value === 'number' ? value : null;
}

export function flagArgument({ call }: WithCall, name: string): boolean | null {
  const value = call.args[name];
  return typeof value === 'boolean' ? value : null;
}

/** The arguments that put an old state back: the call's own that chose the device, and the old values. */
export function priorOf(
  { call }: WithCall,
  set: readonly string[],
  old: Readonly<Record<string, string | number | boolean>>,
): Record<string, string | number | boolean> {
  const chose = Object.entries(call.args).flatMap(([name, value]) =>
    set.includes(name) || typeof value === 'object' ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(chose), ...old };
}

export function missingArgument(name: string): TentacleError {
  return new TentacleError({
    code: 'ARGUMENT_MISSING',
    fault: 'tentacle',
    message: `The call has no "${name}".`,
    next: 'This is a mistake in Tentacle: please report it.',
  });
}
