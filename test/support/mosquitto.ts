import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './free-port.js';
import { temporaryFolder } from './temporary-folder.js';

/** Whether Debian's mosquitto is here; says how to get it when it is not. */
export function hasMosquitto(): boolean {
  const isThere = spawnSync('mosquitto', ['-h']).error === undefined;
  if (!isThere)
    console.warn(
      'SKIPPED: no mosquitto here ("apt-get install mosquitto" on Debian): nothing is shown on a foreign broker.',
    );
  return isThere;
}

export interface MosquittoOptions {
  /** Who may connect; everybody when absent. */
  readonly username?: string;
  readonly password?: string;
}

const CONFIG = 'mosquitto.conf';

/** A mosquitto of our own on a free port of the loopback interface. */
export class Mosquitto implements AsyncDisposable {
  readonly url: string;
  readonly #port: number;
  readonly #folder: ReturnType<typeof temporaryFolder>;
  #child: ChildProcess | null = null;

  private constructor(port: number, folder: ReturnType<typeof temporaryFolder>) {
    this.url = `mqtt://127.0.0.1:${port}`;
    this.#port = port;
    this.#folder = folder;
  }

  static async start({ username, password }: MosquittoOptions = {}): Promise<Mosquitto> {
    const folder = temporaryFolder();
    const port = await freePort();
    const lines = [`listener ${port} 127.0.0.1`, 'set_tcp_nodelay true', 'persistence false', 'user root'];
    if (username === undefined) {
      lines.push('allow_anonymous true');
    } else {
      const passwords = join(folder.path, 'passwords');
      const made = spawnSync('mosquitto_passwd', ['-b', '-c', passwords, username, password ?? '']);
      if (made.status !== 0) throw new Error(`mosquitto_passwd failed: ${made.stderr}`);
      lines.push('allow_anonymous false', `password_file ${passwords}`);
    }
    writeFileSync(join(folder.path, CONFIG), `${lines.join('\n')}\n`);
    const broker = new Mosquitto(port, folder);
    await broker.revive();
    return broker;
  }

  /** Ends it at once, as a crash does. */
  async crash(): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  /** Starts it on the same port; it keeps nothing from before. */
  async revive(): Promise<void> {
    this.#child = spawn('mosquitto', ['-c', join(this.#folder.path, CONFIG)], { stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries += 1) {
      if (await accepts(this.#port)) return;
      await delay(50);
    }
    await this[Symbol.asyncDispose]();
    throw new Error('mosquitto does not listen');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.crash();
    this.#folder[Symbol.dispose]();
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (isOpen: boolean) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', end(true)).once('error', end(false));
  });
}
