import { getLlama, type LlamaContext, LlamaLogLevel, type LlamaModel } from 'node-llama-cpp';
import { z } from 'zod';
import { type AddedFunction, addedFunctionsSchema, addFunctions } from '../catalog/added-functions.js';
import { TentacleError } from '../core/failure.js';
import type { PlanDraft } from '../core/plan-draft.js';
import { PlanDecoder } from './decoder.js';
import { LlamaTokenSource } from './llama-token-source.js';
import { PlanVocabulary } from './plan-vocabulary.js';
import { type PlanningModel, SentenceTooLong } from './planning-model.js';
import { PromptBuilder } from './prompt.js';
import { splitWords } from './words.js';

/** What our GGUF files say of themselves. */
const metadataSchema = z.object({
  tentacle: z.object({
    catalog_version: z.number(),
    first_plan_token: z.number(),
    plan_tokens: z.array(z.string()),
    added_functions: z.string().optional(),
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
  /** Functions beyond the catalogue that this file was taught. */
  readonly addedFunctions: readonly AddedFunction[];
  readonly #prompts: PromptBuilder;

  private constructor(
    model: LlamaModel,
    context: LlamaContext,
    vocabulary: PlanVocabulary,
    addedFunctions: readonly AddedFunction[],
  ) {
    this.addedFunctions = addedFunctions;
    this.#model = model;
    this.#context = context;
    this.#vocabulary = vocabulary;
    this.#prompts = new PromptBuilder((text) => model.tokenize(text), vocabulary, model.tokens.bos);
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
    const added = addedFunctionsSchema.safeParse(parseJson(tokens?.added_functions ?? '[]')).data ?? [];
    addFunctions(added);
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
    return new LoadedModel(model, context, vocabulary, added);
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
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
