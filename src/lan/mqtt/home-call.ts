import type { Outcome } from '../../core/outcome.js';
import { failed } from '../../core/outcomes.js';
import type { LanCall } from '../lan-call.js';
import type { Thing } from './thing.js';
import type { TopicStates } from './topic-states.js';

/** A message to be sent: what a command of the device's own description says. */
export interface CommandMessage {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  /** 1 unless said otherwise. 0: at most once, and never kept by the broker for a device that is away. */
  readonly qos?: 0 | 1;
}

/** The broker, as a call sees it. */
export interface Broker {
  readonly states: TopicStates;
  /** How long a device may be silent after a command, and how long another state than the asked one must stand, in ms. */
  readonly patienceMs: number;
  readonly settleMs: number;
  /**
   * Hands messages over in this order; resolves when the broker has taken them all. The broker throws them away after
   * `expiryMs` if nobody fetched them (MQTT 5). Rejects with LINK_LOST, NOT_ALLOWED or NOBODY_LISTENS.
   */
  send(messages: readonly CommandMessage[], options: { signal: AbortSignal; expiryMs: number }): Promise<void>;
  /** Aborts when the connection over which this call began is gone. */
  readonly lost: AbortSignal;
}

/** One call on one thing. */
export interface HomeCall {
  readonly call: LanCall;
  readonly thing: Thing;
  readonly broker: Broker;
}

export type HomeRun = (call: HomeCall) => Promise<Outcome>;

/** Looks whether a thing can do a function: how, or null. */
export type HomeFunction = (thing: Thing) => HomeRun | null;

/** The device has not said yet what is asked for. */
export function notSaidYet(thing: Thing, what: string): Outcome {
  return failed(
    'NO_STATE',
    `${thing.name} has not said its ${what} yet.`,
    'Wait until it reports again, or wake it up, then ask once more.',
  );
}
