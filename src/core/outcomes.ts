import type { Outcome, Proof, UntrustedData } from './outcome.js';
import { peerWords } from './peer-words.js';

/** Longest text of a result that goes into a report or another call, in UTF-16 code units. */
export const MAX_DATA_TEXT = 2_000;

type Prior = Record<string, string | number | boolean>;

interface DoneFacts {
  readonly data?: UntrustedData;
  readonly prior?: Prior;
}

function done(proof: Proof, receipt: string, facts: DoneFacts): Outcome {
  return { status: 'done', proof, receipt: peerWords(receipt), data: facts.data ?? null, prior: facts.prior ?? null };
}

/** The device was asked and it is so. */
export const readBack = (receipt: string, facts: DoneFacts = {}): Outcome => done('read-back', receipt, facts);

/** The device took the command, and has nothing by which it could be seen. */
export const deviceSaid = (receipt: string, facts: DoneFacts = {}): Outcome => done('device-said', receipt, facts);

/** The screen stands ready; `left` says what the user still has to do. */
export function handedOver(left: string, receipt: string): Outcome {
  return { status: 'handed-over', left, receipt: peerWords(receipt) };
}

/** The device has a rule against it. */
export const refusedByDevice = (why: string): Outcome => ({ status: 'refused', by: 'device', why });

export function failed(code: string, message: string, next: string, detail?: string): Outcome {
  const failure = { code, fault: 'device' as const, message, next };
  return { status: 'failed', failure: detail === undefined ? failure : { ...failure, detail: peerWords(detail) } };
}

/** Something that the device or a service said. */
export function untrusted(value: string | number | boolean, text: string, source: string): UntrustedData {
  return {
    value: typeof value === 'string' ? peerWords(value, MAX_DATA_TEXT) : value,
    text: peerWords(text, MAX_DATA_TEXT),
    source,
  };
}
