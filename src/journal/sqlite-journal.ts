import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { z } from 'zod';
import { type Failure, failureSchema, TentacleError } from '../core/failure.js';
import { type Outcome, outcomeSchema } from '../core/outcome.js';
import { type Plan, planSchema } from '../core/plan.js';
import type { Journal, JournalCall, JournalEntry, JournalResult } from '../core/ports/journal.js';
import { err, ok, type Result } from '../core/result.js';
import { type Utterance, utteranceSchema } from '../core/utterance.js';
import { readRecord, recordOf } from './record.js';
import { JOURNAL_TABLES, JOURNAL_VERSION } from './schema.js';

const startSchema = z.object({
  key: z.string(),
  utteranceId: z.string(),
  callId: z.string(),
  function: z.string(),
  args: z.record(z.string(), z.unknown()),
  deviceId: z.string(),
  deviceName: z.string(),
  startedAt: z.number(),
  /** The process that sent it: its open calls are under way as long as it lives. */
  process: z.number().int(),
});
const endSchema = z.object({ outcome: outcomeSchema, endedAt: z.number() });

/** No call's deadline is this long: an open start that is older was left by a process that is gone. */
const LONGEST_CALL_MS = 600_000;

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return z.object({ code: z.literal('EPERM') }).safeParse(error).success;
  }
}

function failureOf(code: string, message: string, next: string, cause: unknown): Failure {
  return { code, fault: 'tentacle', message, next, detail: String(cause).slice(0, 300) };
}

function writeFailure(error: unknown): Failure {
  return /full|ENOSPC/i.test(String(error))
    ? failureOf(
        'JOURNAL_FULL',
        'The disk is full, so nothing can be recorded and nothing was sent.',
        'Free some space and try again.',
        error,
      )
    : failureOf(
        'JOURNAL_FAILED',
        'The record could not be written, so nothing was sent.',
        'Check that the data folder is on a working disk that you may write to.',
        error,
      );
}

function corrupt(cause: unknown): Failure {
  return failureOf(
    'JOURNAL_CORRUPT',
    'A record in the journal is damaged.',
    'Keep a copy of the data folder, then move journal.db away; a new one is started.',
    cause,
  );
}

/**
 * The port Journal on SQLite: write-ahead log with full synchronisation, so that a record is on disk when its method
 * resolves. One process writes at a time; a second one waits a moment for its turn.
 */
export class SqliteJournal implements Journal {
  readonly #database: Database.Database;

  /** Opens or creates the journal file. Throws TentacleError JOURNAL_FAILED or JOURNAL_CORRUPT. */
  constructor(path: string) {
    try {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      this.#database = new Database(path);
      this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
      const found = z.object({ user_version: z.number() }).parse(this.#database.prepare('PRAGMA user_version').get());
      if (found.user_version > JOURNAL_VERSION) throw new RangeError(`version ${found.user_version}`);
      this.#database.exec(`${JOURNAL_TABLES} PRAGMA user_version = ${JOURNAL_VERSION};`);
    } catch (cause) {
      const isCorrupt = /not a database|malformed|version/i.test(String(cause));
      throw new TentacleError(isCorrupt ? corrupt(cause) : writeFailure(cause), { cause });
    }
  }

  async recordUtterance(utterance: Utterance): Promise<JournalResult> {
    const { content, checksum } = recordOf(utterance);
    return this.#write('INSERT INTO utterance (id, at, content, checksum) VALUES (?, ?, ?, ?)', [
      utterance.id,
      utterance.at,
      content,
      checksum,
    ]);
  }

  async recordPlan(utteranceId: string, plan: Plan): Promise<JournalResult> {
    return this.#attach('plan', utteranceId, plan);
  }

  async recordFailure(utteranceId: string, failure: Failure): Promise<JournalResult> {
    return this.#attach('failure', utteranceId, failure);
  }

  async recordStart(call: Omit<JournalCall, 'endedAt' | 'outcome'>): Promise<JournalResult> {
    const { content, checksum } = recordOf({ ...call, process: process.pid });
    return this.#write(
      'INSERT INTO call_start (key, utterance_id, started_at, content, checksum) VALUES (?, ?, ?, ?, ?)',
      [call.key, call.utteranceId, call.startedAt, content, checksum],
    );
  }

  async recordEnd(key: string, outcome: Outcome, endedAt: number): Promise<JournalResult> {
    const { content, checksum } = recordOf({ outcome, endedAt });
    return this.#write('INSERT OR IGNORE INTO call_end (key, ended_at, content, checksum) VALUES (?, ?, ?, ?)', [
      key,
      endedAt,
      content,
      checksum,
    ]);
  }

  async recover(now: number): Promise<Result<readonly JournalCall[], Failure>> {
    const open = this.#read(
      'SELECT s.content, s.checksum FROM call_start s LEFT JOIN call_end e ON e.key = s.key WHERE e.key IS NULL ORDER BY s.started_at',
      [],
      startSchema,
    );
    if (!open.ok) return open;
    const recovered: JournalCall[] = [];
    for (const { process: owner, ...start } of open.value) {
      if (isAlive(owner) && now - start.startedAt < LONGEST_CALL_MS) continue;
      const outcome: Outcome = {
        status: 'unknown',
        since: start.startedAt,
        why: 'Tentacle ended while this call was under way. It may or may not have happened; it is not sent again.',
      };
      const written = await this.recordEnd(start.key, outcome, now);
      if (!written.ok) return written;
      recovered.push({ ...start, endedAt: now, outcome });
    }
    return ok(recovered);
  }

  async history(limit: number): Promise<Result<readonly JournalEntry[], Failure>> {
    const utterances = this.#read(
      'SELECT content, checksum FROM utterance ORDER BY at DESC, rowid DESC LIMIT ?',
      [limit],
      utteranceSchema,
    );
    if (!utterances.ok) return utterances;
    const entries: JournalEntry[] = [];
    for (const utterance of utterances.value) {
      const entry = this.#entry(utterance);
      if (!entry.ok) return entry;
      entries.push(entry.value);
    }
    return ok(entries);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#database.close();
  }

  #entry(utterance: Utterance): Result<JournalEntry, Failure> {
    const plan = this.#read('SELECT content, checksum FROM plan WHERE utterance_id = ?', [utterance.id], planSchema);
    if (!plan.ok) return plan;
    const failure = this.#read(
      'SELECT content, checksum FROM failure WHERE utterance_id = ?',
      [utterance.id],
      failureSchema,
    );
    if (!failure.ok) return failure;
    const starts = this.#read(
      'SELECT content, checksum FROM call_start WHERE utterance_id = ? ORDER BY started_at, rowid',
      [utterance.id],
      startSchema,
    );
    if (!starts.ok) return starts;
    const calls: JournalCall[] = [];
    for (const { process: _owner, ...start } of starts.value) {
      const end = this.#read('SELECT content, checksum FROM call_end WHERE key = ?', [start.key], endSchema);
      if (!end.ok) return end;
      calls.push({ ...start, endedAt: end.value[0]?.endedAt ?? null, outcome: end.value[0]?.outcome ?? null });
    }
    return ok({ utterance, plan: plan.value[0] ?? null, failure: failure.value[0] ?? null, calls });
  }

  #attach(table: 'plan' | 'failure', utteranceId: string, value: Plan | Failure): JournalResult {
    const { content, checksum } = recordOf(value);
    return this.#write(`INSERT OR REPLACE INTO ${table} (utterance_id, content, checksum) VALUES (?, ?, ?)`, [
      utteranceId,
      content,
      checksum,
    ]);
  }

  #write(sql: string, values: readonly (string | number)[]): JournalResult {
    try {
      this.#database.prepare(sql).run(...values);
      return ok(undefined);
    } catch (error) {
      return err(writeFailure(error));
    }
  }

  /** Every row, checked; one that cannot be trusted fails the whole reading rather than vanish. */
  #read<T>(sql: string, values: readonly (string | number)[], schema: z.ZodType<T>): Result<T[], Failure> {
    let rows: unknown[];
    try {
      rows = this.#database.prepare(sql).all(...values);
    } catch (error) {
      return err(corrupt(error));
    }
    const found: T[] = [];
    for (const row of rows) {
      const record = readRecord(row, schema);
      if (!record.ok) return err(corrupt(record.error));
      found.push(record.value);
    }
    return ok(found);
  }
}
