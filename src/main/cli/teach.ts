import type { Failure } from '../../core/failure.js';
import { type Clock, systemClock } from '../../core/ports/clock.js';
import type { TaughtExamples } from '../../model/taught/taught-examples.js';
import { acceptUtterance } from '../accept-utterance.js';
import { NOTHING, openTaught, teach } from '../teaching.js';
import { renderPlan } from './render-plan.js';
import type { TeachCommand, TeachOptions } from './teach-program.js';
import { oneLine, type Terminal } from './terminal.js';

export interface TeachConsole {
  readonly out: Terminal;
  readonly err: Terminal;
  readonly fail: (failure: Failure) => void;
}

/** `tentacle teach ...`. */
export class TeachCli implements TeachCommand {
  readonly #console: TeachConsole;
  readonly #clock: Clock = systemClock;

  constructor(console: TeachConsole) {
    this.#console = console;
  }

  async teach(sentence: string | null, options: TeachOptions): Promise<void> {
    const opened = await openTaught();
    if (!opened.ok) return this.#console.fail(opened.error);
    for (const problem of opened.value.problems) this.#console.err.write(`${problem}\n`);
    if (options.list) return this.#list(opened.value, options.json);
    const utterance = acceptUtterance(sentence ?? '', 'cli', 'en-US', this.#clock.now());
    if (!utterance.ok) return this.#console.fail(utterance.error);
    const { text } = utterance.value;
    return options.forget ? this.#forget(opened.value, text) : this.#store(opened.value, text, options);
  }

  #list(examples: TaughtExamples, json: boolean): void {
    const { out } = this.#console;
    if (json) return void out.write(`${JSON.stringify(examples.all, null, 2)}\n`);
    if (examples.all.length === 0) return void out.write('Nothing was taught yet.\n');
    for (const { sentence, means } of examples.all) {
      out.write(`${out.colors.bold(oneLine(sentence, 120))}\n    ${means === '' ? NOTHING : oneLine(means, 400)}\n`);
    }
  }

  async #forget(examples: TaughtExamples, sentence: string): Promise<void> {
    const forgotten = await examples.forget(sentence);
    if (!forgotten.ok) return this.#console.fail(forgotten.error);
    if (forgotten.value === 0) return this.#console.fail(notTaught(sentence));
    this.#console.out.write(`Forgotten: "${oneLine(sentence, 120)}" is planned by the model again.\n`);
  }

  async #store(examples: TaughtExamples, sentence: string, options: TeachOptions): Promise<void> {
    if (options.means === undefined) return this.#console.fail(noMeaning);
    const taught = await teach(examples, { sentence, means: options.means }, this.#clock);
    if (!taught.ok) return this.#console.fail(taught.error);
    const { out } = this.#console;
    if (options.json) return void out.write(`${JSON.stringify(examples.all.at(-1))}\n`);
    out.write(`Taught: from now on "${oneLine(sentence, 120)}" means\n`);
    out.write(taught.value.calls.length === 0 ? `  ${NOTHING}\n` : renderPlan(taught.value, [], out));
  }
}

const noMeaning: Failure = {
  code: 'MEANING_MISSING',
  fault: 'user',
  message: 'What the sentence means is missing.',
  next: `Add --means 'set_light(room="kitchen", power=true)', or --means ${NOTHING}.`,
};

function notTaught(sentence: string): Failure {
  return {
    code: 'NOT_TAUGHT',
    fault: 'user',
    message: `"${oneLine(sentence, 120)}" was not taught.`,
    next: 'tentacle teach --list shows what was.',
  };
}
