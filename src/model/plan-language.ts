import { z } from 'zod';
import { type AddedFunction, addedFunctionsSchema, addFunctions } from '../catalog/added-functions.js';
import { CATALOG_VERSION } from '../catalog/catalog.js';
import { planTokens } from '../catalog/functional-tokens.js';
import { TentacleError } from '../core/failure.js';
import { PlanVocabulary } from './plan-vocabulary.js';

/** What our GGUF files say of themselves. */
const metadataSchema = z.object({
  tentacle: z.object({
    catalog_version: z.number().int(),
    first_plan_token: z.number().int().positive(),
    plan_tokens: z.array(z.string()).min(1),
    added_functions: z.string().default('[]'),
  }),
});

/** The plan language as one model file speaks it. */
export interface PlanLanguage {
  readonly vocabulary: PlanVocabulary;
  /** Functions beyond the catalogue that the file was taught. */
  readonly addedFunctions: readonly AddedFunction[];
}

/**
 * Reads the plan language out of a GGUF's metadata, and makes its added functions known to this process. Throws TentacleError: MODEL_CORRUPT for a file without it or with tokens
 * missing, MODEL_OUTDATED for one that was trained before the catalogue's last change, TENTACLE_OUTDATED for one after it.
 */
export function planLanguageOf(path: string, metadata: unknown): PlanLanguage {
  const parsed = metadataSchema.safeParse(metadata);
  if (!parsed.success) throw corrupt(path, 'does not carry the plan language', z.prettifyError(parsed.error));
  const { catalog_version: version, plan_tokens: tokens, first_plan_token: first } = parsed.data.tentacle;
  if (version < CATALOG_VERSION) throw outdated(path, version);
  if (version > CATALOG_VERSION) throw ahead(path, version);
  const added = addedFunctionsSchema.safeParse(parseJson(parsed.data.tentacle.added_functions));
  if (!added.success) throw corrupt(path, 'describes its added functions wrongly', z.prettifyError(added.error));
  // Before the vocabulary, which gives no meaning to the token of a function that nobody knows.
  addFunctions(added.data);
  const vocabulary = new PlanVocabulary(tokens, first);
  const missing = planTokens.filter((token) => vocabulary.id(token) === null);
  if (missing.length > 0)
    throw corrupt(path, `lacks ${missing.length} tokens of the plan language`, missing.slice(0, 8).join(' '));
  return { vocabulary, addedFunctions: added.data };
}

function corrupt(path: string, fault: string, detail: string): TentacleError {
  return new TentacleError({
    code: 'MODEL_CORRUPT',
    fault: 'tentacle',
    message: `The model ${path} ${fault}.`,
    next: 'Use a model that was trained for Tentacle, or export it again.',
    detail: detail.slice(0, 500),
  });
}

function outdated(path: string, version: number): TentacleError {
  return new TentacleError({
    code: 'MODEL_OUTDATED',
    fault: 'tentacle',
    message: `The model ${path} knows version ${version} of the functions, this Tentacle has version ${CATALOG_VERSION}.`,
    next: 'Use the model that came with this version, or train yours again.',
  });
}

function ahead(path: string, version: number): TentacleError {
  return new TentacleError({
    code: 'TENTACLE_OUTDATED',
    fault: 'tentacle',
    message: `The model ${path} was made for version ${version} of the functions, this Tentacle has version ${CATALOG_VERSION}.`,
    next: 'Update Tentacle, or use the model that came with this version.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
