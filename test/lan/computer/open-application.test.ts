import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linuxApplications } from '../../../src/lan/computer/applications/linux-applications.js';
import { openApplication } from '../../../src/lan/computer/open-application.js';
import { openUrl } from '../../../src/lan/computer/open-url.js';
import type { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addProgram, argumentsIn, HOSTILE, run, surroundingsWith, TestCall, WRITE_ARGUMENTS } from './rig.js';

let folder: ReturnType<typeof temporaryFolder>;
let surroundings: ComputerSurroundings;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = join(folder.path, 'arguments');
  surroundings = surroundingsWith({
    DISPLAY: ':0',
    XDG_DATA_HOME: join(folder.path, 'own'),
    XDG_DATA_DIRS: join(folder.path, 'system'),
    ARGUMENTS_FILE: file,
  });
});
afterEach(() => folder[Symbol.dispose]());

function addEntry(id: string, lines: Readonly<Record<string, string>>, where = 'system'): void {
  const path = join(folder.path, where, 'applications', id);
  mkdirSync(join(path, '..'), { recursive: true });
  const entry = { Type: 'Application', Name: 'App', ...lines };
  writeFileSync(
    path,
    `[Desktop Entry]\n${Object.entries(entry)
      .map(([key, value]) => `${key}=${value}`)
      .join('\n')}\n`,
  );
}

const names = (): readonly string[] => linuxApplications(surroundings).map(({ name }) => name);

/** Resolves with the arguments that the started program wrote. */
async function written(): Promise<readonly string[]> {
  for (let tries = 0; tries < 100 && !existsSync(file); tries += 1) await delay(20);
  return argumentsIn(readFileSync(file, 'utf8'));
}

describe('linuxApplications', () => {
  it('lists what the desktop shows', () => {
    addEntry('shown.desktop', { Name: 'Shown', Exec: 'true' });
    addEntry('kde/deep.desktop', { Name: 'Deep', Exec: '/bin/true %U' });
    addEntry('hidden.desktop', { Name: 'Hidden', Exec: 'true', Hidden: 'true' });
    addEntry('helper.desktop', { Name: 'Helper', Exec: 'true', NoDisplay: 'true' });
    addEntry('link.desktop', { Name: 'Link', Type: 'Link', URL: 'https://example.org' });
    addEntry('gone.desktop', { Name: 'Gone', Exec: '/no/such/program' });
    addEntry('tried.desktop', { Name: 'Tried', Exec: 'true', TryExec: 'no-such-program-at-all' });
    addEntry('bad.desktop', { Name: 'Bad', Exec: 'true "open' });
    expect([...names()].sort()).toEqual(['Deep', 'Shown']);
  });

  it("lets the user's own file take the place of the system's, also to hide it", () => {
    addEntry('a.desktop', { Name: 'System A', Exec: 'true' });
    addEntry('b.desktop', { Name: 'System B', Exec: 'true' });
    addEntry('a.desktop', { Name: 'My A', Exec: 'true' }, 'own');
    addEntry('b.desktop', { Hidden: 'true' }, 'own');
    expect(names()).toEqual(['My A']);
  });

  it('knows for which desktop an application is, and the language of its user', () => {
    addEntry('k.desktop', { Name: 'K', Exec: 'true', OnlyShowIn: 'KDE;' });
    addEntry('g.desktop', { Name: 'G', 'Name[de]': 'Ge', Exec: 'true', NotShowIn: 'KDE;' });
    const own = { XDG_DATA_HOME: '/nonexistent', XDG_DATA_DIRS: join(folder.path, 'system'), LANG: 'de_DE.UTF-8' };
    const onDesktop = (desktop: string) =>
      linuxApplications(surroundingsWith({ ...own, XDG_CURRENT_DESKTOP: desktop })).map(({ name }) => name);
    expect(onDesktop('KDE')).toEqual(['K']);
    expect(onDesktop('ubuntu:GNOME')).toEqual(['Ge']);
  });
});

describe('open_application', () => {
  it('starts the real program with exactly the arguments of its file, and sees it run', async () => {
    const program = addProgram(join(folder.path, 'my programs'), 'app', `${WRITE_ARGUMENTS}; exec sleep 20`);
    const exec = `"${program}" --new "a b" "\\\\$HOME;\\\\\`id\\\\\`" %U 100%%`;
    addEntry('org.test.Notes.desktop', {
      Name: 'Notes',
      'Name[zh_CN]': '便笺',
      GenericName: 'Text Editor',
      Exec: exec,
    });
    expect(await openApplication.whyNot(surroundings, AbortSignal.timeout(1_000))).toBeNull();
    const outcome = await run(openApplication, { name: '便笺' }, surroundings);
    expect(outcome).toMatchObject({ status: 'done', proof: 'read-back' });
    const pid = Number(/process (\d+)/.exec(outcome.status === 'done' ? outcome.receipt : '')?.[1]);
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toBe('sleep\x0020\0');
    expect(await written()).toEqual(['--new', 'a b', '$HOME;`id`', '100%']);
    process.kill(pid);
  });

  it('tells an application that takes the start and ends, and one that fails at once', async () => {
    addEntry('short.desktop', { Name: 'Short', Exec: 'true' });
    addEntry('broken.desktop', { Name: 'Broken', Exec: 'false' });
    expect(await run(openApplication, { name: 'short' }, surroundings)).toMatchObject({
      status: 'done',
      proof: 'device-said',
    });
    expect(await run(openApplication, { name: 'Broken' }, surroundings)).toMatchObject({
      status: 'failed',
      failure: { code: 'NOT_STARTED', detail: 'exit code 1' },
    });
  });

  it('starts a program of the terminal in the terminal, its arguments kept apart', async () => {
    const bin = join(folder.path, 'bin');
    addProgram(bin, 'x-terminal-emulator', WRITE_ARGUMENTS);
    addProgram(bin, 'top-like', 'true');
    addEntry('top.desktop', { Name: 'Top', Exec: 'top-like "a b"', Terminal: 'true' });
    const own = surroundingsWith({ ...surroundings.env, PATH: bin });
    expect(await run(openApplication, { name: 'top' }, own)).toMatchObject({ status: 'done' });
    expect(await written()).toEqual(['-e', 'top-like', 'a b']);
  });

  it.each(HOSTILE)('runs nothing for %j', async (name) => {
    addEntry('app.desktop', { Name: 'App', Exec: addProgram(folder.path, 'app', WRITE_ARGUMENTS) });
    const call = new TestCall();
    const outcome = await openApplication.run({ name }, surroundings, call);
    expect(outcome).toMatchObject({ status: 'refused', by: 'device' });
    expect(call.isSent).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('is not offered without a screen or without applications', async () => {
    const signal = AbortSignal.timeout(1_000);
    expect(await openApplication.whyNot(surroundings, signal)).toMatch(/No applications/);
    expect(await openApplication.whyNot(surroundingsWith({}), signal)).toMatch(/No screen/);
  });
});

describe('open_url', () => {
  const withOpener = (script: string): ComputerSurroundings => {
    addProgram(join(folder.path, 'bin'), 'xdg-open', script);
    return surroundingsWith({ DISPLAY: ':0', ARGUMENTS_FILE: file, PATH: `${join(folder.path, 'bin')}:/usr/bin:/bin` });
  };

  it('hands the address to xdg-open as one argument, in its normal form', async () => {
    const own = withOpener(WRITE_ARGUMENTS);
    const url = 'https://example.org/a b?q="$(id)"&x=\'; rm -rf ~\n#`id`';
    expect(await run(openUrl, { url }, own)).toMatchObject({ status: 'done', proof: 'device-said' });
    const [href, ...rest] = await written();
    expect(rest).toEqual([]);
    expect(href).toBe('https://example.org/a%20b?q=%22$(id)%22&x=%27;%20rm%20-rf%20~#%60id%60');
  });

  it('takes a browser that stays for a page that is opened', async () => {
    expect(await run(openUrl, { url: 'example.org' }, withOpener('sleep 4'))).toMatchObject({ status: 'done' });
  });

  it('sends nothing for an address that is not allowed', async () => {
    const call = new TestCall();
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', '--help']) {
      expect(await openUrl.run({ url }, withOpener(WRITE_ARGUMENTS), call)).toMatchObject({ status: 'refused' });
    }
    expect(call.isSent).toBe(false);
    expect(existsSync(file)).toBe(false);
  });

  it('says so where no program takes the address', async () => {
    const bin = join(folder.path, 'bin');
    addProgram(bin, 'gio', 'exit 2');
    addProgram(bin, 'xdg-open', 'exit 3');
    const outcome = await run(openUrl, { url: 'example.org' }, surroundingsWith({ DISPLAY: ':0', PATH: bin }));
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: { code: 'NOT_OPENED', detail: `${bin}/gio ended with 2` },
    });
  });

  it('is not offered without a screen or a program for it', async () => {
    const signal = AbortSignal.timeout(1_000);
    expect(await openUrl.whyNot(surroundingsWith({}), signal)).toMatch(/No screen/);
    expect(await openUrl.whyNot(surroundingsWith({ DISPLAY: ':0', PATH: '/nonexistent' }), signal)).toMatch(
      /xdg-utils/,
    );
  });
});
