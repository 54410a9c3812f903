import { hostname } from 'node:os';
import type { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { type Address, formatAddress } from './address.js';
import { deviceWords } from './device-words.js';
import type { Identity } from './identity.js';
import { badAnswer } from './native-failures.js';
import {
  base64url,
  CONFIRM_PATH,
  confirmAnswerSchema,
  type PairRefusal,
  pairRefusalSchema,
  SHARE_PATH,
  START_PATH,
  shareAnswerSchema,
  startAnswerSchema,
} from './pair-messages.js';
import { PIN_PATTERN, PinProver, pairingContext, sameBytes } from './pin-proof.js';
import { PinnedLink } from './pinned-link.js';

/** What a pairing gives: the device's own id and name, and the key that it proved to hold together with the PIN. */
export interface Pairing {
  readonly id: string;
  readonly name: string;
  readonly pin: string;
}

export interface PairOptions {
  readonly identity: Identity;
  readonly address: Address;
  /** The eight digits that the device shows. */
  readonly pin: string;
  readonly signal: AbortSignal;
}

/**
 * Proves to each other that both know the PIN, without telling it to somebody who does not: SPAKE2+ over whatever key
 * answers, bound to that key. Rejects with the signal's reason, or a TentacleError of the link.
 */
export async function pairWith(options: PairOptions): Promise<Result<Pairing, Failure>> {
  const { identity, address, signal } = options;
  if (!PIN_PATTERN.test(options.pin)) return err(badPin());
  using link = new PinnedLink({ identity, address, pin: null });
  const ask = <T>(path: string, body: unknown, schema: z.ZodType<T>) => post(link, path, body, schema, signal);
  const started = await ask(START_PATH, { v: 1 }, startAnswerSchema);
  if (!started.ok) return started;
  if (link.pin === null) return err(badAnswer(formatAddress(address), 'it showed no key').failure);
  const context = pairingContext(identity.fingerprint, link.pin);
  const prover = await PinProver.create(options.pin, started.value, context);
  const { exchange } = started.value;
  const shared = await ask(SHARE_PATH, { exchange, share: base64url(prover.share) }, shareAnswerSchema);
  if (!shared.ok) return shared;
  const proof = await prover.finish(shared.value.share).catch(() => null);
  // To an end that could not prove its own, ours is not even sent.
  if (!proof || !sameBytes(proof.expected, shared.value.confirm)) return err(FAILURES.wrong);
  const name = deviceWords(hostname(), 64) || 'A computer';
  const confirmed = await ask(CONFIRM_PATH, { exchange, confirm: base64url(proof.confirm), name }, confirmAnswerSchema);
  return confirmed.ok ? ok({ ...confirmed.value, pin: link.pin }) : confirmed;
}

async function post<T>(
  link: PinnedLink,
  path: string,
  body: unknown,
  schema: z.ZodType<T>,
  signal: AbortSignal,
): Promise<Result<T, Failure>> {
  const answer = await link.fetch(link.url(path), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal,
  });
  const content: unknown = await answer.json().catch(() => null);
  const refusal = pairRefusalSchema.safeParse(content);
  if (refusal.success) return err(FAILURES[refusal.data.error]);
  const parsed = schema.safeParse(content);
  if (answer.status === 200 && parsed.success) return ok(parsed.data);
  return err(badAnswer(formatAddress(link.address), 'its answer to pairing cannot be read').failure);
}

function badPin(): Failure {
  return {
    code: 'BAD_PIN',
    fault: 'user',
    message: 'A PIN has eight digits.',
    next: 'Type the digits that the device shows.',
  };
}

const shut: Failure = {
  code: 'PAIRING_SHUT',
  fault: 'user',
  message: 'The device does not take pairings now.',
  next: 'Open pairing on the device, and type the new PIN within two minutes.',
};

const broken: Failure = {
  code: 'PAIRING_BROKEN',
  fault: 'device',
  message: 'The pairing came out of step.',
  next: 'Try again.',
};

const FAILURES: Readonly<Record<PairRefusal, Failure>> = {
  shut,
  'unknown-key': shut,
  wrong: {
    code: 'WRONG_PIN',
    fault: 'user',
    message: 'The PIN is wrong, or somebody is between this computer and the device. Nothing was paired.',
    next: 'Look at the PIN again; after five tries the device needs a new one.',
  },
  exchange: broken,
  malformed: broken,
};
