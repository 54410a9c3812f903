import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LoadedModel } from '../../src/model/loaded-model.js';
import { embeddedModel } from '../support/embedded-model.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { writeTinyModel } from '../support/tiny-model.js';
import { tinyInstruct } from './profiles/tool-prompt/tiny-instruct.js';

const embedded = embeddedModel.path;
const never = new AbortController().signal;

/** Every llama.cpp instance that is not let go waits for the end of the process. */
const instances = (): number => process.listenerCount('beforeExit');

async function functionOf(model: LoadedModel, sentence: string): Promise<string | undefined> {
  return (await model.plan(sentence, [], never)).calls[0]?.function;
}

describe('LoadedModel', { timeout: 120_000 }, () => {
  it('is loaded again in the same process after it was let go, and leaves nothing behind', async () => {
    const before = instances();
    const drafts = [];
    for (let time = 1; time <= 3; time += 1) {
      await using model = await LoadedModel.load(embedded);
      drafts.push(await model.plan('take a selfie and turn on the flashlight', [], never));
      expect(instances()).toBeGreaterThan(before);
    }
    expect(instances()).toBe(before);
    expect(drafts[0]).toMatchObject({ decision: 'plan' });
    expect(drafts[1]).toEqual(drafts[0]);
    expect(drafts[2]).toEqual(drafts[0]);
  });

  it('plans on while another one in the same process is let go', async () => {
    const before = instances();
    {
      await using kept = await LoadedModel.load(embedded);
      const gone = await LoadedModel.load(embedded);
      expect(await functionOf(gone, 'take a selfie')).toBe('take_a_photo');
      const planned = functionOf(kept, 'take a selfie');
      await gone[Symbol.asyncDispose]();
      expect(await planned).toBe('take_a_photo');
      expect(await functionOf(kept, 'turn on the flashlight')).toBe('set_flashlight');
    }
    expect(instances()).toBe(before);
  });

  it('leaves nothing behind of a file that it refuses', async () => {
    using folder = temporaryFolder();
    const instruct = tinyInstruct({ controls: [], chatTemplate: null, weights: { seed: 1 } });
    const path = writeTinyModel(join(folder.path, 'tiny.gguf'), instruct);
    const before = instances();
    await expect(LoadedModel.load(path)).rejects.toMatchObject({ failure: { code: 'MODEL_CORRUPT' } });
    await expect(LoadedModel.load(join(folder.path, 'none.gguf'))).rejects.toThrow();
    expect(instances()).toBe(before);
  });
});
