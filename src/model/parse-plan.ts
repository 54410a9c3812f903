import type { DraftArgument, DraftCall, Span } from '../core/plan-draft.js';
import { err, ok, type Result } from '../core/result.js';
import type { PlanSymbol } from './plan-symbol.js';
import type { Word } from './words.js';

/** A symbol with the probability the model gave it. */
export interface PlanStep {
  readonly symbol: PlanSymbol;
  readonly probability: number;
}

interface OpenCall {
  readonly call: DraftCall;
  argument: string | null;
}

/** Why a token sequence is not a plan; an expected value, since files of strangers are decoded too. */
export interface ParseFailure {
  readonly at: number;
  readonly reason: string;
}

/**
 * Reads the symbols of one plan into draft calls, numbered `c1`, `c2`... in order of execution (a nested call comes
 * before the call it fills). One plan end may close all calls, or each call may close with its own end: both are read.
 * Identical calls at once are one call, so that "text Mom and Dad the weather" asks once.
 */
export function parsePlan(
  steps: readonly PlanStep[],
  sentence: string,
  words: readonly Word[],
): Result<readonly DraftCall[], ParseFailure> {
  const finished: DraftCall[] = [];
  const open: OpenCall[] = [];
  let firstWord: number | null = null;
  let expectsTarget = false;
  let group: string[] = [];
  let waitsFor: readonly string[] = [];

  const fail = (at: number, reason: string) => err({ at, reason });
  const spanOf = (first: number, last: number): Span | null => {
    const [from, to] = [words[first], words[last]];
    if (!from || !to || last < first) return null;
    return { text: sentence.slice(from.start, to.end), start: from.start, end: to.end };
  };
  const give = (value: DraftArgument): boolean => {
    const current = open.at(-1);
    if (!current?.argument) return false;
    current.call.args[current.argument] = value;
    current.argument = null;
    return true;
  };
  const close = (): boolean => {
    const ended = open.pop();
    if (!ended || ended.argument) return false;
    const nested = open.length > 0;
    // Said in two ways ("hold on, pause it"), a thing is meant once: nobody asks for the same thing twice at once.
    const candidates = nested ? finished : finished.filter(({ id }) => group.includes(id));
    const same = candidates.find((call) => isSame(call, ended.call));
    const id = same?.id ?? `c${finished.length + 1}`;
    if (!same) finished.push({ ...ended.call, id, after: nested ? [] : [...waitsFor] });
    if (nested) return give({ kind: 'result', call: id });
    if (!same) group.push(id);
    return true;
  };

  for (const [at, { symbol, probability }] of steps.entries()) {
    const current = open.at(-1);
    switch (symbol.kind) {
      case 'function':
        if (current && !current.argument) close();
        open.push({
          call: {
            id: '',
            function: symbol.descriptor.name,
            args: {},
            target: null,
            after: [],
            confidence: probability,
          },
          argument: null,
        });
        break;
      case 'argument':
        if (!current || current.argument) return fail(at, 'an argument outside a call');
        current.argument = symbol.name;
        break;
      case 'target':
        expectsTarget = true;
        break;
      case 'word': {
        if (firstWord === null) {
          firstWord = symbol.index;
          break;
        }
        const span = spanOf(firstWord, symbol.index);
        firstWord = null;
        if (!span || !current) return fail(at, 'words that are not in the sentence');
        if (expectsTarget) {
          open[open.length - 1] = { ...current, call: { ...current.call, target: span } };
          expectsTarget = false;
        } else if (!give({ kind: 'span', span })) return fail(at, 'a value without an argument');
        break;
      }
      case 'value':
      case 'boolean':
        if (!give({ kind: 'choice', value: symbol.value })) return fail(at, 'a value without an argument');
        break;
      case 'level':
        if (!give({ kind: 'level', value: symbol.value })) return fail(at, 'a level without an argument');
        break;
      case 'call-end':
        if (!close()) return fail(at, 'an end without a call');
        break;
      case 'sequel':
        while (open.length > 0) if (!close()) return fail(at, 'an unfinished call');
        waitsFor = group;
        group = [];
        break;
      case 'also':
        while (open.length > 0) if (!close()) return fail(at, 'an unfinished call');
        break;
      case 'irrelevant':
        return steps.length > at + 2 ? fail(at, 'irrelevant beside a call') : ok([]);
      case 'plan-end':
        while (open.length > 0) if (!close()) return fail(at, 'an unfinished call');
        return ok(finished);
    }
  }
  return fail(steps.length, 'the plan does not end');
}

function isSame(one: DraftCall, other: DraftCall): boolean {
  const facts = ({ function: name, args, target }: DraftCall): string => JSON.stringify([name, args, target]);
  return facts(one) === facts(other);
}
