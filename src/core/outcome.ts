import { z } from 'zod';
import { failureSchema } from './failure.js';

/** How `done` is known: `read-back` we asked the device and it is so; `device-said` it accepted and nothing can be read. */
export const proofSchema = z.enum(['read-back', 'device-said']);
export type Proof = z.infer<typeof proofSchema>;

/**
 * Data that came from a device or a public service. It may fill an argument slot after being checked again; it never
 * becomes an instruction. `value` is what a Ref with no path stands for.
 */
export const untrustedDataSchema = z.object({
  value: z.union([z.string(), z.number(), z.boolean()]),
  /** A person's line for the report ("battery 81 %"), capped. */
  text: z.string(),
  /** Who said it: "device", "open-meteo.com", "local stand-in". */
  source: z.string(),
});
export type UntrustedData = z.infer<typeof untrustedDataSchema>;

/** Exactly one terminal outcome per dispatched call. */
export const outcomeSchema = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    proof: proofSchema,
    /** What was read back, in words ("next alarm Sat 07:30"). */
    receipt: z.string(),
    data: untrustedDataSchema.nullable(),
    /** The state before an absolute setter, for undo: arguments of the same function, or null. */
    prior: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
  }),
  /** The screen is open and filled in; `left` says what the user still has to do, in a sentence. */
  z.object({ status: z.literal('handed-over'), left: z.string(), receipt: z.string() }),
  /** Not sent, by decision: `by` the user, the gate, a limit, the device's own rule. */
  z.object({
    status: z.literal('refused'),
    by: z.enum(['user', 'gate', 'limit', 'device', 'dependency']),
    why: z.string(),
  }),
  z.object({ status: z.literal('failed'), failure: failureSchema }),
  /** Sent, no answer: it may or may not have happened. Never repeated by the machine when the function is `once`. */
  z.object({ status: z.literal('unknown'), since: z.number().int(), why: z.string() }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;
