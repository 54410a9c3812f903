import { chmodSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clipboardsOf } from '../../../src/lan/computer/clipboard.js';
import { setClipboard } from '../../../src/lan/computer/set-clipboard.js';
import type { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { Cleanup } from '../../support/cleanup.js';
import { startWayland, startXServer } from '../../support/desktop/desktop.js';
import { execProgram } from '../../support/desktop/exec-program.js';
import { hasPrograms } from '../../support/desktop/programs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addProgram, HOSTILE, run, surroundingsWith, TestCall } from './rig.js';

const signal = (): AbortSignal => AbortSignal.timeout(20_000);

/** Surroundings in which only these programs are found, as the machine's own. */
function withOnly(cleanup: Cleanup, programs: readonly string[], env: NodeJS.ProcessEnv): ComputerSurroundings {
  const { path } = cleanup.use(temporaryFolder());
  for (const program of programs) addProgram(path, program, `PATH=/usr/bin:/bin exec ${program} "$@"`);
  // xsel ends without a HOME.
  return surroundingsWith({ ...env, HOME: path, PATH: path });
}

const x11 = hasPrograms('clipboard of X11', { Xvfb: 'xvfb', xclip: 'xclip', xsel: 'xsel' });

describe.skipIf(!x11)('set_clipboard on X11', () => {
  const cleanup = new Cleanup();
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    env = cleanup.use(await startXServer()).env;
  });
  afterAll(() => cleanup[Symbol.asyncDispose]());

  const readWith = async (program: 'xclip' | 'xsel'): Promise<string> => {
    const args = program === 'xclip' ? ['-selection', 'clipboard', '-out'] : ['--clipboard', '--output'];
    return (await execProgram(program, args, { ...process.env, ...env })).stdout;
  };

  describe.each([
    ['xclip', 'xsel'],
    ['xsel', 'xclip'],
  ] as const)('by %s, read by %s', (writer, reader) => {
    let surroundings: ComputerSurroundings;
    beforeAll(() => {
      surroundings = withOnly(cleanup, [writer], env);
    });

    it.each([...HOSTILE, 'x', '\n', 'ends with a line\n'])('sets %j', async (text) => {
      expect(await run(setClipboard, { text }, surroundings)).toMatchObject({ status: 'done', proof: 'read-back' });
      expect(await readWith(reader)).toBe(text);
    });

    it('sets a megabyte', async () => {
      const text = `start ${'0123456789abcde\n'.repeat(65_000)}$(end)`;
      expect(await run(setClipboard, { text }, surroundings)).toMatchObject({ status: 'done', proof: 'read-back' });
      // Right after a long text, xsel now and then answers the next reader with nothing.
      await expect.poll(async () => (await readWith('xclip')) === text, { timeout: 5_000 }).toBe(true);
    });

    it('keeps nothing of what was there before', async () => {
      await run(setClipboard, { text: 'hunter2' }, surroundings);
      const outcome = await run(setClipboard, { text: 'after' }, surroundings);
      expect(outcome).toMatchObject({ status: 'done', prior: null });
      expect(JSON.stringify(outcome)).not.toContain('hunter2');
    });
  });

  it('sets any text', { timeout: 60_000 }, async () => {
    const surroundings = withOnly(cleanup, ['xclip'], env);
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((each) => !each.includes('\0'));
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        expect(await run(setClipboard, { text: each }, surroundings)).toMatchObject({ proof: 'read-back' });
        expect(await readWith('xsel')).toBe(each);
      }),
      { numRuns: 40 },
    );
  });

  it('goes on to the next program where the first fails', async () => {
    const surroundings = withOnly(cleanup, ['xsel'], env);
    const broken = addProgram(surroundings.env['PATH'] ?? '', 'xclip', 'exit 1');
    expect(clipboardsOf(surroundings).map(({ name }) => name)).toEqual(['xclip', 'xsel']);
    expect(await run(setClipboard, { text: 'by xsel' }, surroundings)).toMatchObject({ proof: 'read-back' });
    expect(await readWith('xclip')).toBe('by xsel');
    chmodSync(broken, 0o644);
    expect(clipboardsOf(surroundings).map(({ name }) => name)).toEqual(['xsel']);
  });

  it('does not call set what is not: a program that does nothing', async () => {
    const surroundings = withOnly(cleanup, [], env);
    addProgram(surroundings.env['PATH'] ?? '', 'xclip', ':');
    expect(await run(setClipboard, { text: 'never there' }, surroundings)).toMatchObject({
      status: 'failed',
      failure: { code: 'CLIPBOARD_NOT_SET', detail: 'xclip: the clipboard holds something else' },
    });
  });

  it('lets calls wait for each other, so that each reads back its own text', async () => {
    const surroundings = withOnly(cleanup, ['xclip'], env);
    const texts = ['one', 'two', 'three', 'four'];
    const outcomes = await Promise.all(texts.map((text) => run(setClipboard, { text }, surroundings)));
    expect(outcomes).toEqual(texts.map(() => expect.objectContaining({ status: 'done', proof: 'read-back' })));
    expect(await readWith('xclip')).toBe('four');
  });

  it('fails with a sentence where the display is gone', async () => {
    const surroundings = withOnly(cleanup, ['xclip'], { DISPLAY: ':99999' });
    expect(await run(setClipboard, { text: 'x' }, surroundings)).toMatchObject({ status: 'failed' });
  });
});

const wayland = hasPrograms('clipboard of Wayland', { sway: 'sway', 'wl-copy': 'wl-clipboard' });

describe.skipIf(!wayland)('set_clipboard on Wayland', () => {
  const cleanup = new Cleanup();
  let surroundings: ComputerSurroundings;
  beforeAll(async () => {
    const { path } = cleanup.use(temporaryFolder());
    const { env } = cleanup.use(await startWayland(path));
    surroundings = withOnly(cleanup, ['wl-copy', 'wl-paste'], env);
  });
  afterAll(() => cleanup[Symbol.asyncDispose]());

  it.each([...HOSTILE, '{"a": 1}', '<?xml version="1.0"?>'])('sets %j', async (text) => {
    expect(await run(setClipboard, { text }, surroundings)).toMatchObject({ status: 'done', proof: 'read-back' });
    const { stdout } = await execProgram('wl-paste', ['--no-newline'], { ...process.env, ...surroundings.env });
    expect(stdout).toBe(text);
  });

  it('sets a megabyte', async () => {
    const outcome = await run(setClipboard, { text: 'line "x"\n'.repeat(110_000) }, surroundings);
    expect(outcome).toMatchObject({ status: 'done', proof: 'read-back' });
  });
});

describe('set_clipboard', () => {
  it('is offered where a program and its display are there, and else says why not', async () => {
    const cleanup = new Cleanup();
    const whyNot = (programs: readonly string[], env: NodeJS.ProcessEnv) =>
      setClipboard.whyNot(withOnly(cleanup, programs, env), signal());
    expect(await whyNot(['xclip'], { DISPLAY: ':0' })).toBeNull();
    expect(await whyNot(['wl-copy', 'wl-paste'], { WAYLAND_DISPLAY: 'wayland-0' })).toBeNull();
    expect(await whyNot(['xclip', 'wl-copy', 'wl-paste'], {})).toMatch(/No screen/);
    expect(await whyNot(['xclip'], { WAYLAND_DISPLAY: 'wayland-0' })).toMatch(/install wl-clipboard/);
    expect(await whyNot([], { DISPLAY: ':0' })).toMatch(/install xclip/);
    await cleanup[Symbol.asyncDispose]();
  });

  it('refuses what no clipboard takes, and sends nothing', async () => {
    for (const args of [{ text: 'a\0b' }, { text: '' }, { text: 7 }, {}, null, { text: 'x'.repeat(2_000_000) }]) {
      const call = new TestCall();
      expect(await setClipboard.run(args, surroundingsWith({ DISPLAY: ':0' }), call)).toMatchObject({
        status: 'refused',
        by: 'device',
        why: expect.stringContaining('cannot be used'),
      });
      expect(call.isSent).toBe(false);
    }
  });
});
