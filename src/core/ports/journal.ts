import type { Failure } from '../failure.js';
import type { Outcome } from '../outcome.js';
import type { Plan } from '../plan.js';
import type { Result } from '../result.js';
import type { Utterance } from '../utterance.js';

/** One dispatched call as the journal knows it. `outcome` is null between start and end. */
export interface JournalCall {
  readonly key: string;
  readonly utteranceId: string;
  readonly callId: string;
  readonly function: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: Outcome | null;
}

export interface JournalEntry {
  readonly utterance: Utterance;
  readonly plan: Plan | null;
  readonly failure: Failure | null;
  readonly calls: readonly JournalCall[];
}

export type JournalResult = Result<void, Failure>;

/**
 * The durable record. Every method resolves only when the record is on disk (fsync); a failure means that nothing may
 * be sent. Failures: JOURNAL_FULL, JOURNAL_CORRUPT, JOURNAL_FAILED.
 */
export interface Journal extends AsyncDisposable {
  recordUtterance(utterance: Utterance): Promise<JournalResult>;
  recordPlan(utteranceId: string, plan: Plan): Promise<JournalResult>;
  recordFailure(utteranceId: string, failure: Failure): Promise<JournalResult>;
  recordStart(call: Omit<JournalCall, 'endedAt' | 'outcome'>): Promise<JournalResult>;
  /** The first outcome of a key wins; a second one is ignored. */
  recordEnd(key: string, outcome: Outcome, endedAt: number): Promise<JournalResult>;
  /** Turns starts without ends, left by a crash, into `unknown`, and returns them. */
  recover(now: number): Promise<Result<readonly JournalCall[], Failure>>;
  /** Newest first. */
  history(limit: number): Promise<Result<readonly JournalEntry[], Failure>>;
}
