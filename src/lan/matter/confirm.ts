import { Deadline, pause } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import type { Attributes } from './endpoint-view.js';
import type { MatterCall } from './matter-call.js';
import { refusedWith, silent } from './matter-failures.js';
import type { ClusterName } from './matter-library.js';
import type { Answer, Wanted } from './matter-node.js';

/** What a reading says about a wish; `moving` for a device that is on its way, `unclear` for one that does not know. */
export type Verdict = 'yes' | 'no' | 'moving' | 'unclear';

export interface Wish<State> {
  /** Commands and writes, one after the other. */
  readonly send: (signal: AbortSignal) => Promise<void>;
  readonly look: (signal: AbortSignal) => Promise<State>;
  readonly judge: (state: State) => Verdict;
  /** The state in a person's words: "off", "40 % open". */
  readonly words: (state: State) => string;
}

/** How often a device is asked again while it does not show yet what was asked, in milliseconds. */
const AGAIN_MS = 250;

/**
 * Reads what a thing is like before anything is sent. A device that does not answer in time ends the call here: nothing was sent.
 *
 * Rejects with LINK_LOST or DEVICE_REFUSED.
 */
export async function readState(
  { node, thing, call, patienceMs }: MatterCall,
  wanted: readonly Wanted[],
): Promise<Answer> {
  using deadline = new Deadline(call.signal, patienceMs, () => silent(thing.name));
  // Awaited here: a deadline that is disposed ends nothing.
  return await node.read(thing.endpoint.number, wanted, deadline.signal);
}

/**
 * Sends a wish and asks the device itself until it is fulfilled. A device's "yes" to a command is not proof: only what it says
 * when it is asked afterwards.
 *
 * Rejects with DEVICE_REFUSED (it said no), STATE_DIFFERS (it stays at another state), NOT_CONFIRMED, LINK_LOST.
 */
export async function sendAndConfirm<State>(home: MatterCall, wish: Wish<State>): Promise<State> {
  const { call, thing, patienceMs } = home;
  call.markSent();
  await wish.send(call.signal);
  let end = performance.now() + patienceMs;
  for (;;) {
    const state = await wish.look(call.signal);
    const verdict = wish.judge(state);
    if (verdict === 'yes') return state;
    // As long as a motor runs, only the call's own deadline ends the wait.
    if (verdict === 'moving') end = performance.now() + patienceMs;
    if (performance.now() > end) throw verdict === 'no' ? differs(thing.name, wish.words(state)) : unclear(thing.name);
    await pause(AGAIN_MS, call.signal);
  }
}

/** Sends one command to the thing; an answer with an error is the device's "no". */
export async function command(
  { node, thing }: MatterCall,
  cluster: ClusterName,
  name: string,
  fields: Attributes | undefined,
  signal: AbortSignal,
): Promise<unknown> {
  return node.invoke({ endpoint: thing.endpoint.number, cluster, name }, fields, signal);
}

/** The device answered to a command with an error of its own. */
export function answeredNo(thing: { readonly name: string }, words: string): TentacleError {
  return refusedWith(thing.name, words);
}

function differs(name: string, words: string): TentacleError {
  return new TentacleError({
    code: 'STATE_DIFFERS',
    fault: 'device',
    message: `${name} did not do it: it reports ${words}.`,
    next: 'Look at the device: it may be blocked, limited or set by something else.',
  });
}

function unclear(name: string): TentacleError {
  return new TentacleError({
    code: 'NOT_CONFIRMED',
    fault: 'device',
    message: `${name} does not say what has become of it.`,
    next: 'Look at the device before you say it again.',
  });
}
