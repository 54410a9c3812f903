import type { Plan } from '../../core/plan.js';
import type { RunEvent } from '../../orchestrator/run-plan.js';
import { Notice } from './notice.js';
import { renderTitle } from './render-call.js';
import type { Terminal } from './terminal.js';

/** Says of each call that takes long that it is under way: nobody looks at a still screen and wonders. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #running = new Map<string, Notice>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(plan: Plan, event: RunEvent): void {
    if (event.type === 'ended') {
      this.#running.get(event.call)?.[Symbol.dispose]();
      this.#running.delete(event.call);
      return;
    }
    const call = plan.calls.find(({ id }) => id === event.call);
    this.#running.set(
      event.call,
      new Notice(this.#terminal, `  ${event.call} ${call ? renderTitle(call) : ''} is under way`),
    );
  }
}
