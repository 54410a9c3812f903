import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import { z } from 'zod';
import { TentacleError } from '../../../core/failure.js';
import type { PlanDraft } from '../../../core/plan-draft.js';
import { openCpuLlama } from '../../cpu-llama.js';
import { CLARIFY_BELOW } from '../../decoder.js';
import { type PlanningModel, SentenceTooLong } from '../../planning-model.js';
import { likeliestFunctions } from '../../retrieval/likeliest-functions.js';
import { clarifyDraft, draftToolCalls } from '../../tools/draft-tool-calls.js';
import { type ToolFormat, toolFormatOf } from './tool-format.js';
import { writeAnswer } from './write-answer.js';

/** How many functions a model is told of: the meant one is among the first eight for 97 of 100 sentences. */
const RETRIEVED = 8;

/** Instructions, eight functions and a sentence take some 1,500 tokens; byte-wise vocabularies several times as many. */
const CONTEXT_SIZE = 4_096;

/** Several calls with long messages fit; a model that writes more is lost. */
const MAX_ANSWER_TOKENS = 384;

/** Bytes of weights below which a second thread costs more than it helps. */
const SMALL_MODEL = 64 * 1_048_576;

const metadataSchema = z.object({ tokenizer: z.object({ chat_template: z.string().min(1) }) });

export interface ToolPromptOptions {
  /** How many functions the model is told of. */
  readonly retrieved?: number;
  /** Tokens of prompt and answer together; at most what the model was trained for. */
  readonly contextSize?: number;
  /** Tokens of one answer. */
  readonly maxAnswerTokens?: number;
}

function corrupt(path: string, message: string): TentacleError {
  return new TentacleError({
    code: 'MODEL_CORRUPT',
    fault: 'tentacle',
    message: `The model ${path} ${message}`,
    next: 'Use an instruct model in GGUF form, or choose another model.',
  });
}

/**
 * Somebody else's instruct model as a planner: it is told of the likeliest functions in a prompt and answers with calls.
 * `confidence` is the probability of its weakest choice of a function under the grammar. It is not calibrated: other
 * people's models are surer than they are right. One sentence at a time.
 */
class ToolPromptModel implements PlanningModel {
  readonly #model: LlamaModel;
  readonly #context: LlamaContext;
  readonly #sequence: LlamaContextSequence;
  readonly #format: ToolFormat;
  readonly #retrieved: number;
  readonly #maxAnswerTokens: number;

  constructor(model: LlamaModel, context: LlamaContext, format: ToolFormat, options: ToolPromptOptions) {
    this.#model = model;
    this.#context = context;
    this.#sequence = context.getSequence();
    this.#format = format;
    this.#retrieved = options.retrieved ?? RETRIEVED;
    this.#maxAnswerTokens = options.maxAnswerTokens ?? MAX_ANSWER_TOKENS;
  }

  /** An answer that the limit cut off, or that says no calls in any form we read, becomes a question. */
  async plan(text: string, functions: readonly string[], signal: AbortSignal): Promise<PlanDraft> {
    const told = likeliestFunctions(text, this.#retrieved, functions);
    const prompt = this.#format.prompt(text, told);
    if (prompt.length + this.#maxAnswerTokens > this.#context.contextSize) throw new SentenceTooLong();
    const guide = await this.#format.guide(told);
    const answer = await writeAnswer(this.#model, this.#sequence, prompt, {
      ...guide,
      maxTokens: this.#maxAnswerTokens,
      signal,
    });
    const calls = answer.ended ? this.#format.read(answer.text) : null;
    if (!calls?.ok) return clarifyDraft(0);
    const { confidence } = answer;
    const draft = draftToolCalls(text, calls.value, { offered: told.map(({ name }) => name), confidence });
    // An unsure plan is asked about, as with the embedded model.
    return draft.decision === 'plan' && confidence < CLARIFY_BELOW
      ? { decision: 'clarify', calls: [], confidence, readings: [{ calls: draft.calls, confidence }] }
      : draft;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#context.dispose();
    await this.#model.dispose();
    await this.#model.llama.dispose();
  }
}

/**
 * Loads any GGUF with a chat template as a planner, on the CPU. Throws TentacleError MODEL_CORRUPT for
 * a file that cannot be loaded or has no template.
 */
export async function loadToolPromptModel(path: string, options: ToolPromptOptions = {}): Promise<PlanningModel> {
  const llama = await openCpuLlama(0);
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0 }).catch(async (error: unknown) => {
    await llama.dispose();
    throw new TentacleError(corrupt(path, 'cannot be loaded.').failure, { cause: error });
  });
  if (!metadataSchema.safeParse(model.fileInfo.metadata).success) {
    await model.dispose();
    await llama.dispose();
    throw corrupt(path, 'has no chat template: it is no instruct model.');
  }
  try {
    const context = await model.createContext({
      contextSize: Math.min(options.contextSize ?? CONTEXT_SIZE, model.trainContextSize),
      sequences: 1,
      // Every token waits for the slowest thread: one core stays free for the rest of the machine, and small models, whose
      // tokens take a millisecond, want one thread.
      threads: model.size < SMALL_MODEL ? 1 : Math.max(1, llama.cpuMathCores - 1),
    });
    return new ToolPromptModel(model, context, toolFormatOf(llama, model), options);
  } catch (error) {
    await model.dispose();
    await llama.dispose();
    throw error;
  }
}
