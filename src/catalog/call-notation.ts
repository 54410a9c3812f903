import { err, ok, type Result } from '../core/result.js';
import { findFunction } from './catalog.js';

/** A value in a noted call: as written, or the result of another call. */
export type NotedValue = string | number | boolean | NotedCall;

/** One call as a person writes it: `set_light(room="kitchen", power=true)@"my tablet"`. */
export interface NotedCall {
  readonly function: string;
  readonly args: Readonly<Record<string, NotedValue>>;
  /** The device's name, or null. */
  readonly target: string | null;
  /** How it follows the call before it. */
  readonly joiner: 'start' | 'also' | 'then';
}

/** Why a notation can't be read; `at` is the offset in UTF-16 units. */
export interface NotationFailure {
  readonly at: number;
  readonly reason: string;
}

class Unreadable extends Error {
  readonly at: number;

  constructor(at: number, reason: string) {
    super(reason);
    this.at = at;
  }
}

const TOKEN =
  /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?(?![\w:]))|([\p{L}_][\p{L}\p{N}_-]*)|([()=,@&>;]))/uy;

type Token = { readonly kind: 'text' | 'number' | 'word' | 'sign'; readonly value: string; readonly at: number };

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== '') {
    const from = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new Unreadable(from, `nothing is known that begins with ${text.slice(from).trim().slice(0, 12)}`);
    const [, quoted, number, word, sign] = found;
    if (quoted !== undefined)
      tokens.push({ kind: 'text', value: quoted.slice(1, -1).replace(/\\(.)/gu, '$1'), at: from });
    else if (number !== undefined) tokens.push({ kind: 'number', value: number, at: from });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word, at: from });
    else tokens.push({ kind: 'sign', value: sign ?? '', at: from });
  }
  return tokens;
}

/** Reads tokens one by one; each method takes what it is named after or throws {@link Unreadable}. */
class Reader {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
    this.#end = text.length;
  }

  plan(): NotedCall[] {
    const calls = [this.#call('start')];
    while (this.#next < this.#tokens.length) {
      const joint = this.#sign('&', '>', ';');
      calls.push(this.#call(joint === '>' ? 'then' : 'also'));
    }
    return calls;
  }

  #call(joiner: NotedCall['joiner']): NotedCall {
    const name = this.#take('word', 'a function');
    const descriptor = findFunction(name.value);
    if (!descriptor) throw new Unreadable(name.at, `there is no function ${name.value}`);
    this.#sign('(');
    const args: Record<string, NotedValue> = {};
    while (!this.#sees(')')) {
      if (Object.keys(args).length > 0) this.#sign(',');
      const parameter = this.#take('word', 'a parameter');
      if (!descriptor.parameters.some((known) => known.name === parameter.value)) {
        throw new Unreadable(parameter.at, `${descriptor.name} has no parameter ${parameter.value}`);
      }
      if (parameter.value in args) throw new Unreadable(parameter.at, `${parameter.value} is given twice`);
      this.#sign('=');
      args[parameter.value] = this.#value();
    }
    this.#sign(')');
    if (!this.#sees('@')) return { function: descriptor.name, args, target: null, joiner };
    this.#sign('@');
    return { function: descriptor.name, args, target: this.#take('text', 'a device in quotes').value, joiner };
  }

  #value(): NotedValue {
    const token = this.#tokens[this.#next];
    if (token?.kind === 'word' && this.#tokens[this.#next + 1]?.value === '(') return this.#call('start');
    this.#next += 1;
    switch (token?.kind) {
      case 'text':
        return token.value;
      case 'number':
        return Number(token.value);
      case 'word':
        return token.value === 'true' ? true : token.value === 'false' ? false : token.value;
      default:
        throw new Unreadable(token?.at ?? this.#end, 'a value is missing');
    }
  }

  #take(kind: Token['kind'], what: string): Token {
    const token = this.#tokens[this.#next];
    if (token?.kind !== kind) throw new Unreadable(token?.at ?? this.#end, `${what} is expected here`);
    this.#next += 1;
    return token;
  }

  #sees(sign: string): boolean {
    const token = this.#tokens[this.#next];
    return token?.kind === 'sign' && token.value === sign;
  }

  #sign(...wanted: string[]): string {
    const token = this.#tokens[this.#next];
    if (token?.kind !== 'sign' || !wanted.includes(token.value)) {
      throw new Unreadable(token?.at ?? this.#end, `${wanted.join(' or ')} is expected here`);
    }
    this.#next += 1;
    return token.value;
  }
}

/**
 * Reads calls as people write them: `text(...) & other(...)` at once, `first(...) > second(...)` one after the other, a
 * nested call where a value would stand, texts in quotes, enum values bare, a device after `@`.
 */
export function readCalls(text: string): Result<readonly NotedCall[], NotationFailure> {
  try {
    return ok(new Reader(text).plan());
  } catch (error) {
    if (error instanceof Unreadable) return err({ at: error.at, reason: error.message });
    throw error;
  }
}
