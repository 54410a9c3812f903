import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from '../dist/core/ports/clock.js';
import { SqliteJournal } from '../dist/journal/sqlite-journal.js';
import { freezePlan } from '../dist/orchestrator/freeze-plan.js';
import { runPlan } from '../dist/orchestrator/run-plan.js';
import { RiskGate } from '../dist/trust/risk-gate.js';

/** A plan made by hand of `{function, args, device}`, all at once. */
export function planOf(calls) {
  const numbered = calls.map((call, index) => ({ id: `c${index + 1}`, target: null, after: [], ...call }));
  return freezePlan({ utterance: 'bench', decision: 'plan', calls: numbered, confidence: 1, ms: 0 });
}

/** The whole way of a plan on these transports: approval, durable start, dispatch, durable end. */
export class Carrier {
  #journal;
  #transports;
  #gate = new RiskGate({ grantAll: true, ask: null });
  #signal = new AbortController().signal;

  constructor(folder, transports) {
    this.#journal = new SqliteJournal(join(folder, 'journal.db'));
    this.#transports = transports;
  }

  /** The report of the plan. */
  async report(plan) {
    const id = randomUUID();
    await this.#journal.recordUtterance({ id, text: 'bench', source: 'cli', locale: 'en-US', at: Date.now() });
    const verdicts = await this.#gate.review(plan, { signal: this.#signal });
    const dependencies = {
      transports: this.#transports,
      journal: this.#journal,
      clock: systemClock,
      newKey: randomUUID,
    };
    return runPlan(id, plan, verdicts, dependencies, { signal: this.#signal });
  }

  /** As {@link report}; rejects unless every call was done. */
  async carryOut(plan) {
    const report = await this.report(plan);
    if (report.calls.some(({ outcome }) => outcome.status !== 'done')) throw new Error(JSON.stringify(report.calls));
    return report;
  }

  async [Symbol.asyncDispose]() {
    await this.#journal[Symbol.asyncDispose]();
  }
}
