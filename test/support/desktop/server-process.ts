import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

/** A real server of a desktop, until the test is over. */
export class ServerProcess implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #killAtExit = (): unknown => this.#child.kill('SIGKILL');
  #stderr = '';

  constructor(program: string, args: readonly string[], options: SpawnOptions) {
    this.#child = spawn(program, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
    // A test that ran out of time never gets to dispose it.
    process.once('exit', this.#killAtExit);
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = `${this.#stderr}${chunk}`.slice(-2_000);
    });
  }

  /** Resolves with what `look` finds, once it finds something. */
  async until<T>(what: string, look: () => T | null | Promise<T | null>): Promise<T> {
    for (let tries = 0; tries < 200; tries += 1) {
      const found = await look();
      if (found !== null) return found;
      if (this.#child.exitCode !== null) break;
      await delay(50);
    }
    throw new Error(`${this.#child.spawnfile} did not come to ${what}: ${this.#stderr}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#killAtExit);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill();
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(force);
  }
}
