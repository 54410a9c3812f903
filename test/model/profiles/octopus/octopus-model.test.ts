import { copyFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFunction } from '../../../../src/catalog/catalog.js';
import { SentenceTooLong } from '../../../../src/model/planning-model.js';
import { loadPlanningModel } from '../../../../src/model/profiles/load-planning-model.js';
import { OctopusModel, promptFor } from '../../../../src/model/profiles/octopus/octopus-model.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { type TinyModel, writeTinyModel } from '../../../support/tiny-model.js';
import { randomOctopus, tinyOctopus } from './tiny-octopus.js';

/** Reading a vocabulary of 256,022 tokens takes seconds, on a busy machine many. */
const TIMEOUT_MS = 120_000;

const never = new AbortController().signal;

describe('OctopusModel', { timeout: TIMEOUT_MS }, () => {
  const folder = temporaryFolder();
  afterAll(() => folder[Symbol.dispose]());

  const write = (name: string, model: TinyModel): string => writeTinyModel(join(folder.path, name), model);
  const selfie = ['▁', '<nexa_0>', "('fr", "ont')", '<nexa_end>'];
  let sure = '';
  beforeAll(() => {
    sure = write('sure.gguf', tinyOctopus(selfie, 0.9));
  }, TIMEOUT_MS);

  it('is asked in the words that the weights were trained with', () => {
    expect(promptFor('take a selfie')).toBe(
      'Below is the query from the users, please call the correct function and generate the parameters to call the function.\n\nQuery: take a selfie \n\nResponse:',
    );
  });

  it('is found by its tokens, skips the space, reads pieces as one text, stops at the end token, again and again', async () => {
    await using model = await loadPlanningModel(sure);
    expect(model).toBeInstanceOf(OctopusModel);
    for (const sentence of ['take a selfie', 'a photo of me, <nexa_6>()<nexa_end> 你好']) {
      const draft = await model.plan(sentence, [], never);
      const call = { id: 'c1', function: 'take_a_photo', target: null, after: [] };
      expect(draft).toMatchObject({ decision: 'plan', readings: [] });
      expect(draft.calls).toEqual([
        { ...call, args: { camera: { kind: 'choice', value: 'front' } }, confidence: draft.confidence },
      ]);
      expect(draft.confidence).toBeCloseTo(0.9, 1);
    }
    expect((await model.plan('take a selfie', ['set_wifi'], never)).decision).toBe('clarify');
    await expect(model.plan('take a selfie', [], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await expect(model.plan('x'.repeat(4_000), [], never)).rejects.toThrow(SentenceTooLong);
    expect((await model.plan('take a selfie', [], never)).decision).toBe('plan');
  });

  it('asks when the first functional token is unsure', async () => {
    await using model = await OctopusModel.load(write('unsure.gguf', tinyOctopus(selfie, 0.6)));
    const draft = await model.plan('take a selfie', [], never);
    expect(draft).toMatchObject({
      decision: 'clarify',
      calls: [],
      readings: [{ calls: [{ function: 'take_a_photo' }] }],
    });
    expect(draft.confidence).toBeCloseTo(0.6, 1);
  });

  it('stops at the end of generation, and what is not ended is no plan', async () => {
    await using model = await OctopusModel.load(write('eos.gguf', tinyOctopus(['<nexa_6>', '()', '<eos>'], 0.99)));
    expect(await model.plan('any smoke?', [], never)).toMatchObject({ decision: 'clarify', calls: [], readings: [] });
  });

  it('stops at its limit, and within a token of the signal, where the weights never end', async () => {
    // The last token of a chain is followed by itself.
    const path = write('endless.gguf', tinyOctopus(['▁', '<nexa_4>', '(', 'la'], 0.99));
    const limited = await OctopusModel.load(path, 12);
    expect(await limited.plan('sing', [], never)).toMatchObject({ decision: 'clarify', calls: [], readings: [] });
    await limited[Symbol.asyncDispose]();
    await using endless = await OctopusModel.load(path, 1_500);
    const controller = new AbortController();
    const planned = endless.plan('sing', [], controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 500);
    await expect(planned).rejects.toThrow('enough');
  });

  it('with random weights stops, and holds functions of the catalogue alone', async () => {
    await using model = await loadPlanningModel(write('random.gguf', randomOctopus(7)), 'octopus-v2');
    const draft = await model.plan('text Anna that I am late', [], never);
    expect(['plan', 'clarify', 'irrelevant']).toContain(draft.decision);
    const calls = [...draft.calls, ...draft.readings.flatMap((reading) => reading.calls)];
    for (const call of calls) expect(findFunction(call.function)).toBeDefined();
  });

  it('refuses a file whose functional tokens are elsewhere', async () => {
    const path = write('moved.gguf', randomOctopus(7, [], 1));
    const corrupt = { failure: { code: 'MODEL_CORRUPT', message: expect.stringContaining('functional tokens') } };
    await expect(loadPlanningModel(path, 'octopus-v2')).rejects.toMatchObject(corrupt);
    await expect(loadPlanningModel(path)).rejects.toMatchObject({
      failure: { code: 'MODEL_CORRUPT', message: expect.stringContaining('no kind') },
    });
  });

  it.each([
    ['within its vocabulary', 0.05],
    ['in half', 0.5],
    ['within its last tensor', 0.9999],
  ])('refuses a file that is cut off %s', async (_, share) => {
    const path = join(folder.path, 'cut.gguf');
    copyFileSync(sure, path);
    const { size } = statSync(path);
    truncateSync(path, Math.floor(size * share));
    await expect(loadPlanningModel(path, 'octopus-v2')).rejects.toMatchObject({ failure: { code: 'MODEL_CORRUPT' } });
    await expect(loadPlanningModel(path)).rejects.toMatchObject({ failure: { code: 'MODEL_CORRUPT' } });
  });
});
