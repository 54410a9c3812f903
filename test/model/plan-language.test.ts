import { describe, expect, it } from 'vitest';
import { CATALOG_VERSION } from '../../src/catalog/catalog.js';
import { planTokens } from '../../src/catalog/functional-tokens.js';
import { TentacleError } from '../../src/core/failure.js';
import { planLanguageOf } from '../../src/model/plan-language.js';

const good = { catalog_version: CATALOG_VERSION, first_plan_token: 8192, plan_tokens: [...planTokens] };

function codeOf(tentacle: unknown): string {
  try {
    planLanguageOf('some.gguf', { tentacle });
  } catch (error) {
    if (error instanceof TentacleError) return error.failure.code;
    throw error;
  }
  return 'none';
}

describe('the plan language of a model file', () => {
  it('gives the ids of the tokens and the functions beyond the catalogue', () => {
    const water = { name: 'water_plants', kind: 'home', title: 'Water plants', parameters: [], risk: 'safe' };
    const tokens = [...planTokens, '<fn:water_plants>'];
    const language = planLanguageOf('some.gguf', {
      tentacle: { ...good, plan_tokens: tokens, added_functions: JSON.stringify([water]) },
    });
    expect(language.vocabulary.id(planTokens[0] ?? '')).toBe(8192);
    expect(language.vocabulary.symbol(8192 + planTokens.length)).toMatchObject({
      descriptor: { name: 'water_plants' },
    });
    expect(language.addedFunctions).toMatchObject([
      { name: 'water_plants', risk: 'safe', repeat: 'once', needsOneOf: [] },
    ]);
  });

  it.each([
    ['no metadata of ours', undefined, 'MODEL_CORRUPT'],
    ['no token map', { catalog_version: CATALOG_VERSION }, 'MODEL_CORRUPT'],
    ['a token missing', { ...good, plan_tokens: planTokens.slice(0, -1) }, 'MODEL_CORRUPT'],
    ['a function missing', { ...good, plan_tokens: planTokens.filter((t) => t !== '<fn:set_light>') }, 'MODEL_CORRUPT'],
    ['a catalogue newer than the model', { ...good, catalog_version: CATALOG_VERSION - 1 }, 'MODEL_OUTDATED'],
    ['a model newer than the catalogue', { ...good, catalog_version: CATALOG_VERSION + 1 }, 'TENTACLE_OUTDATED'],
    ['added functions that are no JSON', { ...good, added_functions: '[{' }, 'MODEL_CORRUPT'],
    ['an added function without a name', { ...good, added_functions: '[{"kind":"home"}]' }, 'MODEL_CORRUPT'],
  ])('%s: %s', (_, tentacle, code) => expect(codeOf(tentacle)).toBe(code));
});
