import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, describe, expect, it } from 'vitest';
import { SqliteJournal } from '../../src/journal/sqlite-journal.js';
import { done } from '../fakes/fake-transport.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { describeJournal, start, utterance } from './journal-contract.js';

const folders: Disposable[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

function journalPath(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return join(folder.path, 'deep', 'journal.db');
}

describeJournal('on disk', () => new SqliteJournal(journalPath()));

/** Writes a start in a process of its own, says so, and hangs until it is killed. */
const crasher = `
  const { SqliteJournal } = await import(process.argv[1]);
  const journal = new SqliteJournal(process.argv[2]);
  await journal.recordUtterance({ id: 'u1', text: 'x', source: 'cli', locale: 'en-US', at: 1 });
  const call = { utteranceId: 'u1', callId: 'c1', function: 'send_text_message', args: {}, deviceId: 'd', deviceName: 'D', startedAt: Date.now() };
  await journal.recordStart({ ...call, key: 'ended' });
  await journal.recordEnd('ended', { status: 'handed-over', left: 'x', receipt: 'y' }, 3);
  await journal.recordStart({ ...call, key: 'open' });
  process.stdout.write('written');
  setInterval(() => {}, 1000);
`;

describe('the journal on disk', () => {
  it('keeps everything over a restart', async () => {
    const path = journalPath();
    {
      await using journal = new SqliteJournal(path);
      await journal.recordUtterance(utterance('u1'));
    }
    await using again = new SqliteJournal(path);
    expect(await again.history(5)).toMatchObject({ value: [{ utterance: { id: 'u1' } }] });
  });

  it('after SIGKILL keeps what ended and shows what did not as unknown, once', async () => {
    const path = journalPath();
    const built = new URL('../../dist/journal/sqlite-journal.js', import.meta.url).href;
    const child = spawn(process.execPath, ['--input-type=module', '-e', crasher, built, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await using journal = new SqliteJournal(path);
    const recovered = await journal.recover(Date.now());
    expect(recovered).toMatchObject({ ok: true, value: [{ key: 'open', outcome: { status: 'unknown' } }] });
    expect(await journal.recover(Date.now())).toEqual({ ok: true, value: [] });
    const history = await journal.history(1);
    expect(history).toMatchObject({
      value: [{ calls: [{ outcome: { status: 'handed-over' } }, { outcome: { status: 'unknown' } }] }],
    });
  });

  it('leaves alone what a living process has under way', async () => {
    await using journal = new SqliteJournal(journalPath());
    await journal.recordUtterance(utterance('u1'));
    await journal.recordStart(start('k1', 'u1'));
    expect(await journal.recover(Date.now())).toEqual({ ok: true, value: [] });
  });

  it('says that a record is damaged instead of skipping it', async () => {
    const path = journalPath();
    {
      await using journal = new SqliteJournal(path);
      await journal.recordUtterance(utterance('u1'));
      await journal.recordStart(start('k1', 'u1'));
      await journal.recordEnd('k1', done(), 2);
    }
    const database = new Database(path);
    database.prepare("UPDATE call_start SET content = replace(content, 'Clock', 'Block')").run();
    database.close();
    await using damaged = new SqliteJournal(path);
    expect(await damaged.history(5)).toMatchObject({ ok: false, error: { code: 'JOURNAL_CORRUPT' } });
  });

  it('says that a file is no journal', () => {
    const folder = temporaryFolder();
    folders.push(folder);
    const path = join(folder.path, 'journal.db');
    writeFileSync(path, 'this is no database, and long enough to be read as one'.repeat(100));
    expect(() => new SqliteJournal(path)).toThrow(/damaged/);
  });
});
