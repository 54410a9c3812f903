import type { Context, StateMachine, VirtualState } from '../state-machine.js';

/** An error as a `result` carries it, with a code of Home Assistant's websocket_api. */
export interface ServiceError {
  readonly code: 'not_found' | 'invalid_format' | 'service_validation_error' | 'home_assistant_error' | 'unknown_error';
  readonly message: string;
}

export interface ServiceCall {
  readonly entity: VirtualState;
  readonly data: Readonly<Record<string, unknown>>;
  readonly states: StateMachine;
  readonly context: Context;
  /** How long things take that move, in milliseconds. */
  readonly moveMs: number;
  /** The lock's default code, if its options hold one. */
  readonly defaultCode: string | null;
}

/** What one entity does when a service is called; an error, or what it answers with where it answers. */
export type ServiceHandler = (
  call: ServiceCall,
) => { readonly error: ServiceError } | { readonly response: unknown } | undefined;

export interface Service {
  readonly handle: ServiceHandler;
  /** Bits of supported_features of which one must be there. */
  readonly needs?: number;
  /** Answers with data, and must be asked for it. */
  readonly responds?: boolean;
}

export const invalid = (message: string): { readonly error: ServiceError } => ({
  error: { code: 'service_validation_error', message: `Validation error: ${message}` },
});

export const numberIn = (data: Readonly<Record<string, unknown>>, name: string): number | null =>
  typeof data[name] === 'number' ? data[name] : null;

export const textIn = (data: Readonly<Record<string, unknown>>, name: string): string | null =>
  typeof data[name] === 'string' ? data[name] : null;

/** Sets the entity's state as the call's doing. */
export function become(
  call: ServiceCall,
  state: string,
  attributes: Readonly<Record<string, unknown>> = {},
): undefined {
  call.states.set(call.entity.entityId, state, attributes, call.context);
}

/** First on its way, then there. */
export function move(
  call: ServiceCall,
  passing: string,
  arrived: string,
  attributes: Readonly<Record<string, unknown>> = {},
): undefined {
  become(call, passing);
  const timer = setTimeout(() => become(call, arrived, attributes), call.moveMs);
  timer.unref();
}
