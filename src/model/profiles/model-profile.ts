import { z } from 'zod';
import { hasOctopusTokens } from './octopus/octopus-tokens.js';

/** How a model is spoken to: in our plan language, in Octopus v2's, or with tools in its own chat template. */
export const modelProfileSchema = z.enum(['tentacle', 'octopus-v2', 'tool-prompt']);
export type ModelProfile = z.infer<typeof modelProfileSchema>;

const tentacleSchema = z.object({ tentacle: z.object({ plan_tokens: z.array(z.string()).min(1) }) });
const octopusSchema = z.object({
  general: z.object({ architecture: z.literal('gemma') }),
  tokenizer: z.object({ ggml: z.object({ tokens: z.array(z.string()) }) }),
});
const chatSchema = z.object({ tokenizer: z.object({ chat_template: z.string().min(1) }) });

/** Which profile a GGUF's metadata (nested, as node-llama-cpp reads it) is for, or null when none is. */
export function detectProfile(metadata: unknown): ModelProfile | null {
  if (tentacleSchema.safeParse(metadata).success) return 'tentacle';
  const octopus = octopusSchema.safeParse(metadata);
  if (octopus.success && hasOctopusTokens(octopus.data.tokenizer.ggml.tokens)) return 'octopus-v2';
  return chatSchema.safeParse(metadata).success ? 'tool-prompt' : null;
}
