import type { Decision } from '../core/plan.js';
import type { DraftCall, PlanDraft, Reading } from '../core/plan-draft.js';
import { type PlanStep, parsePlan } from './parse-plan.js';
import { PlanGrammar } from './plan-grammar.js';
import type { PlanVocabulary } from './plan-vocabulary.js';
import type { NextToken, TokenSource } from './token-source.js';
import type { Word } from './words.js';

/**
 * Below this share of probability for its weakest step a plan becomes a question: on unseen phrasings such plans were wrong
 * more often than right.
 */
export const CLARIFY_BELOW = 0.5;

/** A second reading is worth offering from this probability on. */
const OFFER_FROM = 0.08;

/** No sentence of at most {@link MAX_WORDS} words needs more tokens; a model that writes more is lost. */
const MAX_STEPS = 600;

export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
  readonly prompt: readonly number[];
}

/** Writes one plan under the grammar: greedily, with the full distribution only where it matters. */
export class PlanDecoder {
  readonly #source: TokenSource;
  readonly #vocabulary: PlanVocabulary;

  constructor(source: TokenSource, vocabulary: PlanVocabulary) {
    this.#source = source;
    this.#vocabulary = vocabulary;
  }

  /** The draft for one sentence; `signal` stops it between two tokens by throwing the signal's reason. */
  async decode(sentence: Sentence, offered: readonly string[], signal: AbortSignal): Promise<PlanDraft> {
    const steps = await this.#write(sentence, offered, null, signal);
    const calls = read(steps, sentence);
    if (!calls) return { decision: 'clarify', calls: [], confidence: 0, readings: [] };
    const confidence = confidenceOf(steps);
    const decision: Decision = calls.length === 0 ? 'irrelevant' : 'plan';
    if (confidence >= CLARIFY_BELOW) return { decision, calls: [...calls], confidence, readings: [] };
    const others = await this.#otherReadings(sentence, offered, calls, signal);
    // Nothing is sent for an unsure "irrelevant"; an unsure call is asked about, also when it is the only reading.
    if (others.length === 0 && decision === 'irrelevant') return { decision, calls: [], confidence, readings: [] };
    const readings = calls.length > 0 ? [{ calls: [...calls], confidence }, ...others] : others;
    return { decision: 'clarify', calls: [], confidence, readings };
  }

  /** Hears out the plans that begin with another likely function. */
  async #otherReadings(
    sentence: Sentence,
    offered: readonly string[],
    best: readonly DraftCall[],
    signal: AbortSignal,
  ): Promise<Reading[]> {
    await this.#source.start(sentence.prompt);
    const openings = await this.#allowed(new PlanGrammar(sentence.words.length, offered));
    const readings: Reading[] = [];
    for (const opening of openings.slice(0, 3)) {
      if (opening.probability < OFFER_FROM) break;
      const calls = read(await this.#write(sentence, offered, opening, signal), sentence);
      const isNew = calls?.[0] && calls[0].function !== best[0]?.function;
      if (isNew) readings.push({ calls: [...calls], confidence: opening.probability });
    }
    return readings;
  }

  /** `opening` forces the first token, to hear another reading out. */
  async #write(
    sentence: Sentence,
    offered: readonly string[],
    opening: NextToken | null,
    signal: AbortSignal,
  ): Promise<readonly PlanStep[]> {
    const grammar = new PlanGrammar(sentence.words.length, offered);
    const steps: PlanStep[] = [];
    let proposal = await this.#source.start(sentence.prompt);
    while (!grammar.isDone && steps.length < MAX_STEPS) {
      signal.throwIfAborted();
      const forced = steps.length === 0 ? opening : null;
      const choice =
        this.#choice(forced ?? proposal, grammar) ?? this.#choice((await this.#allowed(grammar))[0], grammar);
      if (!choice) break;
      grammar.take(choice.symbol);
      steps.push(choice);
      if (!grammar.isDone) proposal = await this.#source.next(choice.id);
    }
    return steps;
  }

  /** The token with its symbol, if the grammar allows it. The greedy token, when allowed, is also the masked choice. */
  #choice(token: NextToken | undefined, grammar: PlanGrammar): (PlanStep & { readonly id: number }) | null {
    const symbol = token ? this.#vocabulary.symbol(token.id) : null;
    return token && symbol && grammar.allows(symbol) ? { id: token.id, probability: token.probability, symbol } : null;
  }

  /** The tokens that the grammar allows now, likeliest first, with their share of all probability. */
  async #allowed(grammar: PlanGrammar): Promise<NextToken[]> {
    const distribution = await this.#source.distribution();
    const allowed: NextToken[] = [];
    for (const [id, symbol] of this.#vocabulary.entries()) {
      if (grammar.allows(symbol)) allowed.push({ id, probability: distribution.get(id) ?? 0 });
    }
    return allowed.sort((one, other) => other.probability - one.probability);
  }
}

function read(steps: readonly PlanStep[], sentence: Sentence): readonly DraftCall[] | null {
  const parsed = parsePlan(steps, sentence.text, sentence.words);
  return parsed.ok ? parsed.value : null;
}

/** What decides which functions a plan calls, and that it calls no more and no fewer. */
const DECIDING: ReadonlySet<PlanStep['symbol']['kind']> = new Set([
  'function',
  'irrelevant',
  'also',
  'sequel',
  'plan-end',
]);

/** A plan is as sure as its weakest deciding step: arguments point at words, the choice of functions can go wrong unseen. */
function confidenceOf(steps: readonly PlanStep[]): number {
  return steps.reduce(
    (least, { symbol, probability }) => (DECIDING.has(symbol.kind) ? Math.min(least, probability) : least),
    1,
  );
}
