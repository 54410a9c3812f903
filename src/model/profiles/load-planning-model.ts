import { stat } from 'node:fs/promises';
import { readGgufFileInfo } from 'node-llama-cpp';
import { TentacleError } from '../../core/failure.js';
import { LoadedModel } from '../loaded-model.js';
import type { PlanningModel } from '../planning-model.js';
import { detectProfile, type ModelProfile } from './model-profile.js';
import { OctopusModel } from './octopus/octopus-model.js';
import { loadToolPromptModel } from './tool-prompt/tool-prompt-model.js';

/**
 * Loads a GGUF under a profile, or under the one that its metadata is for when that is null. Throws TentacleError:
 * MODEL_MISSING for no such file; MODEL_CORRUPT for a file that is no GGUF, is cut off, has an architecture that is not
 * known, or lacks what its profile needs.
 */
export async function loadPlanningModel(path: string, profile: ModelProfile | null = null): Promise<PlanningModel> {
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

async function profileOf(path: string): Promise<ModelProfile> {
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

function loadAs(path: string, profile: ModelProfile): Promise<PlanningModel> {
  switch (profile) {
    case 'tentacle':
      return LoadedModel.load(path);
    case 'octopus-v2':
      return OctopusModel.load(path);
    case 'tool-prompt':
      return loadToolPromptModel(path);
  }
}
