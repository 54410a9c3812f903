import { z } from 'zod';

/** The taught example that a plan was recalled from, and whether the sentence was the same or nearly the same. */
export const recalledSchema = z.object({ sentence: z.string(), match: z.enum(['exact', 'near']) });
export type Recalled = z.infer<typeof recalledSchema>;
