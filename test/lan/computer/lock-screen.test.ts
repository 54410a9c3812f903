import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockScreen } from '../../../src/lan/computer/lock-screen.js';
import type { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { Cleanup } from '../../support/cleanup.js';
import { startBus, startLogind } from '../../support/desktop/desktop.js';
import { execProgram } from '../../support/desktop/exec-program.js';
import { hasPrograms, hasPythonModule } from '../../support/desktop/programs.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addProgram, argumentsIn, run, surroundingsWith, TestCall, WRITE_ARGUMENTS } from './rig.js';

/**
 * The real loginctl. It asks nobody where systemd has not booted the machine, as in a container: there it gets a /run of its
 * own that says so, which needs root.
 */
const isBooted = existsSync('/run/systemd/system');
const LOGINCTL = isBooted
  ? 'PATH=/usr/bin:/bin exec loginctl "$@"'
  : `exec /usr/bin/unshare --mount /bin/sh -c '
      mount -t tmpfs none /run && mkdir -p /run/systemd/system && exec /usr/bin/loginctl "$@"' sh "$@"`;

const isTestable =
  hasPrograms('locking by logind', { loginctl: 'systemd', 'dbus-daemon': 'dbus', gdbus: 'libglib2.0-bin' }) &&
  hasPythonModule('locking by logind', 'dbusmock', 'python3-dbusmock') &&
  canAskLoginctl();

function canAskLoginctl(): boolean {
  if (isBooted || spawnSync('unshare', ['--mount', 'true']).status === 0) return true;
  process.stderr.write('\nSKIPPED, NOT TESTED: locking by logind: it needs a machine that systemd booted, or root\n');
  return false;
}

const cleanup = new Cleanup();
afterAll(() => cleanup[Symbol.asyncDispose]());

describe.skipIf(!isTestable)('lock_screen by the real loginctl, to a stand-in for logind', () => {
  let address: string;
  let surroundings: ComputerSurroundings;
  beforeAll(async () => {
    const bus = cleanup.use(await startBus(cleanup.use(temporaryFolder()).path));
    address = bus.address;
    const { env } = cleanup.use(await startLogind(bus, '7'));
    const bin = cleanup.use(temporaryFolder()).path;
    addProgram(bin, 'loginctl', LOGINCTL);
    surroundings = surroundingsWith({ ...env, PATH: `${bin}:/usr/bin:/bin` });
  });

  const session = (method: string, ...args: readonly string[]) =>
    execProgram(
      'gdbus',
      ['call', '--address', address, '--dest', 'org.freedesktop.login1']
        .concat(['--object-path', '/org/freedesktop/login1/session/7', '--method', method])
        .concat(args),
      process.env,
    );
  const isLocked = async () =>
    (
      await session('org.freedesktop.DBus.Properties.Get', 'org.freedesktop.login1.Session', 'LockedHint')
    ).stdout.trim();

  it('locks, and reads it back', async () => {
    expect(await lockScreen.whyNot(surroundings, AbortSignal.timeout(10_000))).toBeNull();
    expect(await isLocked()).toBe('(<false>,)');
    expect(await run(lockScreen, {}, surroundings)).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'the screen is locked',
    });
    expect(await isLocked()).toBe('(<true>,)');
    expect(await run(lockScreen, {}, surroundings)).toMatchObject({ status: 'done', proof: 'read-back' });
  });

  it('does not say that it is locked where the session does not', async () => {
    await session('org.freedesktop.login1.Session.SetLockedHint', 'false');
    const deaf = surroundingsWith({ ...surroundings.env, PATH: cleanup.use(temporaryFolder()).path });
    // The desktop hears the signal and does nothing: loginctl ends with 0 all the same.
    addProgram(
      deaf.env['PATH'] ?? '',
      'loginctl',
      `PATH=/usr/bin:/bin; case "$1" in lock-session) exit 0;; esac; ${LOGINCTL}`,
    );
    expect(await run(lockScreen, {}, deaf)).toMatchObject({
      status: 'unknown',
      why: expect.stringContaining('Look at'),
    });
    expect(await isLocked()).toBe('(<false>,)');
  });

  it('is not offered for a session that logind does not know', async () => {
    const elsewhere = surroundingsWith({ ...surroundings.env, XDG_SESSION_ID: '99' });
    expect(await lockScreen.whyNot(elsewhere, AbortSignal.timeout(10_000))).toMatch(/No way to lock/);
  });
});

describe('lock_screen', () => {
  it('asks xdg-screensaver where logind is not there, and takes its word', async () => {
    const bin = cleanup.use(temporaryFolder()).path;
    const file = join(bin, 'arguments');
    addProgram(bin, 'xdg-screensaver', WRITE_ARGUMENTS);
    const surroundings = surroundingsWith({ DISPLAY: ':0', PATH: bin, ARGUMENTS_FILE: file });
    expect(await run(lockScreen, {}, surroundings)).toMatchObject({ status: 'done', proof: 'device-said' });
    expect(argumentsIn(readFileSync(file, 'utf8'))).toEqual(['lock']);
    addProgram(bin, 'xdg-screensaver', 'echo "no saver" >&2; exit 4');
    expect(await run(lockScreen, {}, surroundings)).toMatchObject({
      status: 'failed',
      failure: { code: 'NOT_LOCKED', detail: expect.stringContaining('no saver') },
    });
  });

  it('goes on to xdg-screensaver where the desktop does not hear logind', async () => {
    const bin = cleanup.use(temporaryFolder()).path;
    const state = join(bin, 'locked');
    addProgram(bin, 'loginctl', `case "$1" in show-session) test -e '${state}' && echo yes || echo no;; esac`);
    addProgram(bin, 'xdg-screensaver', `: > '${state}'`);
    const surroundings = surroundingsWith({ DISPLAY: ':0', XDG_SESSION_ID: '3', PATH: `${bin}:/usr/bin:/bin` });
    expect(await run(lockScreen, {}, surroundings)).toMatchObject({ status: 'done', proof: 'read-back' });
  });

  it('finds the session at the screen for a program that a service started', async () => {
    const bin = cleanup.use(temporaryFolder()).path;
    const file = join(bin, 'arguments');
    const script = `case "$1" in show-user) echo c2;; show-session) echo yes;; lock-session) ${WRITE_ARGUMENTS};; esac`;
    addProgram(bin, 'loginctl', script);
    for (const id of [undefined, '-h; reboot']) {
      const surroundings = surroundingsWith({ XDG_SESSION_ID: id, PATH: bin, ARGUMENTS_FILE: file });
      expect(await run(lockScreen, {}, surroundings)).toMatchObject({ proof: 'read-back' });
      expect(argumentsIn(readFileSync(file, 'utf8'))).toEqual(['lock-session', 'c2']);
    }
  });

  it('is not offered where there is no screen to lock', async () => {
    const surroundings = surroundingsWith({ PATH: '/nonexistent' });
    expect(await lockScreen.whyNot(surroundings, AbortSignal.timeout(5_000))).toMatch(/No way to lock/);
    const call = new TestCall();
    expect(await lockScreen.run({}, surroundings, call)).toMatchObject({ status: 'failed' });
    expect(call.isSent).toBe(false);
  });
});
