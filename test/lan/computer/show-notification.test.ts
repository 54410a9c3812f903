import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { showNotification } from '../../../src/lan/computer/show-notification.js';
import type { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';
import { Cleanup } from '../../support/cleanup.js';
import { startBus, startXServer } from '../../support/desktop/desktop.js';
import { execProgram } from '../../support/desktop/exec-program.js';
import { DEBIAN_PYTHON, hasPrograms, hasPythonModule } from '../../support/desktop/programs.js';
import { ServerProcess } from '../../support/desktop/server-process.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { addProgram, HOSTILE, run, surroundingsWith, TestCall } from './rig.js';

const isTestable =
  hasPrograms('notifications', { 'dbus-daemon': 'dbus', gdbus: 'libglib2.0-bin', 'notify-send': 'libnotify-bin' }) &&
  hasPythonModule('notifications', 'dbus, gi', 'python3-dbus python3-gi');

/**
 * A notification server on the real bus, by Debian's D-Bus library: it writes what it was given as JSON, a line each, and
 * stays silent to the text "be silent".
 */
const SERVER = `
import json, sys, dbus, dbus.service, dbus.mainloop.glib
from gi.repository import GLib
dbus.mainloop.glib.DBusGMainLoop(set_as_default=True)
NAME = 'org.freedesktop.Notifications'
capabilities = sys.argv[1].split(',')
class Server(dbus.service.Object):
  shown = 40
  @dbus.service.method(NAME, in_signature='', out_signature='as')
  def GetCapabilities(self): return capabilities
  @dbus.service.method(NAME, in_signature='', out_signature='ssss')
  def GetServerInformation(self): return ('test', 'test', '1', '1.2')
  @dbus.service.method(NAME, in_signature='susssasa{sv}i', out_signature='u', async_callbacks=('done', 'failed'))
  def Notify(self, app, replaces, icon, summary, body, actions, hints, expire, done, failed):
    print(json.dumps({'app': app, 'summary': summary, 'body': body, 'replaces': int(replaces)}), flush=True)
    if body == 'be broken': failed(dbus.DBusException('out of order', name='org.test.Broken'))
    elif body != 'be silent':
      self.shown += 1
      done(self.shown)
name = dbus.service.BusName(NAME, dbus.SessionBus())
server = Server(name, '/org/freedesktop/Notifications')
print('ready', flush=True)
GLib.MainLoop().run()
`;

interface Shown {
  readonly app: string;
  readonly summary: string;
  readonly body: string;
}

class NotificationServer implements AsyncDisposable {
  readonly #child;
  #lines: string[] = [];
  #rest = '';

  private constructor(capabilities: string, env: Readonly<Record<string, string>>) {
    this.#child = spawn(DEBIAN_PYTHON, ['-c', SERVER, capabilities], { env: { ...process.env, ...env } });
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = `${this.#rest}${chunk}`.split('\n');
      this.#rest = lines.pop() ?? '';
      this.#lines.push(...lines);
    });
  }

  static async start(capabilities: string, env: Readonly<Record<string, string>>): Promise<NotificationServer> {
    const server = new NotificationServer(capabilities, env);
    await expect.poll(() => server.#lines, { timeout: 10_000 }).toEqual(['ready']);
    server.#lines = [];
    return server;
  }

  /** What it was given since the last look. */
  take(): readonly Shown[] {
    return this.#lines.splice(0).map((line): Shown => JSON.parse(line));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill();
    await ended;
  }
}

describe.skipIf(!isTestable)('show_notification on a real session bus', () => {
  const cleanup = new Cleanup();
  let env: Readonly<Record<string, string>>;
  let server: NotificationServer | undefined;
  let folder: string;

  beforeAll(async () => {
    folder = cleanup.use(temporaryFolder()).path;
    env = cleanup.use(await startBus(folder)).env;
  });
  afterAll(() => cleanup[Symbol.asyncDispose]());
  afterEach(async () => {
    await server?.[Symbol.asyncDispose]();
    server = undefined;
  });

  /** Surroundings with these programs alone. */
  function withOnly(...programs: readonly string[]): ComputerSurroundings {
    const bin = cleanup.use(temporaryFolder()).path;
    for (const program of programs) addProgram(bin, program, `PATH=/usr/bin:/bin exec ${program} "$@"`);
    return surroundingsWith({ ...env, PATH: bin });
  }

  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  describe.each([
    ['gdbus', 'body', false],
    ['gdbus', 'actions,body,body-markup', true],
    ['notify-send', 'body,body-markup', true],
  ])('by %s, to a server with %s', (program, capabilities, hasMarkup) => {
    let own: ComputerSurroundings;
    beforeEach(async () => {
      server = await NotificationServer.start(capabilities, env);
      own = withOnly(program);
    });

    it('shows every text as it is, and gives the id', { timeout: 60_000 }, async () => {
      for (const text of [...HOSTILE, 'trailing backslash \\', "'a'", '"', 'x'.repeat(2_000)]) {
        const outcome = await run(showNotification, { text }, own);
        expect(outcome).toMatchObject({ status: 'done', proof: 'device-said', prior: null });
        expect(outcome).toMatchObject({ receipt: expect.stringMatching(/^notification \d+ is shown$/) });
        const body = hasMarkup ? escaped(text) : text;
        expect(server?.take()).toMatchObject([{ app: 'Tentacle', summary: 'Tentacle', body }]);
      }
    });
  });

  it('is shown once: silence is not followed by another try', { timeout: 40_000 }, async () => {
    server = await NotificationServer.start('body', env);
    const outcome = await run(showNotification, { text: 'be silent' }, withOnly('gdbus', 'notify-send'));
    expect(outcome).toMatchObject({ status: 'unknown', since: expect.any(Number) });
    expect(server.take()).toHaveLength(1);
  });

  it('says what the server says against it', async () => {
    server = await NotificationServer.start('body', env);
    expect(await run(showNotification, { text: 'be broken' }, withOnly('gdbus'))).toMatchObject({
      status: 'failed',
      failure: { code: 'NOT_SHOWN', detail: expect.stringContaining('out of order') },
    });
  });

  it('works with a notify-send that knows no --print-id', async () => {
    server = await NotificationServer.start('body', env);
    const own = withOnly();
    const script = `case "$1" in --print-id) echo "Unknown option --print-id" >&2; exit 1;; esac; PATH=/usr/bin:/bin exec notify-send "$@"`;
    addProgram(own.env['PATH'] ?? '', 'notify-send', script);
    expect(await run(showNotification, { text: 'old' }, own)).toMatchObject({ status: 'done' });
    expect(server.take()).toMatchObject([{ body: 'old' }]);
  });

  it('is offered where a server is there, and else says why not', async () => {
    const signal = AbortSignal.timeout(20_000);
    expect(await showNotification.whyNot(withOnly('gdbus'), signal)).toMatch(/No program that shows notifications/);
    expect(await showNotification.whyNot(withOnly(), signal)).toMatch(/libnotify-bin/);
    expect(await showNotification.whyNot(surroundingsWith({}), signal)).toMatch(/no session bus/);
    server = await NotificationServer.start('body', env);
    expect(await showNotification.whyNot(withOnly('gdbus'), signal)).toBeNull();
    // Without the variable, the bus stands where systemd puts it.
    const byFolder = surroundingsWith({ XDG_RUNTIME_DIR: folder });
    expect(await showNotification.whyNot(byFolder, signal)).toBeNull();
    expect(await run(showNotification, { text: 'by folder' }, byFolder)).toMatchObject({ status: 'done' });
  });

  it('refuses a text with a NUL, and sends nothing', async () => {
    const call = new TestCall();
    expect(await showNotification.run({ text: 'a\0b' }, withOnly('gdbus'), call)).toMatchObject({ status: 'refused' });
    expect(call.isSent).toBe(false);
  });
});

const hasDunst = isTestable && hasPrograms('notifications on dunst', { dunst: 'dunst', Xvfb: 'xvfb' });

describe.skipIf(!hasDunst)('show_notification on dunst', () => {
  it('stands in the history of the real notification program', async () => {
    await using cleanup = new Cleanup();
    const folder = cleanup.use(temporaryFolder()).path;
    const bus = cleanup.use(await startBus(folder));
    const screen = cleanup.use(await startXServer());
    const env = { ...process.env, ...bus.env, ...screen.env, HOME: folder };
    const dunst = cleanup.use(new ServerProcess('dunst', [], { env }));
    const surroundings = surroundingsWith({ ...bus.env, ...screen.env });
    await dunst.until('the bus', async () =>
      (await showNotification.whyNot(surroundings, AbortSignal.timeout(10_000))) === null ? true : null,
    );
    const text = 'Tea is ready: "5 min" & <b>hot</b> $(id) 茶';
    expect(await run(showNotification, { text }, surroundings)).toMatchObject({ status: 'done' });
    await execProgram('dunstctl', ['close-all'], env);
    const { stdout } = await execProgram('dunstctl', ['history'], env);
    // "message" is the Pango markup that dunst draws.
    expect(stdout).toContain(
      JSON.stringify('Tea is ready: "5 min" &amp; &lt;b&gt;hot&lt;/b&gt; $(id) 茶').slice(1, -1),
    );
  });
});
