import { z } from 'zod';
import { CONFIRM_BYTES, SHARE_BYTES } from './pin-proof.js';

/** The three requests of a pairing, in JSON; bytes are base64url without padding. */
export const START_PATH = '/pair/start';
export const SHARE_PATH = '/pair/share';
export const CONFIRM_PATH = '/pair/confirm';

/** Longest body of a pairing message, in bytes. */
export const MAX_PAIR_BODY = 4_096;

function bytes(length: number): z.ZodType<Uint8Array, string> {
  return z
    .string()
    .max(200)
    .regex(/^[A-Za-z0-9_-]*$/)
    .transform((text) => new Uint8Array(Buffer.from(text, 'base64url')))
    .refine((value) => value.length === length, `is not ${length} bytes`);
}

export function base64url(value: Uint8Array): string {
  return Buffer.from(value).toString('base64url');
}

export const startRequestSchema = z.object({ v: z.literal(1) });

export const startAnswerSchema = z.object({
  exchange: z.uuid(),
  salt: bytes(32),
  /** Bounded: a stranger must not keep this computer busy for minutes, nor make the PIN cheap to guess. */
  iterations: z.number().int().min(1_000).max(100_000),
});

export const shareRequestSchema = z.object({ exchange: z.uuid(), share: bytes(SHARE_BYTES) });

export const shareAnswerSchema = z.object({ share: bytes(SHARE_BYTES), confirm: bytes(CONFIRM_BYTES) });

export const confirmRequestSchema = z.object({
  exchange: z.uuid(),
  confirm: bytes(CONFIRM_BYTES),
  /** What the device calls this computer in its list of paired ones. */
  name: z.string().min(1).max(64),
});

export const confirmAnswerSchema = z.object({ id: z.uuid(), name: z.string().min(1) });

/** `shut`: nobody opened pairing; `wrong`: another PIN, or somebody in between; `exchange`: unknown or used up. */
export const pairRefusalSchema = z.object({ error: z.enum(['shut', 'wrong', 'exchange', 'malformed', 'unknown-key']) });
export type PairRefusal = z.infer<typeof pairRefusalSchema>['error'];
