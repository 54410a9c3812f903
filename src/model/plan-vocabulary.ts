import { wordToken } from '../catalog/functional-tokens.js';
import { type PlanSymbol, symbolOf } from './plan-symbol.js';

/** Maps the token ids of a loaded model onto the plan language. Ids are matched, never text: these tokens print as ''. */
export class PlanVocabulary {
  readonly #symbols = new Map<number, PlanSymbol>();
  readonly #ids = new Map<string, number>();

  /** `tokens` are the plan tokens in the order of their ids, the first of which is `firstId`. */
  constructor(tokens: readonly string[], firstId: number) {
    tokens.forEach((token, offset) => {
      const id = firstId + offset;
      this.#ids.set(token, id);
      const symbol = symbolOf(token);
      if (symbol) this.#symbols.set(id, symbol);
    });
  }

  symbol(id: number): PlanSymbol | null {
    return this.#symbols.get(id) ?? null;
  }

  /** The id of a plan token, or null when the model was trained without it. */
  id(token: string): number | null {
    return this.#ids.get(token) ?? null;
  }

  /** How many words of a sentence this model can point at. */
  get wordCount(): number {
    let count = 0;
    while (this.#ids.has(wordToken(count))) count += 1;
    return count;
  }

  /** Every id with its symbol, in the order of the ids. */
  entries(): IterableIterator<[number, PlanSymbol]> {
    return this.#symbols.entries();
  }
}
