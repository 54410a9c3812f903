import { stat } from 'node:fs/promises';
import { readGgufFileInfo } from 'node-llama-cpp';
import { z } from 'zod';
import { TentacleError } from '../../core/failure.js';
import { LoadedModel } from '../loaded-model.js';
import type { PlanningModel } from '../planning-model.js';
import { OctopusModel } from './octopus/octopus-model.js';
import { hasOctopusTokens } from './octopus/octopus-tokens.js';
import type { ProfileName } from './profile-name.js';

export type { ProfileName };

const tentacleSchema = z.object({ tentacle: z.object({ plan_tokens: z.array(z.string()) }) });
const octopusSchema = z.object({
  general: z.object({ architecture: z.literal('gemma') }),
  tokenizer: z.object({ ggml: z.object({ tokens: z.array(z.string()) }) }),
});
const chatSchema = z.object({ tokenizer: z.object({ chat_template: z.string().min(1) }) });

/** Which profile a GGUF's metadata (nested, as node-llama-cpp reads it) is for, or null when none is. */
export function detectProfile(metadata: unknown): ProfileName | null {
  if (tentacleSchema.safeParse(metadata).success) return 'tentacle';
  const octopus = octopusSchema.safeParse(metadata);
  if (octopus.success && hasOctopusTokens(octopus.data.tokenizer.ggml.tokens)) return 'octopus-v2';
  return chatSchema.safeParse(metadata).success ? 'tool-prompt' : null;
}

/**
 * Loads a GGUF under a profile, or under the one that its metadata is for when that is null. Throws TentacleError:
 * MODEL_MISSING for no such file; MODEL_CORRUPT for a file that is no GGUF, is cut off, has an architecture that is not
 * known, or lacks what its profile needs.
 */
export async function loadPlanningModel(path: string, profile: ProfileName | null = null): Promise<PlanningModel> {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) {
    throw new TentacleError({
      code: 'MODEL_MISSING',
      fault: 'user',
      message: `There is no model file ${path}.`,
      next: 'Check the path, and try again.',
    });
  }
  try {
    return await loadAs(path, profile ?? (await profileOf(path)));
  } catch (error) {
    if (error instanceof TentacleError) throw error;
    throw new TentacleError(
      {
        code: 'MODEL_CORRUPT',
        fault: 'user',
        message: `The model ${path} could not be loaded: it is damaged, cut off, or of a kind that is not known.`,
        next: 'Get the file again, or choose another model.',
        detail: String(error).slice(0, 500),
      },
      { cause: error },
    );
  }
}

async function profileOf(path: string): Promise<ProfileName> {
  // Never over the network, whatever the path looks like.
  const info = await readGgufFileInfo(path, { sourceType: 'filesystem', readTensorInfo: false, logWarnings: false });
  const profile = detectProfile(info.metadata);
  if (profile) return profile;
  throw new TentacleError({
    code: 'MODEL_CORRUPT',
    fault: 'user',
    message: `The model ${path} is of no kind that can plan.`,
    next: 'Use a model made for Tentacle, Octopus v2 with its own vocabulary, or an instruct model with a chat template.',
  });
}

async function loadAs(path: string, profile: ProfileName): Promise<PlanningModel> {
  switch (profile) {
    case 'tentacle':
      return LoadedModel.load(path);
    case 'octopus-v2':
      return OctopusModel.load(path);
    case 'tool-prompt':
      throw new TentacleError({
        code: 'MODEL_CORRUPT',
        fault: 'tentacle',
        message: `The model ${path} is an instruct model; that profile is not there yet.`,
        next: 'Use a model made for Tentacle, or Octopus v2.',
      });
  }
}
