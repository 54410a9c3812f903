import { z } from 'zod';

/** Where a sentence came from. */
export const utteranceSourceSchema = z.enum(['cli', 'prompt', 'panel', 'quick', 'script', 'mcp', 'test']);
export type UtteranceSource = z.infer<typeof utteranceSourceSchema>;

export const localeSchema = z.enum(['en-US', 'zh-CN']);
export type Locale = z.infer<typeof localeSchema>;

/** The longest sentence that is planned, in UTF-16 code units; longer ones are refused before the model sees them. */
export const MAX_UTTERANCE_LENGTH = 1_000;

/**
 * One sentence of the user. `id` is a UUID, `at` milliseconds since the epoch. `text` is as typed, after
 * {@link cleanUtterance}.
 */
export const utteranceSchema = z.object({
  id: z.string(),
  text: z.string().max(MAX_UTTERANCE_LENGTH),
  source: utteranceSourceSchema,
  locale: localeSchema,
  at: z.number().int(),
});
export type Utterance = z.infer<typeof utteranceSchema>;
