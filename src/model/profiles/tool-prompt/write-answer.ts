import type { LlamaContextSequence, LlamaGrammarEvaluationState, LlamaModel, Token } from 'node-llama-cpp';

/** The prompt is read in parts of this many tokens, between which the signal is heard. */
const PART = 256;

export interface AnswerOptions {
  /** Holds what is written to a form; absent for formats of special tokens, which no text grammar can hold. */
  readonly grammar?: LlamaGrammarEvaluationState;
  /** Whether the text is whole, though the model has not ended. */
  readonly isWhole: (text: string) => boolean;
  /** Whether the token after this text decides which function is called. */
  readonly decides: (text: string) => boolean;
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

/** Tokens less likely than this do not count for a choice's probability. */
const NEGLIGIBLE = 0.001;

/**
 * What a model wrote. `ended` is false when the token limit cut it off. `confidence` is the smallest probability of a
 * deciding choice, among those that the grammar allowed; 1 when none decided.
 */
export interface WrittenAnswer {
  readonly text: string;
  readonly ended: boolean;
  readonly confidence: number;
}

interface Step {
  readonly token: Token;
  readonly probability: number;
}

/** Reads the prompt but its last token, keeping what the sequence already knows of its beginning. */
async function readPrompt(
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  signal: AbortSignal,
): Promise<readonly Token[]> {
  const known = prompt.slice(0, -1);
  await sequence.adaptStateToTokens(known, false);
  while (sequence.nextTokenIndex < known.length) {
    signal.throwIfAborted();
    const from = sequence.nextTokenIndex;
    await sequence.evaluateWithoutGeneratingNewTokens(known.slice(from, from + PART));
  }
  return prompt.slice(-1);
}

/** One greedy token after `input`, or null at the model's own end. Its probability costs a look at the whole vocabulary. */
async function nextToken(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  input: readonly Token[],
  grammar: LlamaGrammarEvaluationState | undefined,
  decides: boolean,
): Promise<Step | null> {
  const options = { temperature: 0, ...(grammar ? { grammarEvaluationState: grammar } : {}) };
  if (!decides) {
    for await (const token of sequence.evaluate([...input], options)) return { token, probability: 1 };
    return null;
  }
  const outputs = sequence.evaluateWithMetadata([...input], { probabilities: true }, options);
  for await (const { token, probabilities } of outputs)
    return { token, probability: choiceProbability(model, token, probabilities) };
  return null;
}

/**
 * The probability of the choice that a token begins: "[" and "[{" begin the same one, only cut in other places, so all
 * tokens count of which one begins with the other.
 */
function choiceProbability(model: LlamaModel, chosen: Token, probabilities: ReadonlyMap<Token, number>): number {
  const text = model.detokenize([chosen], true);
  let sum = 0;
  for (const [token, probability] of probabilities) {
    if (probability < NEGLIGIBLE) break;
    const other = model.detokenize([token], true);
    if (token === chosen || (other !== '' && (text.startsWith(other) || other.startsWith(text)))) sum += probability;
  }
  return Math.min(1, sum);
}

/** Lets a model answer a prompt greedily. Throws the signal's reason between two tokens. */
export async function writeAnswer(
  model: LlamaModel,
  sequence: LlamaContextSequence,
  prompt: readonly Token[],
  { grammar, isWhole, decides, maxTokens, signal }: AnswerOptions,
): Promise<WrittenAnswer> {
  let input = await readPrompt(sequence, prompt, signal);
  const written: Token[] = [];
  let text = '';
  let confidence = 1;
  while (written.length < maxTokens) {
    signal.throwIfAborted();
    const step = await nextToken(model, sequence, input, grammar, decides(text));
    if (!step) return { text, ended: true, confidence };
    confidence = Math.min(confidence, step.probability);
    written.push(step.token);
    text = model.detokenize(written, true);
    if (isWhole(text)) return { text, ended: true, confidence };
    input = [step.token];
  }
  return { text, ended: false, confidence };
}
