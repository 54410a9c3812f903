/** A word of a command line: parts that are taken as they are, and substitutions. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'command'; readonly line: string };
export type Word = readonly WordPart[];

export interface Redirection {
  readonly descriptor: 1 | 2;
  /** Where to: a file's word, or another descriptor. */
  readonly target: Word | 1 | 2;
  readonly append: boolean;
}

export interface SimpleCommand {
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

/** Commands joined by `|`. `joint` says when it runs: always, after success, after failure. */
export interface Pipeline {
  readonly joint: 'always' | 'and' | 'or';
  readonly commands: readonly SimpleCommand[];
}

export class ShellSyntaxError extends SyntaxError {}

const ESCAPABLE = new Set(['$', '`', '"', '\\', '\n']);

/** Parses the part of the POSIX shell's language that one-line commands use. Throws ShellSyntaxError. */
export function parseLine(line: string): readonly Pipeline[] {
  return new LineParser(line).pipelines();
}

class LineParser {
  readonly #line: string;
  #at = 0;

  constructor(line: string) {
    this.#line = line;
  }

  pipelines(): readonly Pipeline[] {
    const found: Pipeline[] = [];
    let joint: Pipeline['joint'] = 'always';
    for (;;) {
      this.#skip(/[ \t\n;]/);
      if (this.#end) return found;
      found.push({ joint, commands: this.#pipeline() });
      this.#skip(/[ \t]/);
      if (this.#eat('&&')) joint = 'and';
      else if (this.#eat('||')) joint = 'or';
      else {
        if (this.#peek === '&') throw new ShellSyntaxError("syntax error: unexpected '&'");
        joint = 'always';
      }
    }
  }

  get #end(): boolean {
    return this.#at >= this.#line.length;
  }

  get #peek(): string {
    return this.#line.charAt(this.#at);
  }

  #skip(characters: RegExp): void {
    while (!this.#end && characters.test(this.#peek)) this.#at += 1;
  }

  #eat(text: string): boolean {
    const found = this.#line.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #pipeline(): readonly SimpleCommand[] {
    const commands = [this.#command()];
    for (;;) {
      this.#skip(/[ \t]/);
      if (this.#peek !== '|' || this.#line.startsWith('||', this.#at)) return commands;
      this.#at += 1;
      commands.push(this.#command());
    }
  }

  #command(): SimpleCommand {
    const words: Word[] = [];
    const redirections: Redirection[] = [];
    for (;;) {
      this.#skip(/[ \t]/);
      if (this.#end || /[;|&\n]/.test(this.#peek)) break;
      const redirection = this.#redirection();
      if (redirection) redirections.push(redirection);
      else if (/[()<>]/.test(this.#peek)) throw new ShellSyntaxError(`syntax error: unexpected '${this.#peek}'`);
      else words.push(this.#word());
    }
    if (words.length === 0 && redirections.length === 0) throw new ShellSyntaxError('syntax error: unexpected end');
    return { words, redirections };
  }

  #redirection(): Redirection | null {
    const found = /^([12]?)(>>?)(&([12]))?/.exec(this.#line.slice(this.#at));
    if (!found) return null;
    this.#at += found[0].length;
    const descriptor = found[1] === '2' ? 2 : 1;
    if (found[4]) return { descriptor, target: found[4] === '2' ? 2 : 1, append: true };
    this.#skip(/[ \t]/);
    return { descriptor, target: this.#word(), append: found[2] === '>>' };
  }

  #word(): Word {
    const parts: WordPart[] = [];
    let text = '';
    const flush = (): void => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    let quoted = false;
    while (!this.#end) {
      const next = this.#peek;
      if (/[ \t\n;|&()<>]/.test(next)) break;
      this.#at += 1;
      if (next === "'") {
        text += this.#until("'");
        quoted = true;
      } else if (next === '"') {
        quoted = true;
        text = this.#doubleQuoted(parts, text);
      } else if (next === '\\') {
        text += this.#peek;
        this.#at += 1;
      } else if (next === '$' || next === '`') {
        const part = this.#substitution(next);
        if (part) {
          flush();
          parts.push(part);
        } else text += next;
      } else text += next;
    }
    if (text !== '' || (quoted && parts.length === 0)) parts.push({ kind: 'text', text });
    return parts;
  }

  #doubleQuoted(parts: WordPart[], before: string): string {
    let text = before;
    for (;;) {
      if (this.#end) throw new ShellSyntaxError('no closing quote');
      const next = this.#peek;
      this.#at += 1;
      if (next === '"') return text;
      if (next === '\\' && ESCAPABLE.has(this.#peek)) {
        text += this.#peek;
        this.#at += 1;
      } else if (next === '$' || next === '`') {
        const part = this.#substitution(next);
        if (!part) text += next;
        else {
          if (text !== '') parts.push({ kind: 'text', text });
          text = '';
          parts.push(part);
        }
      } else text += next;
    }
  }

  #substitution(opening: string): WordPart | null {
    if (opening === '`') return { kind: 'command', line: this.#until('`') };
    if (this.#eat('(')) return { kind: 'command', line: this.#untilClosed() };
    const found = /^(?:\{(\w+)\}|(\w+|[?$#]))/.exec(this.#line.slice(this.#at));
    if (!found) return null;
    this.#at += found[0].length;
    return { kind: 'variable', name: found[1] ?? found[2] ?? '' };
  }

  #until(closing: string): string {
    const end = this.#line.indexOf(closing, this.#at);
    if (end < 0) throw new ShellSyntaxError('no closing quote');
    const text = this.#line.slice(this.#at, end);
    this.#at = end + 1;
    return text;
  }

  #untilClosed(): string {
    const start = this.#at;
    for (let depth = 1; !this.#end; this.#at += 1) {
      const next = this.#peek;
      if (next === "'") this.#at = Math.max(this.#line.indexOf("'", this.#at + 1), this.#at);
      if (next === '(') depth += 1;
      if (next === ')') depth -= 1;
      if (depth === 0) {
        this.#at += 1;
        return this.#line.slice(start, this.#at - 1);
      }
    }
    throw new ShellSyntaxError("no closing ')'");
  }
}
