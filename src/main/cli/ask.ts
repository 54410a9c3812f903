import type { Device } from '../../core/device.js';
import type { Call, Choice, Clarification, Plan } from '../../core/plan.js';
import type { LineReader } from './line-reader.js';
import { renderArguments, renderTitle } from './render-call.js';
import { oneLine, type Terminal, wrap } from './terminal.js';

/** A person at a terminal who can be asked. */
export class Asker {
  readonly #terminal: Terminal;
  readonly #reader: LineReader;

  constructor(terminal: Terminal, reader: LineReader) {
    this.#terminal = terminal;
    this.#reader = reader;
  }

  /** Shows exactly what would be sent; only a clear yes allows it. */
  async allow(_plan: Plan, call: Call, devices: readonly Device[], signal: AbortSignal): Promise<'allow' | 'deny'> {
    const device = devices.find((entry) => entry.id === call.device);
    const where = device ? ` on ${oneLine(device.name, 60)}` : '';
    const what = `${renderTitle(call)}${where}: ${renderArguments(call).join(', ')}`;
    this.#terminal.write(`${this.#terminal.colors.yellow(wrap(what, this.#terminal.width))}\n`);
    return (await this.confirm(`${renderTitle(call)} once?`, signal)) ? 'allow' : 'deny';
  }

  /** Only a clear yes counts as one. */
  async confirm(question: string, signal: AbortSignal): Promise<boolean> {
    const answer = await this.#reader.read(`${question} [y/N] `, signal);
    return answer !== null && /^(?:y|yes)$/i.test(answer.trim());
  }

  /** What the person types, without white space around it; null when there is nothing more to come. */
  async text(question: string, signal: AbortSignal): Promise<string | null> {
    return (await this.#reader.read(question, signal))?.trim() ?? null;
  }

  /** Picks a choice by its number; anything else means none of them. */
  async choose(clarification: Clarification, signal: AbortSignal): Promise<Choice | null> {
    const { choices, question } = clarification;
    if (choices.length === 0) return null;
    this.#terminal.write(`${this.#terminal.colors.yellow(wrap(question, this.#terminal.width))}\n`);
    choices.forEach((choice, index) => {
      this.#terminal.write(`${wrap(`  ${index + 1}. ${oneLine(choice.label)}`, this.#terminal.width, '     ')}\n`);
    });
    const answer = await this.#reader.read('Number, or Enter for none: ', signal);
    return answer === null ? null : (choices[Number(answer.trim()) - 1] ?? null);
  }
}
