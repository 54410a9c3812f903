import { err, ok, type Result } from '../../../core/result.js';
import type { OctopusCall, OctopusValue, OutputFailure, OutputPart } from './octopus-output.js';
import { readBareValue, withoutEscapes } from './python-literals.js';

/** An output is read in far fewer steps; one that needs more is ambiguous on purpose. */
const MAX_STEPS = 200_000;

/** Calls inside calls inside calls: nobody says deeper sentences, and a stack has an end. */
const MAX_DEPTH = 8;

type OutputSymbol = string | Exclude<OutputPart, { kind: 'text' }>;

/** Something read, and where the reading goes on. */
interface Read<T> {
  readonly value: T;
  readonly next: number;
}

class TooAmbiguous extends RangeError {}

/**
 * Reads an output in full:
 *
 *   output := call ((end? ';' | end) call)* end ';'?
 *   call   := function '(' [value (',' value)*] ')'
 *   value  := call | '...' | "..." | number | True | False | None | bare words
 *
 * Quotes inside quoted text are not escaped, so a text can end at several places. They are tried from the first on; the
 * whole output and the number of arguments (at most `maxArguments(index)`) decide which one is meant.
 */
export function parseOutput(
  parts: readonly OutputPart[],
  maxArguments: (index: number) => number,
): Result<readonly OctopusCall[], OutputFailure> {
  const reader = new OutputReader(parts, maxArguments);
  try {
    for (const calls of reader.calls(reader.skipSpace(0))) return ok(calls);
    return err({ at: reader.furthest, reason: 'the output is not a list of calls' });
  } catch (error) {
    if (error instanceof TooAmbiguous)
      return err({ at: reader.furthest, reason: 'the output can be read in too many ways' });
    throw error;
  }
}

/** Yields every way of reading, likeliest first; the caller takes the first that fits all the rest. */
class OutputReader {
  readonly #symbols: readonly OutputSymbol[];
  readonly #maxArguments: (index: number) => number;
  #steps = 0;
  /** How far any way of reading came. */
  furthest = 0;

  constructor(parts: readonly OutputPart[], maxArguments: (index: number) => number) {
    this.#symbols = parts.flatMap((part): OutputSymbol[] => (part.kind === 'text' ? part.text.split('') : [part]));
    this.#maxArguments = maxArguments;
  }

  /** All calls from `at` to the very end of the output. */
  *calls(at: number): Generator<readonly OctopusCall[]> {
    for (const { value, next } of this.#call(at, 0)) {
      const rest = this.#afterCall(next);
      if (rest === 'over') yield [value];
      else if (rest !== null) for (const others of this.calls(rest)) yield [value, ...others];
    }
  }

  skipSpace(at: number): number {
    let next = at;
    while (/^\s$/u.test(this.#character(next))) next += 1;
    return next;
  }

  /** Where the next call begins, whether the output is over, or null where neither may be. */
  #afterCall(at: number): number | 'over' | null {
    let next = this.skipSpace(at);
    const hasEnd = this.#kind(next) === 'end';
    if (hasEnd) next = this.skipSpace(next + 1);
    const hasSemicolon = this.#character(next) === ';';
    if (hasSemicolon) next = this.skipSpace(next + 1);
    if (next >= this.#symbols.length) return hasEnd ? 'over' : null;
    return hasEnd || hasSemicolon ? next : null;
  }

  *#call(at: number, depth: number): Generator<Read<OctopusCall>> {
    const token = this.#symbols[at];
    this.#count(at);
    if (typeof token !== 'object' || token.kind !== 'function' || depth > MAX_DEPTH) return;
    const open = this.skipSpace(at + 1);
    if (this.#character(open) !== '(') return;
    const { index, probability } = token;
    const first = this.skipSpace(open + 1);
    if (this.#character(first) === ')') yield { value: { index, probability, args: [] }, next: first + 1 };
    for (const { value: args, next } of this.#args(first, this.#maxArguments(index), depth)) {
      yield { value: { index, probability, args }, next };
    }
  }

  /** At most `left` arguments and the closing parenthesis. */
  *#args(at: number, left: number, depth: number): Generator<Read<readonly OctopusValue[]>> {
    if (left === 0) return;
    for (const { value, next } of this.#value(at, depth)) {
      const after = this.skipSpace(next);
      const sign = this.#character(after);
      if (sign === ')') yield { value: [value], next: after + 1 };
      if (sign !== ',') continue;
      for (const rest of this.#args(this.skipSpace(after + 1), left - 1, depth)) {
        yield { value: [value, ...rest.value], next: rest.next };
      }
    }
  }

  *#value(at: number, depth: number): Generator<Read<OctopusValue>> {
    this.#count(at);
    if (this.#kind(at) === 'function') {
      for (const { value, next } of this.#call(at, depth + 1)) yield { value: { kind: 'call', call: value }, next };
      return;
    }
    const quote = this.#character(at);
    if (quote === "'" || quote === '"') yield* this.#quoted(at, quote);
    else yield* this.#bare(at);
  }

  /** The text up to each quote that an argument's end follows; a backslash keeps what follows it from being one. */
  *#quoted(at: number, quote: string): Generator<Read<OctopusValue>> {
    let raw = '';
    for (let next = at + 1; ; next += 1) {
      this.#count(next);
      const character = this.#character(next);
      if (character === '') return;
      if (character === quote && [')', ','].includes(this.#character(this.skipSpace(next + 1)))) {
        yield { value: { kind: 'text', value: withoutEscapes(raw) }, next: next + 1 };
      }
      raw += character;
      if (character !== '\\') continue;
      next += 1;
      raw += this.#character(next);
    }
  }

  *#bare(at: number): Generator<Read<OctopusValue>> {
    let next = at;
    while (/^[^,();]$/u.test(this.#character(next))) next += 1;
    this.#count(next);
    const value = readBareValue(this.#symbols.slice(at, next).join(''));
    if (value) yield { value, next };
  }

  /** The character at a place; '' for a token and beyond the end. */
  #character(at: number): string {
    const symbol = this.#symbols[at];
    return typeof symbol === 'string' ? symbol : '';
  }

  #kind(at: number): 'function' | 'end' | null {
    const symbol = this.#symbols[at];
    return typeof symbol === 'object' ? symbol.kind : null;
  }

  #count(at: number): void {
    this.furthest = Math.max(this.furthest, at);
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new TooAmbiguous();
  }
}
