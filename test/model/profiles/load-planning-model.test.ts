import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LoadedModel } from '../../../src/model/loaded-model.js';
import { loadPlanningModel } from '../../../src/model/profiles/load-planning-model.js';
import { detectProfile } from '../../../src/model/profiles/model-profile.js';
import { embeddedModel } from '../../support/embedded-model.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { writeTinyModel } from '../../support/tiny-model.js';
import { tinyInstruct } from './tool-prompt/tiny-instruct.js';

const tinyLlama = tinyInstruct({ controls: [], chatTemplate: null, weights: { seed: 3 } });

describe('detectProfile', () => {
  const nexa = (first: number): string[] => {
    const tokens = new Array<string>(first).fill('x');
    return [...tokens, ...Array.from({ length: 21 }, (_, index) => `<nexa_${index}>`), '<nexa_end>'];
  };
  const gguf = (architecture: string, tokens: readonly string[], more: object = {}) => ({
    general: { architecture },
    tokenizer: { ggml: { tokens }, ...more },
  });

  it.each([
    ['our plan tokens', { ...gguf('llama', []), tentacle: { plan_tokens: ['<plan>'] } }, 'tentacle'],
    ['functional tokens at their ids', gguf('gemma', nexa(256_000)), 'octopus-v2'],
    ['them and a chat template', gguf('gemma', nexa(256_000), { chat_template: '{{ x }}' }), 'octopus-v2'],
    ['functional tokens elsewhere', gguf('gemma', nexa(255_999)), null],
    ['functional tokens in another architecture', gguf('llama', nexa(256_000)), null],
    ['a chat template', gguf('qwen3', [], { chat_template: '{{ x }}' }), 'tool-prompt'],
    ['an empty chat template', gguf('qwen3', [], { chat_template: '' }), null],
    ['nothing of these', gguf('llama', []), null],
    ['no metadata', null, null],
  ])('%s', (_, metadata, profile) => {
    expect(detectProfile(metadata)).toBe(profile);
  });
});

describe('loadPlanningModel', { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  afterAll(() => folder[Symbol.dispose]());
  const path = join(folder.path, 'model.gguf');
  const refused = (code: string, words: string) => ({ failure: { code, message: expect.stringContaining(words) } });

  it('loads the embedded model by its plan tokens', async () => {
    await using model = await loadPlanningModel(embeddedModel.path);
    expect(model).toBeInstanceOf(LoadedModel);
    const draft = await model.plan('take a selfie', [], new AbortController().signal);
    expect(draft.calls[0]?.function).toBe('take_a_photo');
  });

  it('misses a file that is not there', async () => {
    await expect(loadPlanningModel(join(folder.path, 'none.gguf'))).rejects.toMatchObject(
      refused('MODEL_MISSING', 'no'),
    );
    await expect(loadPlanningModel(folder.path)).rejects.toMatchObject(refused('MODEL_MISSING', 'no'));
  });

  it('refuses a model without any profile, and one that lacks what the given profile needs', async () => {
    writeTinyModel(path, tinyLlama);
    await expect(loadPlanningModel(path)).rejects.toMatchObject(refused('MODEL_CORRUPT', 'no kind'));
    await expect(loadPlanningModel(path, 'tentacle')).rejects.toMatchObject(refused('MODEL_CORRUPT', 'plan language'));
    await expect(loadPlanningModel(path, 'octopus-v2')).rejects.toMatchObject(refused('MODEL_CORRUPT', 'functional'));
  });

  it('loads an instruct model with a chat template', async () => {
    writeTinyModel(path, {
      ...tinyLlama,
      chatTemplate:
        "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:",
    });
    await using model = await loadPlanningModel(path);
    expect(model).toBeDefined();
  });

  it.each<[string, string | Buffer]>([
    ['an empty file', ''],
    ['a text', 'not a model at all'.repeat(1_000)],
    ['a head alone', Buffer.from('GGUF\u0003\0\0\0')],
  ])('refuses %s', async (_, content) => {
    writeFileSync(path, content);
    for (const profile of [null, 'tentacle', 'octopus-v2'] as const) {
      await expect(loadPlanningModel(path, profile)).rejects.toMatchObject({ failure: { code: 'MODEL_CORRUPT' } });
    }
  });

  it('refuses an architecture that llama.cpp does not know', async () => {
    writeTinyModel(path, { ...tinyLlama, architectureName: 'kraken' });
    for (const profile of [null, 'tentacle', 'octopus-v2'] as const) {
      await expect(loadPlanningModel(path, profile)).rejects.toMatchObject({ failure: { code: 'MODEL_CORRUPT' } });
    }
  });
});
