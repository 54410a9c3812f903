import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Cleanup } from './cleanup.js';
import { freePort } from './free-port.js';
import { temporaryFolder } from './temporary-folder.js';

const entry = fileURLToPath(new URL('../../bin/tentacle.mjs', import.meta.url));

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The built command line, in a data folder of its own and away from the adb server of whoever runs the tests. */
export class Cli implements AsyncDisposable {
  readonly dataFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly #cleanup: Cleanup;

  private constructor(cleanup: Cleanup, dataFolder: string, environment: NodeJS.ProcessEnv) {
    this.#cleanup = cleanup;
    this.dataFolder = dataFolder;
    this.environment = environment;
  }

  static async open(overrides: NodeJS.ProcessEnv = {}): Promise<Cli> {
    const cleanup = new Cleanup();
    const folder = cleanup.use(temporaryFolder());
    const noServer = String(await freePort());
    const environment = {
      ...process.env,
      TENTACLE_DATA: folder.path,
      HOME: folder.path,
      ANDROID_ADB_SERVER_PORT: noServer,
      ...overrides,
    };
    return new Cli(cleanup, folder.path, environment);
  }

  start(...args: readonly string[]): ChildProcess {
    return spawn(process.execPath, [entry, ...args], { env: this.environment, stdio: ['pipe', 'pipe', 'pipe'] });
  }

  /** Runs a command to its end, without a terminal. */
  async run(args: readonly string[], input = ''): Promise<CliResult> {
    const child = this.start(...args);
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout?.on('data', (bytes: Buffer) => stdout.push(bytes));
    child.stderr?.on('data', (bytes: Buffer) => stderr.push(bytes));
    // A command that needs no input may end before it has taken any.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
    await once(child, 'close');
    return { code: child.exitCode, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#cleanup[Symbol.asyncDispose]();
  }
}
