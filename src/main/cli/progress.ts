import { setTimeout as delay } from 'node:timers/promises';
import type { Plan } from '../../core/plan.js';
import type { RunEvent } from '../../orchestrator/run-plan.js';
import { renderTitle } from './render-call.js';
import type { Terminal } from './terminal.js';

/** A call that takes longer than this is said to be under way, in milliseconds. */
const SILENCE_MS = 1_000;

/** Says of each call that takes long that it is under way: nobody looks at a still screen and wonders. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #running = new Map<string, AbortController>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(plan: Plan, event: RunEvent): void {
    if (event.type === 'ended') {
      this.#running.get(event.call)?.abort();
      this.#running.delete(event.call);
      return;
    }
    const call = plan.calls.find(({ id }) => id === event.call);
    const stopped = new AbortController();
    this.#running.set(event.call, stopped);
    delay(SILENCE_MS, undefined, { signal: stopped.signal, ref: false }).then(
      () => this.#terminal.write(`  ${event.call} ${call ? renderTitle(call) : ''} is under way …\n`),
      () => {},
    );
  }
}
