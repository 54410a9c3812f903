import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelled } from '../../../src/core/failures.js';
import { runCommand, startCommand } from '../../../src/lan/computer/command.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addProgram, argumentsIn, HOSTILE, WRITE_ARGUMENTS } from './rig.js';

let folder: ReturnType<typeof temporaryFolder>;
let writer: string;
let file: string;
beforeEach(() => {
  folder = temporaryFolder();
  writer = addProgram(folder.path, 'write arguments', WRITE_ARGUMENTS);
  file = join(folder.path, 'arguments');
});
afterEach(() => folder[Symbol.dispose]());

const signal = (): AbortSignal => AbortSignal.timeout(20_000);

async function written(args: readonly string[]): Promise<readonly string[]> {
  const ran = await runCommand({ program: writer, args, env: { ARGUMENTS_FILE: file } }, process.env, signal());
  expect(ran).toMatchObject({ code: 0 });
  return argumentsIn(readFileSync(file, 'utf8'));
}

describe('runCommand', () => {
  it.each(HOSTILE)('hands over as one argument: %j', async (text) => {
    expect(await written(['before', text, 'after'])).toEqual(['before', text, 'after']);
    expect(existsSync('/tmp/tentacle-was-here')).toBe(false);
  });

  it('hands over any text as one argument', { timeout: 60_000 }, async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 200 }).filter((each) => !each.includes('\0'));
    const argument = fc.oneof(text, fc.string({ unit: fc.constantFrom(...'"\'`$()\\\n;&|<>*%~ -') }));
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { minLength: 1, maxLength: 4 }), async (args) => {
        expect(await written(args)).toEqual(args);
      }),
      { numRuns: 150 },
    );
  });

  it('hands over a long argument whole, and says so where the system takes none of this length', async () => {
    const long = 'x'.repeat(100_000);
    expect(await written([long])).toEqual([long]);
    const ran = await runCommand({ program: writer, args: ['x'.repeat(1024 * 1024)] }, process.env, signal());
    expect(ran).toMatchObject({ code: null, stderr: expect.stringContaining('E2BIG') });
  });

  it('does not start a program with a NUL in an argument', async () => {
    const ran = await runCommand({ program: writer, args: ['a\0b'] }, process.env, signal());
    expect(ran).toMatchObject({ code: null, stderr: expect.stringMatching(/null bytes/) });
    expect(existsSync(file)).toBe(false);
  });

  it('hands over a megabyte on stdin, NUL and all', async () => {
    const text = `${'\0"\'$(x)\n'.repeat(150_000)}end`;
    const ran = await runCommand({ program: 'cat', args: [], stdin: text }, process.env, signal());
    expect(ran.stdout === text).toBe(true);
  });

  it('tells a program that is missing, one that fails and one that does not read its input', async () => {
    expect(await runCommand({ program: '/no/such', args: [] }, process.env, signal())).toMatchObject({ code: null });
    const failing = addProgram(folder.path, 'failing', 'echo no >&2; exit 3');
    const ran = await runCommand({ program: failing, args: [], stdin: 'x'.repeat(1_000_000) }, process.env, signal());
    expect(ran).toEqual({ code: 3, stdout: '', stderr: 'no\n' });
  });

  it('ends a program at the deadline, with the reason of the signal', async () => {
    const abort = new AbortController();
    const running = runCommand({ program: 'sleep', args: ['60'] }, process.env, abort.signal);
    const started = Date.now();
    abort.abort(cancelled());
    await expect(running).rejects.toMatchObject({ failure: { code: 'CANCELLED' } });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('does not wait for the helper that a program leaves behind', async () => {
    const started = Date.now();
    const leaving = addProgram(folder.path, 'leaving', 'sleep 5 &');
    await runCommand({ program: leaving, args: [], leavesHelper: true }, process.env, signal());
    expect(Date.now() - started).toBeLessThan(3_000);
  });
});

describe('startCommand', () => {
  const options = () => ({ settleMs: 300, signal: signal() });

  it('sees a program that stays, one that ends and one that is missing', async () => {
    const stays = await startCommand({ program: 'sleep', args: ['5'] }, process.env, options());
    expect(stays).toMatchObject({ isRunning: true });
    if (stays.isRunning) process.kill(stays.pid);
    expect(await startCommand({ program: 'false', args: [] }, process.env, options())).toMatchObject({
      isRunning: false,
      code: 1,
    });
    expect(await startCommand({ program: '/no/such', args: [] }, process.env, options())).toMatchObject({
      isRunning: false,
      code: null,
    });
  });
});
