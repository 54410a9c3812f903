import { oc } from '@orpc/contract';
import { z } from 'zod';
import { failureSchema } from '../failure.js';
import { callSchema, MAX_CALLS, planSchema } from '../plan.js';
import { localeSchema, MAX_UTTERANCE_LENGTH } from '../utterance.js';

const sentence = z.string().min(1).max(MAX_UTTERANCE_LENGTH);

/** Whatever is expected to go wrong crosses the border as data: the failure that the command line would show. */
const procedure = oc.errors({ FAILED: { data: failureSchema } });

/** One sentence that the user taught, and what it means in call notation; empty means that nothing is to be done. */
export const taughtSchema = z.object({ sentence: z.string(), means: z.string(), at: z.number().int() });

/**
 * What panels, scripts and other programs of this computer can ask the host for: one contract, whatever carries it.
 */
export const contract = {
  /** Plans a sentence and sends nothing. */
  plan: procedure.input(z.object({ text: sentence, locale: localeSchema })).output(planSchema),
  taught: {
    list: procedure.output(z.array(taughtSchema)),
    /** Makes a sentence mean calls, written in call notation, or "nothing". Takes effect with the next plan. */
    teach: procedure.input(z.object({ sentence, means: z.string().max(10_000) })).output(planSchema),
    /** What a person made of a plan in the panel: the sentence means these calls from now on; none means nothing to do. */
    correct: procedure.input(z.object({ sentence, calls: z.array(callSchema).max(MAX_CALLS) })).output(planSchema),
    /** Returns how many examples were forgotten. */
    forget: procedure.input(z.object({ sentence })).output(z.object({ forgotten: z.number().int() })),
  },
};
