import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import type { NextToken, TokenSource } from './token-source.js';

/** Greedy: the likeliest token, with the model's own probability for it. */
const greedy = { token: true, confidence: true, options: { temperature: 0 } } as const;

/** Writes tokens with one sequence of a llama.cpp context. */
export class LlamaTokenSource implements TokenSource {
  readonly #sequence: LlamaContextSequence;
  #last: Token | null = null;

  constructor(sequence: LlamaContextSequence) {
    this.#sequence = sequence;
  }

  async start(prompt: readonly number[]): Promise<NextToken> {
    const ids = prompt.map((id) => id as Token);
    const last = ids.pop();
    if (last === undefined) throw new RangeError('an empty prompt');
    await this.#sequence.clearHistory();
    this.#last = last;
    return this.#greedy([...ids, [last, { generateNext: greedy }]]);
  }

  async next(id: number): Promise<NextToken> {
    this.#last = id as Token;
    return this.#greedy([[this.#last, { generateNext: greedy }]]);
  }

  async distribution(): Promise<ReadonlyMap<number, number>> {
    if (this.#last === null) throw new RangeError('nothing was read yet');
    // The state's last token is read again: llama.cpp keeps the logits of the last evaluation only.
    const end = this.#sequence.nextTokenIndex;
    await this.#sequence.eraseContextTokenRanges([{ start: end - 1, end }]);
    const outputs = await this.#sequence.controlledEvaluate([[this.#last, { generateNext: { probabilities: true } }]]);
    return outputs.at(-1)?.next.probabilities ?? new Map();
  }

  async #greedy(input: Parameters<LlamaContextSequence['controlledEvaluate']>[0]): Promise<NextToken> {
    const outputs = await this.#sequence.controlledEvaluate(input);
    const next = outputs.at(-1)?.next;
    return { id: next?.token ?? -1, probability: next?.confidence ?? 0 };
  }
}
