import { describe, expect, it } from 'vitest';
import { planTokens } from '../../src/catalog/functional-tokens.js';
import { PlanDecoder } from '../../src/model/decoder.js';
import { PlanVocabulary } from '../../src/model/plan-vocabulary.js';
import type { NextToken, TokenSource } from '../../src/model/token-source.js';
import { splitWords } from '../../src/model/words.js';

const vocabulary = new PlanVocabulary(planTokens, 0);
const id = (token: string): number => {
  const found = vocabulary.id(token);
  if (found === null) throw new Error(token);
  return found;
};

/** What comes after which tokens: likeliest first, with probabilities. Everything else is improbable. */
type Tree = Readonly<Record<string, readonly (readonly [string, number])[]>>;

/** A model of a few remembered continuations, keyed by the plan so far. */
class RememberedSource implements TokenSource {
  readonly #tree: Tree;
  #plan: number[] = [];
  starts = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  async start(prompt: readonly number[]): Promise<NextToken> {
    this.starts += 1;
    this.#plan = prompt.slice(1);
    return this.#likeliest();
  }

  async next(token: number): Promise<NextToken> {
    this.#plan.push(token);
    return this.#likeliest();
  }

  async distribution(): Promise<ReadonlyMap<number, number>> {
    return new Map(this.#known().map(([token, probability]) => [id(token), probability]));
  }

  #known(): readonly (readonly [string, number])[] {
    return this.#tree[this.#plan.map((token) => planTokens[token]).join(' ')] ?? [['<plan_end>', 0.99]];
  }

  #likeliest(): NextToken {
    const [token, probability] = this.#known()[0] ?? ['<plan_end>', 0];
    return { id: id(token), probability };
  }
}

function decode(tree: Tree, text = 'wifi and bluetooth off please') {
  const source = new RememberedSource(tree);
  const words = splitWords(text);
  const sentence = { text, words, prompt: [id('<plan>')] };
  return new PlanDecoder(source, vocabulary).decode(sentence, [], new AbortController().signal);
}

const wifi = '<fn:set_wifi> <arg:enabled> <off> <call_end>';
const wifiSteps: Tree = {
  '<fn:set_wifi>': [['<arg:enabled>', 0.99]],
  '<fn:set_wifi> <arg:enabled>': [['<off>', 0.99]],
  '<fn:set_wifi> <arg:enabled> <off>': [['<call_end>', 0.99]],
};
const bluetoothSteps: Tree = {
  '<fn:set_bluetooth>': [['<arg:enabled>', 0.99]],
  '<fn:set_bluetooth> <arg:enabled>': [['<off>', 0.99]],
  '<fn:set_bluetooth> <arg:enabled> <off>': [['<call_end>', 0.99]],
};
const andBluetooth: Tree = Object.fromEntries(
  Object.entries({ '': [['<fn:set_bluetooth>', 0.95] as const], ...bluetoothSteps }).map(([key, value]) => [
    `${wifi} <also> ${key}`.trim(),
    value,
  ]),
);

describe('the decoder', () => {
  it('plans when every deciding step is sure, and is as sure as the weakest of them', async () => {
    const draft = await decode({
      '': [['<fn:set_wifi>', 0.9]],
      ...wifiSteps,
      [wifi]: [['<plan_end>', 0.8]],
    });
    expect(draft).toMatchObject({ decision: 'plan', confidence: 0.8, calls: [{ function: 'set_wifi' }], readings: [] });
  });

  it('asks which function is meant', async () => {
    const draft = await decode({
      '': [
        ['<fn:set_wifi>', 0.4],
        ['<fn:set_bluetooth>', 0.35],
        ['<fn:set_flashlight>', 0.01],
      ],
      ...wifiSteps,
      ...bluetoothSteps,
    });
    expect(draft.decision).toBe('clarify');
    expect(draft.calls).toEqual([]);
    expect(draft.readings.map(({ calls }) => calls.map((call) => call.function))).toEqual([
      ['set_wifi'],
      ['set_bluetooth'],
    ]);
  });

  it('asks whether a further call is meant', async () => {
    const draft = await decode({
      '': [['<fn:set_wifi>', 0.99]],
      ...wifiSteps,
      [wifi]: [
        ['<also>', 0.45],
        ['<plan_end>', 0.44],
      ],
      ...andBluetooth,
    });
    expect(draft.decision).toBe('clarify');
    expect(draft.readings.map(({ calls }) => calls.map((call) => call.function))).toEqual([
      ['set_wifi', 'set_bluetooth'],
      ['set_wifi'],
    ]);
  });

  it('an unsure "irrelevant" without another likely reading stays irrelevant', async () => {
    const draft = await decode({ '': [['<fn:irrelevant>', 0.4]] });
    expect(draft).toMatchObject({ decision: 'irrelevant', calls: [], readings: [] });
  });

  it('takes the likeliest token that the grammar allows', async () => {
    const draft = await decode({
      '': [
        ['<plan_end>', 0.5],
        ['<fn:set_wifi>', 0.49],
      ],
      ...wifiSteps,
    });
    expect(draft.readings[0]?.calls[0]?.function ?? draft.calls[0]?.function).toBe('set_wifi');
  });

  it('stops between two tokens with the signal’s reason', async () => {
    const source = new RememberedSource({ '': [['<fn:set_wifi>', 0.9]] });
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const sentence = { text: 'wifi', words: splitWords('wifi'), prompt: [id('<plan>')] };
    await expect(new PlanDecoder(source, vocabulary).decode(sentence, [], controller.signal)).rejects.toThrow('enough');
  });
});
