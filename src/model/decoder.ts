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

/** People choose between two or three readings; more are a list to study. */
const MAX_READINGS = 3;

/** No sentence of at most {@link MAX_WORDS} words needs more tokens; a model that writes more is lost. */
const MAX_STEPS = 600;

export interface Sentence {
  readonly text: string;
  readonly words: readonly Word[];
  readonly prompt: readonly number[];
}

/** A chosen token. */
type Step = PlanStep & { readonly id: number };

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
    const steps = await this.#write(sentence, offered, [], signal);
    const calls = read(steps, sentence);
    if (!calls) return { decision: 'clarify', calls: [], confidence: 0, readings: [] };
    const confidence = confidenceOf(steps);
    const decision: Decision = calls.length === 0 ? 'irrelevant' : 'plan';
    if (confidence >= CLARIFY_BELOW) return { decision, calls: [...calls], confidence, readings: [] };
    const others = await this.#otherReadings(sentence, offered, steps, signal);
    // Nothing is sent for an unsure "irrelevant"; an unsure call is asked about, also when it is the only reading.
    if (others.length === 0 && decision === 'irrelevant') return { decision, calls: [], confidence, readings: [] };
    const readings = calls.length > 0 ? [{ calls: [...calls], confidence }, ...others] : others;
    return { decision: 'clarify', calls: [], confidence, readings: readings.slice(0, MAX_READINGS) };
  }

  /** Hears out the plans that go on otherwise where the best one was least sure: another function, one call more or fewer. */
  async #otherReadings(
    sentence: Sentence,
    offered: readonly string[],
    best: readonly Step[],
    signal: AbortSignal,
  ): Promise<Reading[]> {
    const weakest = weakestStep(best);
    const before = best.slice(0, weakest);
    const grammar = new PlanGrammar(sentence.words.length, offered);
    for (const { symbol } of before) grammar.take(symbol);
    await this.#source.start([...sentence.prompt, ...before.map(({ id }) => id)]);
    const readings: Reading[] = [];
    const known = new Set([meaningOf(read(best, sentence) ?? [])]);
    for (const turn of (await this.#allowed(grammar)).slice(0, MAX_READINGS)) {
      if (turn.probability < OFFER_FROM) break;
      const choice = this.#choice(turn, grammar);
      if (!choice) continue;
      const calls = read(await this.#write(sentence, offered, [...before, choice], signal), sentence);
      if (!calls || calls.length === 0 || known.has(meaningOf(calls))) continue;
      known.add(meaningOf(calls));
      readings.push({ calls: [...calls], confidence: turn.probability });
    }
    return readings;
  }

  /** Goes on greedily after the steps in `given`. */
  async #write(
    sentence: Sentence,
    offered: readonly string[],
    given: readonly Step[],
    signal: AbortSignal,
  ): Promise<readonly Step[]> {
    const grammar = new PlanGrammar(sentence.words.length, offered);
    for (const { symbol } of given) grammar.take(symbol);
    const steps: Step[] = [...given];
    let proposal = await this.#source.start([...sentence.prompt, ...given.map(({ id }) => id)]);
    while (!grammar.isDone && steps.length < MAX_STEPS) {
      signal.throwIfAborted();
      const choice = this.#choice(proposal, grammar) ?? this.#choice((await this.#allowed(grammar))[0], grammar);
      if (!choice) break;
      grammar.take(choice.symbol);
      steps.push(choice);
      if (!grammar.isDone) proposal = await this.#source.next(choice.id);
    }
    return steps;
  }

  /** The token with its symbol, if the grammar allows it. The greedy token, when allowed, is also the masked choice. */
  #choice(token: NextToken | undefined, grammar: PlanGrammar): Step | null {
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

/** Where the plan was least sure of what decides it. */
function weakestStep(steps: readonly PlanStep[]): number {
  let weakest = 0;
  for (const [index, { symbol, probability }] of steps.entries()) {
    if (DECIDING.has(symbol.kind) && probability < (steps[weakest]?.probability ?? 1)) weakest = index;
  }
  return weakest;
}

/** A plan is as sure as its weakest deciding step: arguments point at words, the choice of functions can go wrong unseen. */
function confidenceOf(steps: readonly PlanStep[]): number {
  return steps[weakestStep(steps)]?.probability ?? 0;
}

/** What calls do, without how sure they are. */
function meaningOf(calls: readonly DraftCall[]): string {
  return JSON.stringify(calls.map(({ confidence: _, ...call }) => call));
}
