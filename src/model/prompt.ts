import { structureTokens, wordToken } from '../catalog/functional-tokens.js';
import type { PlanVocabulary } from './plan-vocabulary.js';
import { splitWords, tokenizerText } from './words.js';

/** Splits text into the token ids of a model. */
export type Tokenize = (text: string) => readonly number[];

/**
 * Builds the prompts of the plan language; the training code has the same rule (training/tentacle_training/encode.py), and
 * `npm run check:parity` holds both to one list.
 */
export class PromptBuilder {
  readonly #tokenize: Tokenize;
  readonly #vocabulary: PlanVocabulary;
  readonly #start: readonly number[];
  readonly #pieces = new Map<string, readonly number[]>();

  /** `start` is the id of the token that begins every text, or null. */
  constructor(tokenize: Tokenize, vocabulary: PlanVocabulary, start: number | null) {
    this.#tokenize = tokenize;
    this.#vocabulary = vocabulary;
    this.#start = start === null ? [] : [start];
  }

  /** The sentence, then the sentence again with a pointer after each word: a causal model so reads it knowing its end. */
  build(sentence: string): readonly number[] {
    const pieces = splitWords(sentence).map((word) => this.#wordPieces(tokenizerText(word)));
    return [
      ...this.#start,
      ...pieces.flat(),
      this.#id(structureTokens.words),
      ...pieces.flatMap((ids, index) => [...ids, this.#id(wordToken(index))]),
      this.#id(structureTokens.plan),
    ];
  }

  #wordPieces(text: string): readonly number[] {
    const known = this.#pieces.get(text);
    if (known) return known;
    const pieces = this.#tokenize(text);
    this.#pieces.set(text, pieces);
    return pieces;
  }

  /** Words beyond the model's pointers map to -1: such a sentence is refused before the model sees it. */
  #id(token: string): number {
    return this.#vocabulary.id(token) ?? -1;
  }
}
