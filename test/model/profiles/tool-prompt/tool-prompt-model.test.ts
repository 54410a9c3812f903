import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFunction } from '../../../../src/catalog/catalog.js';
import { planDraftSchema } from '../../../../src/core/plan-draft.js';
import { SentenceTooLong } from '../../../../src/model/planning-model.js';
import {
  loadToolPromptModel,
  type ToolPromptOptions,
} from '../../../../src/model/profiles/tool-prompt/tool-prompt-model.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';
import { writeTinyModel } from '../../../support/tiny-model.js';
import { chatMl, type TinyInstruct, tinyInstruct } from './tiny-instruct.js';

/** The tiny vocabulary writes the prompt nearly byte by byte. */
const tiny = { contextSize: 12_288, retrieved: 3 } as const;

const gemmaTokens = [
  '<start_of_turn>',
  '<end_of_turn>',
  '<start_function_declaration>',
  '<end_function_declaration>',
  '<start_function_call>',
  '<end_function_call>',
  '<start_function_response>',
  '<escape>',
];

/** Writes a model, loads it, plans the sentence. */
async function planWith(
  facts: Partial<TinyInstruct> & Pick<TinyInstruct, 'weights'>,
  sentence: string,
  options: ToolPromptOptions & { functions?: readonly string[] } = {},
) {
  using folder = temporaryFolder();
  const path = writeTinyModel(join(folder.path, 'tiny.gguf'), tinyInstruct({ ...chatMl, ...facts }));
  await using model = await loadToolPromptModel(path, { ...tiny, ...options });
  return await model.plan(sentence, options.functions ?? [], AbortSignal.timeout(20_000));
}

const says = (...pieces: string[]) => ({ weights: { says: pieces } });

describe('the tool prompt profile', () => {
  it('plans what a model answers in JSON under the grammar', async () => {
    const draft = await planWith(
      says('[{"name": "set_flashlight", "arguments": {"enabled": true}}]'),
      'torch on please',
    );
    expect(draft).toMatchObject({
      decision: 'plan',
      calls: [{ id: 'c1', function: 'set_flashlight', args: { enabled: { kind: 'choice', value: true } } }],
    });
    expect(draft.confidence).toBeGreaterThan(0.9);
  });

  it('tells the template that no thoughts are wanted', async () => {
    // With thoughts the prompt would end with "<think>", after which this model says nothing. The template has turns of its
    // own: one that looks like ChatML would not be rendered.
    const chatTemplate =
      '{% for message in messages %}<{{ message.role }}>\n' +
      "{% if enable_thinking and message.role == 'assistant' %}<think>{% endif %}" +
      '{{ message.content }}</{{ message.role }}>\n{% endfor %}{% if add_generation_prompt %}<assistant>\n{% endif %}';
    const weights = { says: ['[{"name": "set_flashlight", "arguments": {"enabled": true}}]'] };
    expect(await planWith({ weights, chatTemplate }, 'torch on')).toMatchObject({ decision: 'plan' });
  });

  it('takes an empty array for irrelevant', async () => {
    const draft = await planWith(says('[', ']'), 'what is the capital of France');
    expect(draft).toMatchObject({ decision: 'irrelevant', calls: [] });
  });

  it('asks where a model says what the sentence does not', async () => {
    const call = says('[{"name": "make_phone_call", "arguments": {"recipient": "+1 555 010 9999"}}]');
    const draft = await planWith(call, 'call my mother');
    expect(draft).toMatchObject({ decision: 'clarify', calls: [] });
  });

  it("lets no function pass that was not among those the model was told of, whatever the model's own wish", async () => {
    const wished = '[{"name": "open_trunk", "arguments": {}}]';
    const draft = await planWith(says(wished), 'torch on', { functions: ['set_flashlight'], retrieved: 1 });
    expect(
      draft.calls.concat(draft.readings.flatMap((reading) => reading.calls)).map((call) => call.function),
    ).not.toContain('open_trunk');
  });

  it.each([1, 2, 3, 4])(
    'gives a readable draft with random weights (seed %i), within the token limit',
    async (seed) => {
      const draft = await planWith({ weights: { seed } }, 'turn the volume to 30 percent', { maxAnswerTokens: 96 });
      expect(planDraftSchema.safeParse(draft).success).toBe(true);
      const calls = [...draft.calls, ...draft.readings.flatMap((reading) => reading.calls)];
      for (const call of calls) expect(findFunction(call.function)).toBeDefined();
    },
  );

  it('stops between two tokens when the signal says so, and with the reason of the signal', async () => {
    using folder = temporaryFolder();
    // These weights write for seconds: thousands of tokens.
    const path = writeTinyModel(join(folder.path, 'tiny.gguf'), tinyInstruct({ ...chatMl, weights: { seed: 4 } }));
    await using model = await loadToolPromptModel(path, { ...tiny, maxAnswerTokens: 6_000 });
    const stop = new AbortController();
    const reason = new Error('the user is gone');
    const planned = model.plan('turn the volume up', [], stop.signal);
    setTimeout(() => stop.abort(reason), 300);
    await expect(planned).rejects.toBe(reason);
  });

  it('refuses a sentence that does not fit beside the functions', async () => {
    const planned = planWith({ weights: { seed: 6 } }, 'very '.repeat(190), { contextSize: 2_048 });
    await expect(planned).rejects.toBeInstanceOf(SentenceTooLong);
  });

  it('plans several sentences in a row with one model', async () => {
    using folder = temporaryFolder();
    const call = says('[{"name": "set_flashlight", "arguments": {"enabled": true}}]');
    const path = writeTinyModel(join(folder.path, 'tiny.gguf'), tinyInstruct({ ...chatMl, ...call }));
    await using model = await loadToolPromptModel(path, tiny);
    for (const sentence of ['torch on', 'torch on please', 'flashlight on'])
      expect(await model.plan(sentence, [], AbortSignal.timeout(20_000))).toMatchObject({ decision: 'plan' });
  });

  it.each([
    ['without a chat template', { chatTemplate: null }],
    ['cut in half', { half: true }],
  ])('refuses a file %s', async (_, facts) => {
    using folder = temporaryFolder();
    const model = tinyInstruct({ ...chatMl, weights: { seed: 7 }, ...facts });
    const path = writeTinyModel(join(folder.path, 'tiny.gguf'), model);
    if ('half' in facts) truncateSync(path, Math.floor(statSync(path).size / 2));
    await expect(loadToolPromptModel(path)).rejects.toMatchObject({ failure: { code: 'MODEL_CORRUPT' } });
  });
});

describe('FunctionGemma', () => {
  const gemma = (...pieces: string[]) => ({ controls: gemmaTokens, chatTemplate: 'its own', ...says(...pieces) });

  it('is known by its tokens, and its calls with text are read', async () => {
    const call = 'call:send_text_message{contact_name:<escape>Anna<escape>,message:<escape>hello<escape>}';
    const draft = await planWith(gemma('<start_function_call>', call, '<end_function_call>'), 'text Anna hello');
    expect(draft).toMatchObject({
      decision: 'plan',
      calls: [{ args: { contact_name: { span: { text: 'Anna' } }, message: { span: { text: 'hello' } } } }],
    });
  });

  it('asks when the call breaks off', async () => {
    const call = 'call:send_text_message{contact_name:<escape>Anna';
    const draft = await planWith(gemma('<start_function_call>', call), 'text Anna hello');
    expect(draft).toMatchObject({ decision: 'clarify', calls: [] });
  });

  it('plans a whole call', async () => {
    const draft = await planWith(
      gemma(
        '<start_function_call>',
        'call:set_flashlight{enabled:true}',
        '<end_function_call>',
        '<start_function_response>',
      ),
      'torch on',
    );
    expect(draft).toMatchObject({
      decision: 'plan',
      calls: [{ function: 'set_flashlight', args: { enabled: { kind: 'choice', value: true } } }],
    });
    expect(draft.confidence).toBeGreaterThan(0.9);
  });

  it('takes prose for irrelevant', async () => {
    expect(await planWith(gemma('I cannot', ' do that.'), 'sing me a sonnet')).toMatchObject({
      decision: 'irrelevant',
    });
  });
});
