/** Raised with every change of the tables; a journal of a newer version is not opened. */
export const JOURNAL_VERSION = 1;

/**
 * Append-only: a row is written once and never changed. Times are milliseconds since the
 * epoch, JSON columns hold the shapes of src/core. `checksum` guards each row's content against torn or flipped bytes.
 */
export const JOURNAL_TABLES = `
CREATE TABLE IF NOT EXISTS utterance (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  content TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS plan (
  utterance_id TEXT PRIMARY KEY REFERENCES utterance (id),
  content TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS failure (
  utterance_id TEXT PRIMARY KEY REFERENCES utterance (id),
  content TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS call_start (
  key TEXT PRIMARY KEY,
  utterance_id TEXT NOT NULL REFERENCES utterance (id),
  started_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS call_end (
  key TEXT PRIMARY KEY REFERENCES call_start (key),
  ended_at INTEGER NOT NULL,
  content TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS utterance_by_time ON utterance (at);
CREATE INDEX IF NOT EXISTS call_by_utterance ON call_start (utterance_id);
`;
