import { z } from 'zod';
import { decisionSchema } from './plan.js';
import { recalledSchema } from './recalled.js';

/** Words of the utterance, by UTF-16 offsets: `text === utterance.slice(start, end)`. */
export const spanSchema = z.object({ text: z.string(), start: z.number().int(), end: z.number().int() });
export type Span = z.infer<typeof spanSchema>;

/**
 * An argument as a planner gives it, before resolving: words of the sentence, one of the parameter's fixed choices
 * (enum values, true or false), a level that no number says ("all the way up"), a value that stands in no words of the
 * sentence (a taught example, a foreign model), or an earlier draft call's result.
 */
export const draftArgumentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('span'), span: spanSchema }),
  z.object({ kind: z.literal('choice'), value: z.union([z.string(), z.boolean()]) }),
  z.object({ kind: z.literal('level'), value: z.enum(['min', 'half', 'max']) }),
  z.object({ kind: z.literal('literal'), value: z.union([z.string(), z.number(), z.boolean()]) }),
  z.object({ kind: z.literal('result'), call: z.string() }),
]);
export type DraftArgument = z.infer<typeof draftArgumentSchema>;

export const draftCallSchema = z.object({
  id: z.string(),
  function: z.string(),
  args: z.record(z.string(), draftArgumentSchema),
  /** The words that name the device. */
  target: z.object({ text: z.string() }).nullable(),
  after: z.array(z.string()),
  /** Probability that the model gave this call's function, 0..1. */
  confidence: z.number(),
});
export type DraftCall = z.infer<typeof draftCallSchema>;

export const readingSchema = z.object({ calls: z.array(draftCallSchema), confidence: z.number() });
export type Reading = z.infer<typeof readingSchema>;

/**
 * What a planner returns: its decision, the calls of its best reading in order of execution, and for `clarify` the
 * readings it hesitates between, likeliest first.
 */
export const planDraftSchema = z.object({
  decision: decisionSchema,
  calls: z.array(draftCallSchema),
  confidence: z.number().min(0).max(1),
  readings: z.array(readingSchema),
  /** Present when the plan is the user's own example and no model was asked. */
  recalled: recalledSchema.optional(),
});
export type PlanDraft = z.infer<typeof planDraftSchema>;
