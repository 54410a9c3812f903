import type { Failure } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import type { Plan } from '../../src/core/plan.js';
import type { Journal, JournalCall, JournalEntry, JournalResult } from '../../src/core/ports/journal.js';
import { err, ok, type Result } from '../../src/core/result.js';
import type { Utterance } from '../../src/core/utterance.js';

type Open = { -readonly [K in keyof JournalCall]: JournalCall[K] };

/** The journal's contract without a disk. `failWith` makes every further write fail, as a full disk does. */
export class MemoryJournal implements Journal {
  failWith: Failure | null = null;
  readonly calls: Open[] = [];
  readonly #entries: { utterance: Utterance; plan: Plan | null; failure: Failure | null }[] = [];

  recordUtterance(utterance: Utterance): Promise<JournalResult> {
    return this.#write(() => void this.#entries.push({ utterance, plan: null, failure: null }));
  }

  recordPlan(utteranceId: string, plan: Plan): Promise<JournalResult> {
    return this.#write(() => {
      const entry = this.#entries.find(({ utterance }) => utterance.id === utteranceId);
      if (entry) entry.plan = plan;
    });
  }

  recordFailure(utteranceId: string, failure: Failure): Promise<JournalResult> {
    return this.#write(() => {
      const entry = this.#entries.find(({ utterance }) => utterance.id === utteranceId);
      if (entry) entry.failure = failure;
    });
  }

  recordStart(call: Omit<JournalCall, 'endedAt' | 'outcome'>): Promise<JournalResult> {
    return this.#write(() => void this.calls.push({ ...call, endedAt: null, outcome: null }));
  }

  recordEnd(key: string, outcome: Outcome, endedAt: number): Promise<JournalResult> {
    return this.#write(() => {
      const call = this.calls.find((entry) => entry.key === key);
      if (!call || call.outcome !== null) return;
      call.outcome = outcome;
      call.endedAt = endedAt;
    });
  }

  async recover(): Promise<Result<readonly JournalCall[], Failure>> {
    return ok([]);
  }

  async history(limit: number): Promise<Result<readonly JournalEntry[], Failure>> {
    const entries = [...this.#entries].sort((a, b) => b.utterance.at - a.utterance.at).slice(0, limit);
    return ok(
      entries.map((entry) => ({
        ...entry,
        calls: this.calls.filter(({ utteranceId }) => utteranceId === entry.utterance.id),
      })),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #write(change: () => void): Promise<JournalResult> {
    if (this.failWith) return err(this.failWith);
    change();
    return ok(undefined);
  }
}
