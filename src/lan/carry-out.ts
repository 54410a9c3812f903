import { Deadline, orAbort } from '../core/deadline.js';
import type { Device } from '../core/device.js';
import { type Failure, TentacleError } from '../core/failure.js';
import { deadlinePassed } from '../core/failures.js';
import type { Outcome } from '../core/outcome.js';
import { causeWords } from '../core/peer-words.js';
import type { Invocation, InvokeOptions } from '../core/ports/transport.js';
import { LanCall } from './lan-call.js';

/** Carries out one function on one device. Rejects with a TentacleError, or with a library's own error. */
export type LanFunction = (call: LanCall) => Promise<Outcome>;

/** Codes of failures that leave open whether the device did what it was sent. */
const OPEN_ENDED = new Set(['LINK_LOST', 'DEADLINE', 'CANCELLED', 'NOT_CONFIRMED']);

/**
 * Runs one call to exactly one outcome, within its time; never rejects. What fails before `markSent` was not sent; what
 * ends in silence after it is unknown; an answer of the device after it is a failure that the device itself has told.
 */
export async function carryOut(
  device: Device | undefined,
  invocation: Invocation,
  options: InvokeOptions,
  run: LanFunction | undefined,
): Promise<Outcome> {
  if (!device) return failedWith(notKnown());
  if (!run || !device.functions.includes(invocation.function)) return failedWith(notOffered(device, invocation));
  if (options.signal.aborted) return { status: 'refused', by: 'user', why: 'Cancelled before it was sent.' };
  if (device.state !== 'ready') return failedWith(notReady(device));
  using deadline = new Deadline(options.signal, options.timeoutMs, () =>
    deadlinePassed(device.name, options.timeoutMs),
  );
  const call = new LanCall(invocation, options.key, deadline.signal);
  try {
    return await orAbort(run(call), deadline.signal);
  } catch (error) {
    return endedBy(error, call.sentAt, device);
  }
}

function endedBy(error: unknown, sentAt: number | null, device: Device): Outcome {
  const failure = failureOf(error, device);
  if (sentAt === null) {
    return failure.code === 'CANCELLED'
      ? { status: 'refused', by: 'user', why: 'Cancelled before it was sent.' }
      : failedWith(failure);
  }
  if (!OPEN_ENDED.has(failure.code)) return failedWith(failure);
  return { status: 'unknown', since: sentAt, why: `It was sent, but is not confirmed: ${failure.message}` };
}

function failureOf(error: unknown, device: Device): Failure {
  if (error instanceof TentacleError) return error.failure;
  return {
    code: 'LINK_LOST',
    fault: 'link',
    message: `The connection to ${device.name} broke.`,
    next: 'Look whether it is switched on and in the network; Tentacle reconnects by itself.',
    detail: causeWords(error),
  };
}

const failedWith = (failure: Failure): Outcome => ({ status: 'failed', failure });

export function notKnown(): Failure {
  return {
    code: 'DEVICE_UNKNOWN',
    fault: 'link',
    message: 'This device is not connected.',
    next: 'Switch it on and bring it into the network.',
  };
}

function notOffered(device: Device, invocation: Invocation): Failure {
  return {
    code: 'FUNCTION_NOT_OFFERED',
    fault: 'device',
    message: `${device.name} does not offer ${invocation.function}.`,
    next: 'Choose another device: tentacle devices shows what each one can do.',
  };
}

function notReady(device: Device): Failure {
  return {
    code: 'DEVICE_NOT_READY',
    fault: 'link',
    message: `${device.name} is ${device.state}.`,
    next: device.stateReason ?? 'Wait a moment and try again.',
  };
}
