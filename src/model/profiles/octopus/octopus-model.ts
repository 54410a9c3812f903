import { availableParallelism } from 'node:os';
import type { LlamaContext, LlamaModel, Token } from 'node-llama-cpp';
import { TentacleError } from '../../../core/failure.js';
import type { PlanDraft } from '../../../core/plan-draft.js';
import { openCpuLlama } from '../../cpu-llama.js';
import { LlamaTokenSource } from '../../llama-token-source.js';
import { type PlanningModel, SentenceTooLong } from '../../planning-model.js';
import { decide } from './decide.js';
import type { OutputPart } from './octopus-output.js';
import { END_ID, functionIndex, hasOctopusTokens } from './octopus-tokens.js';

/** Several long calls fit; weights that write more are lost. */
const MAX_OUTPUT_TOKENS = 384;
const CONTEXT_SIZE = 2_048;

/** Before the first function the model writes a space; whoever writes more than a few writes no call. */
const MAX_LEADING_TOKENS = 4;

/** The words that the weights were trained with, to the letter. */
export function promptFor(sentence: string): string {
  return `Below is the query from the users, please call the correct function and generate the parameters to call the function.\n\nQuery: ${sentence} \n\nResponse:`;
}

/** The published Octopus v2 weights from a user's own GGUF: greedy, on the CPU, one sentence at a time. */
export class OctopusModel implements PlanningModel {
  readonly #model: LlamaModel;
  readonly #context: LlamaContext;
  readonly #source: LlamaTokenSource;
  readonly #maxOutputTokens: number;

  private constructor(model: LlamaModel, context: LlamaContext, maxOutputTokens: number) {
    this.#model = model;
    this.#context = context;
    this.#maxOutputTokens = maxOutputTokens;
    this.#source = new LlamaTokenSource(context.getSequence());
  }

  /** Loads the GGUF. Throws TentacleError MODEL_CORRUPT for a file whose functional tokens are not at their ids. */
  static async load(path: string, maxOutputTokens = MAX_OUTPUT_TOKENS): Promise<OctopusModel> {
    // Two thousand million weights keep every core busy, unlike the embedded model's few.
    const threads = availableParallelism();
    const llama = await openCpuLlama(threads);
    try {
      const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 });
      if (!hasOctopusTokens(model.fileInfo.metadata.tokenizer.ggml.tokens)) throw wrongTokens(path);
      const context = await model.createContext({
        contextSize: CONTEXT_SIZE,
        batchSize: CONTEXT_SIZE,
        sequences: 1,
        threads,
      });
      return new OctopusModel(model, context, maxOutputTokens);
    } catch (error) {
      // With it goes whatever was loaded so far.
      await llama.dispose();
      throw error;
    }
  }

  async plan(text: string, functions: readonly string[], signal: AbortSignal): Promise<PlanDraft> {
    signal.throwIfAborted();
    const prompt = this.#prompt(text);
    if (prompt.length + this.#maxOutputTokens > CONTEXT_SIZE) throw new SentenceTooLong();
    return decide(await this.#write(prompt, signal), text, functions);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.dispose();
    await this.#model.dispose();
    await this.#model.llama.dispose();
  }

  #prompt(text: string): readonly number[] {
    const { bos, shouldPrependBosToken } = this.#model.tokens;
    const start = bos !== null && shouldPrependBosToken ? [bos] : [];
    // Plain text only: a sentence that spells a special token must not become one.
    return [...start, ...this.#model.tokenize(promptFor(text), false)];
  }

  /** Writes until the end token, the end of generation, or the limit; gives up early where no call begins. */
  async #write(prompt: readonly number[], signal: AbortSignal): Promise<readonly OutputPart[]> {
    const parts: OutputPart[] = [];
    let run: Token[] = [];
    const endRun = (): void => {
      if (run.length > 0) parts.push({ kind: 'text', text: this.#model.detokenize(run) });
      run = [];
    };
    let next = await this.#source.start(prompt);
    for (let written = 1; written <= this.#maxOutputTokens; written += 1) {
      signal.throwIfAborted();
      const token = next.id as Token;
      const index = functionIndex(next.id);
      if (index !== null) {
        endRun();
        parts.push({ kind: 'function', index, probability: next.probability });
      } else if (next.id === END_ID) {
        endRun();
        parts.push({ kind: 'end' });
        break;
      } else if (next.id < 0 || this.#model.isEogToken(token)) break;
      else run.push(token);
      if (parts.length === 0 && run.length >= MAX_LEADING_TOKENS) break;
      next = await this.#source.next(next.id);
    }
    endRun();
    return parts;
  }
}

function wrongTokens(path: string): TentacleError {
  return new TentacleError({
    code: 'MODEL_CORRUPT',
    fault: 'user',
    message: `The model ${path} does not have Octopus v2's functional tokens at their ids.`,
    next: 'Use a conversion of the published weights that kept their vocabulary of 256,022 tokens.',
  });
}
