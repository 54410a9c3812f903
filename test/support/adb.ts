import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.js';
import { temporaryFolder } from './temporary-folder.js';

const run = promisify(execFile);

/** Debian's own adb. Without it the tests cannot show what they are for: they fail and say how to get it. */
export function requireAdb(): void {
  if (spawnSync('adb', ['version']).status !== 0) {
    throw new Error('These tests drive the real adb: install it ("apt-get install adb" on Debian) and run them again.');
  }
}

/** An adb server of our own, on its own port and with its own key, so that nobody's phones are touched. */
export class AdbServerProcess implements AsyncDisposable {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #home: ReturnType<typeof temporaryFolder>;

  private constructor(port: number, child: ChildProcess, home: ReturnType<typeof temporaryFolder>) {
    this.port = port;
    this.#child = child;
    this.#home = home;
  }

  static async start(): Promise<AdbServerProcess> {
    requireAdb();
    const port = await freePort();
    const home = temporaryFolder();
    const child = spawn('adb', ['-P', String(port), 'nodaemon', 'server'], {
      env: { ...process.env, HOME: home.path, ANDROID_USER_HOME: undefined },
      stdio: 'ignore',
    });
    const server = new AdbServerProcess(port, child, home);
    for (let tries = 0; tries < 100; tries += 1) {
      if (/^List of devices/.test(await server.adb('devices').catch(() => ''))) return server;
      await delay(50);
    }
    throw new Error('adb did not start its server');
  }

  /** Runs `adb <arguments>` against this server and returns what it printed. */
  async adb(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('adb', ['-P', String(this.port), ...args], {
      env: { ...process.env, HOME: this.#home.path },
      timeout: 10_000,
    });
    return stdout.replaceAll('\r\n', '\n');
  }

  /** Connects a phone and waits until adb lists it as ready. */
  async connect(address: string): Promise<void> {
    for (let tries = 0; tries < 100; tries += 1) {
      // adb gives up at the first refusal, and then says "already connected" without being so.
      if (tries % 25 === 0) {
        await this.adb('disconnect', address).catch(() => '');
        await this.adb('connect', address);
      }
      if ((await this.adb('devices')).includes(`${address}\tdevice`)) return;
      await delay(50);
    }
    throw new Error(`adb does not list ${address} as a device`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    await ended;
    this.#home[Symbol.dispose]();
  }
}
