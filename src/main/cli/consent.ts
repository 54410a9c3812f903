import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { Asker } from './ask.js';
import type { LineReader } from './line-reader.js';
import type { Terminal } from './terminal.js';

/** The user's yes to one command: given with --yes, at the terminal, or not at all. */
export class Consent {
  readonly #asker: Asker | null;
  readonly #yes: boolean;
  readonly #signal: AbortSignal;

  constructor(options: { out: Terminal; reader: LineReader; signal: AbortSignal; yes: boolean }) {
    this.#asker = process.stdin.isTTY ? new Asker(options.out, options.reader) : null;
    this.#yes = options.yes;
    this.#signal = options.signal;
  }

  /** Whether the user has said yes to all of it already. */
  get isGiven(): boolean {
    return this.#yes;
  }

  /** Failures: NOT_CONFIRMED, CANCELLED. */
  async given(question: string): Promise<Result<void, Failure>> {
    if (this.#yes) return ok(undefined);
    if (!this.#asker) return err(nobody(question));
    if (await this.#asker.confirm(question, this.#signal)) return ok(undefined);
    return err(this.#signal.aborted ? cancelled : declined);
  }

  /** What the person types; null where there is nobody, or no answer. */
  async text(question: string): Promise<string | null> {
    return this.#asker ? this.#asker.text(question, this.#signal) : null;
  }
}

const cancelled: Failure = {
  code: 'CANCELLED',
  fault: 'user',
  message: 'Stopped. Nothing was added.',
  next: 'Run the command again when you like.',
};

const declined: Failure = {
  code: 'NOT_CONFIRMED',
  fault: 'user',
  message: 'Nothing was added.',
  next: 'Run the command again if you change your mind.',
};

function nobody(question: string): Failure {
  return {
    code: 'NOT_CONFIRMED',
    fault: 'user',
    message: `Nothing was added: nobody is at a terminal to answer "${question}"`,
    next: 'Run it in a terminal, or with --yes if that is your answer.',
  };
}
