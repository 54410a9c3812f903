import { getLlama, type LlamaContext, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { z } from 'zod';
import { structureTokens, wordToken } from '../catalog/functional-tokens.js';
import { TentacleError } from '../core/failure.js';
import type { PlanDraft } from '../core/plan-draft.js';
import { PlanDecoder } from './decoder.js';
import { LlamaTokenSource } from './llama-token-source.js';
import { PlanVocabulary } from './plan-vocabulary.js';
import { type PlanningModel, SentenceTooLong } from './planning-model.js';
import { splitWords, tokenizerText, type Word } from './words.js';

/** What our GGUF files say of themselves. */
const metadataSchema = z.object({
  tentacle: z.object({
    catalog_version: z.number(),
    first_plan_token: z.number(),
    plan_tokens: z.array(z.string()),
  }),
});

/** Prompts of the longest plannable sentence fit: each word costs its pieces twice and a pointer. */
const CONTEXT_SIZE = 2_048;

/**
 * A planning model in memory: llama.cpp on the CPU with one thread, which for a model of this size is several times
 * faster than two. One sentence at a time.
 */
export class LoadedModel implements PlanningModel {
  readonly #model: LlamaModel;
  readonly #context: LlamaContext;
  readonly #vocabulary: PlanVocabulary;
  readonly #decoder: PlanDecoder;
  readonly #pieces = new Map<string, readonly number[]>();

  private constructor(model: LlamaModel, context: LlamaContext, vocabulary: PlanVocabulary) {
    this.#model = model;
    this.#context = context;
    this.#vocabulary = vocabulary;
    this.#decoder = new PlanDecoder(new LlamaTokenSource(context.getSequence()), vocabulary);
  }

  /** Loads a GGUF that carries the plan language. Throws TentacleError MODEL_CORRUPT for a file without it. */
  static async load(path: string): Promise<LoadedModel> {
    const llama = await getLlama({
      gpu: false,
      build: 'never',
      skipDownload: true,
      logLevel: LlamaLogLevel.error,
      maxThreads: 1,
    });
    const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
    const metadata = metadataSchema.safeParse(model.fileInfo.metadata);
    const tokens = metadata.success ? metadata.data.tentacle : null;
    const vocabulary = tokens ? new PlanVocabulary(tokens.plan_tokens, tokens.first_plan_token) : null;
    if (!vocabulary?.isComplete) {
      await model.dispose();
      throw new TentacleError({
        code: 'MODEL_CORRUPT',
        fault: 'tentacle',
        message: `The model ${path} does not carry the plan language.`,
        next: 'Use a model that was trained for Tentacle.',
      });
    }
    const context = await model.createContext({
      contextSize: CONTEXT_SIZE,
      batchSize: CONTEXT_SIZE,
      sequences: 1,
      threads: 1,
    });
    return new LoadedModel(model, context, vocabulary);
  }

  /** Plans one sentence. Throws SentenceTooLong, or the signal's reason. */
  async plan(text: string, functions: readonly string[], signal: AbortSignal): Promise<PlanDraft> {
    const words = splitWords(text);
    const prompt = this.#prompt(words);
    if (words.length > this.#vocabulary.wordCount || prompt.length > CONTEXT_SIZE / 2) throw new SentenceTooLong();
    return this.#decoder.decode({ text, words, prompt }, functions, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.dispose();
    await this.#model.dispose();
  }

  /** The sentence, then the sentence again with a pointer after each word: a causal model so reads it knowing its end. */
  #prompt(words: readonly Word[]): readonly number[] {
    const pieces = words.map((word) => this.#wordPieces(tokenizerText(word)));
    const start = this.#model.tokens.bos;
    return [
      ...(start === null ? [] : [start]),
      ...pieces.flat(),
      this.#id(structureTokens.words),
      ...pieces.flatMap((ids, index) => [...ids, this.#id(wordToken(index))]),
      this.#id(structureTokens.plan),
    ];
  }

  #wordPieces(text: string): readonly number[] {
    const known = this.#pieces.get(text);
    if (known) return known;
    const pieces = this.#model.tokenize(text);
    this.#pieces.set(text, pieces);
    return pieces;
  }

  /** A sentence's words beyond the pointers map to -1: {@link plan} refuses it before the model sees it. */
  #id(token: string): number {
    return this.#vocabulary.id(token) ?? -1;
  }
}
