import { z } from 'zod';
import { recalledSchema } from './recalled.js';

/** The most calls one plan may hold; more are refused before anything is sent. */
export const MAX_CALLS = 50;

/**
 * A reference to an earlier call's result, filled when that call is done: never pasted text.
 * `path` selects inside the result's data; null stands for the result's main value.
 */
export const refSchema = z.object({ $ref: z.string(), path: z.string().nullable().optional() });
export type Ref = z.infer<typeof refSchema>;

export function isRef(value: unknown): value is Ref {
  return typeof value === 'object' && value !== null && '$ref' in value;
}

/** A resolved argument: text, number, boolean (forms as in the catalogue), or a Ref. */
export const argumentSchema = z.union([z.string(), z.number(), z.boolean(), refSchema]);
export type Argument = z.infer<typeof argumentSchema>;

export const callArgumentsSchema = z.record(z.string(), argumentSchema);
export type CallArguments = z.infer<typeof callArgumentsSchema>;

/**
 * The person that a name in the sentence was settled to on the device, before approval, so that the user confirms a
 * number and not a guess.
 */
export const contactSchema = z.object({
  name: z.string(),
  phoneNumber: z.string().nullable(),
  email: z.string().nullable(),
});
export type Contact = z.infer<typeof contactSchema>;

/**
 * One function call of a plan. `id` is `c1`, `c2`... in order of execution; `target` the device's name as said, or
 * null; `device` the id of the chosen {@link Device}, or null while none is chosen; `after` the ids of calls that must
 * be done first (besides those that its Refs name); `contacts` the settled person by parameter name.
 */
export const callSchema = z.object({
  id: z.string().regex(/^c\d+$/),
  function: z.string(),
  args: callArgumentsSchema,
  target: z.string().nullable(),
  device: z.string().nullable(),
  after: z.array(z.string()),
  contacts: z.record(z.string(), contactSchema).optional(),
});
export type Call = z.infer<typeof callSchema>;

/** One of the readings that a clarification offers. `calls` is the whole plan if this choice is taken. */
export const choiceSchema = z.object({ label: z.string(), calls: z.array(callSchema) });
export type Choice = z.infer<typeof choiceSchema>;

/** A question back to the user, with the likely answers. Nothing is sent before one is chosen. */
export const clarificationSchema = z.object({ question: z.string(), choices: z.array(choiceSchema) });
export type Clarification = z.infer<typeof clarificationSchema>;

export const decisionSchema = z.enum(['plan', 'clarify', 'irrelevant']);
export type Decision = z.infer<typeof decisionSchema>;

/**
 * What becomes of an utterance. Frozen once built; `hash` is the SHA-256 (hex) over its canonical calls, to which
 * approvals are bound. `confidence` is 0..1, `ms` the planning time in milliseconds.
 */
export const planSchema = z.object({
  utterance: z.string(),
  decision: decisionSchema,
  calls: z.array(callSchema).max(MAX_CALLS),
  confidence: z.number().min(0).max(1),
  ms: z.number(),
  clarification: clarificationSchema.optional(),
  /** Present when the plan is an example that the user taught. */
  recalled: recalledSchema.optional(),
  hash: z.string(),
});
export type Plan = z.infer<typeof planSchema>;
