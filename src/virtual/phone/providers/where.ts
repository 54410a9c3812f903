import { ProviderError, type Row, type Value } from './provider.js';

/** Whether a row fits; `all` are the rows of the table, for the subquery with MAX. */
export type Condition = (row: Row, all: readonly Row[]) => boolean;

type Read = (row: Row, all: readonly Row[]) => Value;

const TOKEN = /\s*(?:('(?:[^']|'')*')|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|(<=|>=|!=|<>|==|=|<|>|\(|\)|,))/y;

interface Token {
  readonly kind: 'text' | 'number' | 'word' | 'sign';
  readonly text: string;
}

function tokens(condition: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (condition.slice(TOKEN.lastIndex).trim() !== '') {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(condition);
    if (!match) throw syntaxError(condition.slice(at).trim());
    const [, text, number, word, sign] = match;
    if (text !== undefined) found.push({ kind: 'text', text: text.slice(1, -1).replaceAll("''", "'") });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (word !== undefined) found.push({ kind: 'word', text: word });
    else found.push({ kind: 'sign', text: sign ?? '' });
  }
  return found;
}

const syntaxError = (near: string): ProviderError =>
  new ProviderError(
    `android.database.sqlite.SQLiteException: near "${near.slice(0, 40)}": syntax error (code 1 SQLITE_ERROR)`,
  );

/** Parses the part of SQL's conditions that the shell's callers use. Throws ProviderError in SQLite's words. */
export function parseWhere(condition: string): Condition {
  const parser = new WhereParser(tokens(condition));
  const parsed = parser.disjunction();
  parser.finish();
  return parsed;
}

class WhereParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(all: readonly Token[]) {
    this.#tokens = all;
  }

  finish(): void {
    const rest = this.#tokens[this.#at];
    if (rest) throw syntaxError(rest.text);
  }

  disjunction(): Condition {
    let left = this.#conjunction();
    while (this.#takeWord('OR')) {
      const [one, other] = [left, this.#conjunction()];
      left = (row, all) => one(row, all) || other(row, all);
    }
    return left;
  }

  #conjunction(): Condition {
    let left = this.#comparison();
    while (this.#takeWord('AND')) {
      const [one, other] = [left, this.#comparison()];
      left = (row, all) => one(row, all) && other(row, all);
    }
    return left;
  }

  #comparison(): Condition {
    if (this.#takeWord('NOT')) {
      const inner = this.#comparison();
      return (row, all) => !inner(row, all);
    }
    if (this.#takeSign('(')) {
      const inner = this.disjunction();
      this.#expect(')');
      return inner;
    }
    const left = this.#operand();
    if (this.#takeWord('IS')) {
      const isNegated = this.#takeWord('NOT');
      if (!this.#takeWord('NULL')) throw syntaxError(this.#tokens[this.#at]?.text ?? 'IS');
      return (row, all) => (left(row, all) === null) !== isNegated;
    }
    if (this.#takeWord('IN')) return this.#in(left);
    if (this.#takeWord('LIKE')) {
      const pattern = this.#operand();
      return (row, all) => like(left(row, all), pattern(row, all));
    }
    const sign = this.#tokens[this.#at];
    const compare = sign?.kind === 'sign' ? comparisons[sign.text] : undefined;
    if (!compare) throw syntaxError(sign?.text ?? 'end of the condition');
    this.#at += 1;
    const right = this.#operand();
    return (row, all) => {
      const [one, other] = [left(row, all), right(row, all)];
      return one !== null && other !== null && compare(order(one, other));
    };
  }

  #in(left: Read): Condition {
    this.#expect('(');
    const values: Read[] = [this.#operand()];
    while (this.#takeSign(',')) values.push(this.#operand());
    this.#expect(')');
    return (row, all) => values.some((value) => order(left(row, all) ?? '', value(row, all) ?? '') === 0);
  }

  #operand(): Read {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === 'text') return () => token.text;
    if (token?.kind === 'number') return () => Number(token.text);
    if (token?.kind === 'sign' && token.text === '(') return this.#highest();
    if (token?.kind !== 'word') throw syntaxError(token?.text ?? 'end of the condition');
    return (row) => {
      const value = row[token.text];
      if (value === undefined)
        throw new ProviderError(
          `android.database.sqlite.SQLiteException: no such column: ${token.text} (code 1 SQLITE_ERROR)`,
        );
      return value;
    };
  }

  /** `(SELECT MAX(_id) FROM sms)` */
  #highest(): Read {
    for (const word of ['SELECT', 'MAX'])
      if (!this.#takeWord(word)) throw syntaxError(this.#tokens[this.#at]?.text ?? 'SELECT');
    this.#expect('(');
    const read = this.#operand();
    this.#expect(')');
    if (!this.#takeWord('FROM')) throw syntaxError('FROM');
    this.#at += 1;
    this.#expect(')');
    return (_row, all) => {
      const values = all.map((row) => read(row, all)).filter((value) => value !== null);
      return values.length === 0 ? null : values.reduce((a, b) => (order(a, b) >= 0 ? a : b));
    };
  }

  #takeWord(word: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token?.kind === 'word' && token.text.toUpperCase() === word;
    if (found) this.#at += 1;
    return found;
  }

  #takeSign(sign: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token?.kind === 'sign' && token.text === sign;
    if (found) this.#at += 1;
    return found;
  }

  #expect(sign: string): void {
    if (!this.#takeSign(sign)) throw syntaxError(this.#tokens[this.#at]?.text ?? sign);
  }
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Columns have an affinity: a number and the text of that number are equal. */
export function order(a: NonNullable<Value>, b: NonNullable<Value>): number {
  const [x, y] = [Number(a), Number(b)];
  if (typeof a === 'number' || typeof b === 'number') {
    if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  }
  const [s, t] = [String(a), String(b)];
  if (s === t) return 0;
  return s < t ? -1 : 1;
}

function like(value: Value, pattern: Value): boolean {
  if (value === null || pattern === null) return false;
  const source = String(pattern)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[\\s\\S]*')
    .replaceAll('_', '[\\s\\S]');
  return new RegExp(`^${source}$`, 'i').test(String(value));
}
