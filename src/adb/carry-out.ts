import { orAbort } from '../core/deadline.js';
import type { Failure } from '../core/failure.js';
import { hasCode } from '../core/failures.js';
import type { Outcome } from '../core/outcome.js';
import type { Link } from './link/link.js';
import type { PhoneCall } from './phone-call.js';
import { failureOf } from './route/settling.js';

/** Carries out one function on one phone. Throws TentacleError only. */
export type PhoneFunction = (call: PhoneCall) => Promise<Outcome>;

/** Waits for a link to the same phone other than the lost one; rejects with the signal's reason. */
export type Reconnect = (lost: Link, signal: AbortSignal) => Promise<Link>;

/**
 * Runs a function to its one outcome. A link lost before anything was sent is replaced once and the function starts over;
 * one lost after that is replaced once to look at the phone, which decides between done and unknown. Nothing that may have
 * been sent is sent again.
 */
export async function carryOut(call: PhoneCall, run: PhoneFunction, reconnect: Reconnect): Promise<Outcome> {
  try {
    return await orAbort(runOnce(call, run, reconnect), call.signal);
  } catch (error) {
    return ended(call, error);
  }
}

async function runOnce(call: PhoneCall, run: PhoneFunction, reconnect: Reconnect): Promise<Outcome> {
  try {
    return await run(call);
  } catch (error) {
    if (!hasCode(error, 'LINK_LOST')) throw error;
    call.relink(await reconnect(call.link, call.signal));
    if (call.sentAt === null) return await run(call);
    const seen = await call.readBack?.();
    if (seen) return seen;
    throw error;
  }
}

function ended(call: PhoneCall, error: unknown): Outcome {
  const failure = failureOf(error);
  if (call.sentAt === null) {
    return failure.code === 'CANCELLED'
      ? { status: 'refused', by: 'user', why: 'Cancelled before it was sent.' }
      : { status: 'failed', failure };
  }
  const why = unknownReasons[failure.code];
  // Any other failure is the phone's own answer: it says itself that it did not happen.
  return why === undefined
    ? { status: 'failed', failure }
    : { status: 'unknown', since: call.sentAt, why: detailed(why, failure) };
}

const unknownReasons: Readonly<Record<string, string>> = {
  LINK_LOST:
    'The connection was lost after the command was sent, and the phone does not show whether it was carried out.',
  DEADLINE: 'The command was sent and the phone gave no answer in time.',
  CANCELLED: 'Cancelled after the command was sent: it may have been carried out.',
  ANSWER_TOO_LONG: 'The command was sent and the answer could not be read.',
};

function detailed(why: string, failure: Failure): string {
  return failure.code === 'LINK_LOST' || failure.code === 'CANCELLED' ? why : `${why} ${failure.next}`;
}
