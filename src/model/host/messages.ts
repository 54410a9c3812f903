import { z } from 'zod';
import { addedFunctionsSchema } from '../../catalog/added-functions.js';
import { failureSchema } from '../../core/failure.js';
import { planDraftSchema } from '../../core/plan-draft.js';
import { modelProfileSchema } from '../profiles/model-profile.js';

/** From the host to the model process. */
export const modelRequestSchema = z.discriminatedUnion('type', [
  /** Without a profile the file's metadata tells it. */
  z.object({ type: z.literal('load'), path: z.string(), profile: modelProfileSchema.optional() }),
  z.object({ type: z.literal('plan'), id: z.number().int(), text: z.string(), functions: z.array(z.string()) }),
  z.object({ type: z.literal('cancel'), id: z.number().int() }),
]);
export type ModelRequest = z.infer<typeof modelRequestSchema>;

/** From the model process to the host. A draft is checked here again: a crashing native library may say anything. */
export const modelReplySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loaded'), addedFunctions: addedFunctionsSchema }),
  z.object({ type: z.literal('load-failed'), failure: failureSchema }),
  z.object({ type: z.literal('planned'), id: z.number().int(), draft: planDraftSchema }),
  z.object({ type: z.literal('plan-failed'), id: z.number().int(), failure: failureSchema }),
]);
export type ModelReply = z.infer<typeof modelReplySchema>;
