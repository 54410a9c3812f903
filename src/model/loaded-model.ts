import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import type { AddedFunction } from '../catalog/added-functions.js';
import type { PlanDraft } from '../core/plan-draft.js';
import { openCpuLlama } from './cpu-llama.js';
import { PlanDecoder } from './decoder.js';
import { LlamaTokenSource } from './llama-token-source.js';
import { type PlanLanguage, planLanguageOf } from './plan-language.js';
import type { PlanVocabulary } from './plan-vocabulary.js';
import { type PlanningModel, SentenceTooLong } from './planning-model.js';
import { PromptBuilder } from './prompt.js';
import { splitWords } from './words.js';

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
  /** Functions beyond the catalogue that this file was taught. */
  readonly addedFunctions: readonly AddedFunction[];
  readonly #prompts: PromptBuilder;

  private constructor(model: LlamaModel, context: LlamaContext, { vocabulary, addedFunctions }: PlanLanguage) {
    this.addedFunctions = addedFunctions;
    this.#model = model;
    this.#context = context;
    this.#vocabulary = vocabulary;
    this.#prompts = new PromptBuilder((text) => model.tokenize(text), vocabulary, model.tokens.bos);
    this.#decoder = new PlanDecoder(new LlamaTokenSource(context.getSequence()), vocabulary);
  }

  /** Loads a GGUF that carries the plan language. Throws what {@link planLanguageOf} throws. */
  static async load(path: string): Promise<LoadedModel> {
    const llama = await openCpuLlama(1);
    try {
      const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
      const language = planLanguageOf(path, model.fileInfo.metadata);
      const context = await model.createContext({
        contextSize: CONTEXT_SIZE,
        batchSize: CONTEXT_SIZE,
        sequences: 1,
        threads: 1,
      });
      return new LoadedModel(model, context, language);
    } catch (error) {
      // With it goes whatever was loaded so far.
      await llama.dispose();
      throw error;
    }
  }

  /** Plans one sentence. Throws SentenceTooLong, or the signal's reason. */
  async plan(text: string, functions: readonly string[], signal: AbortSignal): Promise<PlanDraft> {
    const words = splitWords(text);
    const prompt = this.#prompts.build(text);
    if (words.length > this.#vocabulary.wordCount || prompt.length > CONTEXT_SIZE / 2) throw new SentenceTooLong();
    return this.#decoder.decode({ text, words, prompt }, functions, signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.dispose();
    await this.#model.dispose();
    await this.#model.llama.dispose();
  }
}
