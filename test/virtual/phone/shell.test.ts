import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellCommand } from '../../../src/adb/shell-quote.js';
import { programs } from '../../../src/virtual/phone/programs/programs.js';
import { Shell } from '../../../src/virtual/phone/shell/shell.js';
import { PhoneState } from '../../../src/virtual/phone/state/phone-state.js';

async function run(line: string, apiLevel = 34) {
  const state = new PhoneState({ name: 'Test', serial: 'T1', apiLevel, now: () => Date.parse('2026-11-21T10:00:00') });
  const [out, err]: [Buffer[], Buffer[]] = [[], []];
  const code = await new Shell(state, programs).run(line, {
    stdin: async () => Buffer.alloc(0),
    stdout: (bytes) => void out.push(bytes),
    stderr: (bytes) => void err.push(bytes),
    signal: new AbortController().signal,
  });
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString(), state };
}

describe("the virtual phone's shell", () => {
  it.each([
    ["echo 'a  b' c", 'a  b c\n', 0],
    ['echo "x $(echo y) z"', 'x y z\n', 0],
    ['false; echo $?', '1\n', 0],
    ['false && echo no', '', 1],
    ['false || echo yes', 'yes\n', 0],
    ['echo a | grep -c a', '1\n', 0],
    ['exit 300', '', 44],
    ['echo hi > /sdcard/x; cat /sdcard/x', 'hi\n', 0],
    ['A=1; echo $A', '1\n', 0],
  ])('%s', async (line, out, code) => expect(await run(line)).toMatchObject({ out, code }));

  it('knows no program that a phone lacks, and writes nowhere that a phone forbids', async () => {
    expect(await run('curl example.com')).toMatchObject({ code: 127, err: 'sh: curl: inaccessible or not found\n' });
    expect(await run('echo x > /system/x')).toMatchObject({ code: 1 });
    expect((await run('rm -rf /')).state.files.isFolder('/sdcard')).toBe(true);
  });

  it('takes any quoted argument as one word', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !text.includes('\0')),
        async (text) => {
          const wellFormed = Buffer.from(text).toString();
          expect((await run(shellCommand(['echo', '-n', wellFormed]))).out).toBe(wellFormed);
        },
      ),
    );
  });

  it('refuses what Android refuses, in its words', async () => {
    expect(await run('settings put system screen_brightness 300')).toMatchObject({ code: 255 });
    expect(await run('cmd media_session volume --stream 3 --set 99')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Error: invalid volume index'),
    });
    expect(
      (await run('content insert --uri content://sms/sent --bind address:s:1 --bind body:s:x')).state.messages.filter(
        ({ box }) => box === 'sent',
      ),
    ).toEqual([]);
    expect(await run('content query --uri content://media/external/images/media --sort "_id LIMIT 1"')).toMatchObject({
      code: 0,
      err: expect.stringContaining('Error while accessing provider'),
    });
    expect(await run("input text 'שלום'")).toMatchObject({ code: 255 });
  });

  it('reports errors of am as the release does', async () => {
    expect(await run('am start -W -a no.such.action', 34)).toMatchObject({
      code: 0,
      out: expect.stringContaining('Error: Activity not started'),
    });
    expect(await run('am start -W -a no.such.action', 36)).toMatchObject({ code: 1 });
  });

  it('reads colons in bindings as the release does', async () => {
    const insert = (value: string) =>
      `content insert --uri content://com.android.calendar/events --bind calendar_id:i:2 --bind dtstart:l:1 --bind dtend:l:2 --bind eventTimezone:s:UTC --bind 'title:s:${value}'`;
    expect((await run(insert('Lunch: Bob'), 30)).state.events[0]?.title).toBe('Lunch: Bob');
    expect((await run(insert('Lunch: Bob'), 34)).state.events).toEqual([]);
    expect((await run(insert('Lunch\\: Bob'), 34)).state.events[0]?.title).toBe('Lunch: Bob');
  });
});
