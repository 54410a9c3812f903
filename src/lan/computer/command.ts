import { type ChildProcess, spawn } from 'node:child_process';
import { orAbort } from '../../core/deadline.js';
import { err, ok, type Result } from '../../core/result.js';

/**
 * One program with its arguments, as data. There is no line for a shell in it: `args` reach the program as they are, and
 * what is long or not plain goes over `stdin` or `env`.
 */
export interface Command {
  /** A path, or a name that is looked up in PATH. */
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin?: string;
  /** Added to the environment of Tentacle. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where it works; Tentacle's own folder by default. */
  readonly folder?: string;
  /** It leaves a helper behind that keeps its output open for hours, as xclip does: the output is not waited for. */
  readonly leavesHelper?: boolean;
}

/** How a program ended: `code` is null where it did not start (`stderr` says why) or was killed. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What became of a program that is to stay: still there when it was looked at, or ended by then. */
export type Started = { readonly isRunning: true; readonly pid: number } | ({ readonly isRunning: false } & Ran);

/** The most output of one program that is kept, in bytes; whatever writes more is ended. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/**
 * Runs a program to its end. Resolves whatever its exit code is, and also where it cannot be started; rejects only with
 * the signal's reason, and then the program is killed.
 */
export function runCommand(command: Command, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Ran> {
  const { leavesHelper = false } = command;
  const begun = begin(command, env, leavesHelper, leavesHelper ? 'ignore' : 'pipe');
  if (!begun.ok) return Promise.resolve(begun.error);
  const child = begun.value;
  const output = { stdout: '', stderr: '' };
  const ended = new Promise<Ran>((resolve) => {
    let bytes = 0;
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
        bytes += Buffer.byteLength(chunk);
        if (bytes > MAX_OUTPUT) child.kill('SIGKILL');
        else output[name] += chunk;
      });
    }
    child.once('error', (error) => resolve(notStarted(error)));
    child.once(leavesHelper ? 'exit' : 'close', (code: number | null) => resolve({ code, ...output }));
  });
  // A program that does not read its input ends the pipe: its exit code tells more than EPIPE.
  child.stdin?.on('error', () => {});
  child.stdin?.end(command.stdin ?? '');
  const kill = (): unknown => child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  return orAbort(ended, signal).finally(() => signal.removeEventListener('abort', kill));
}

/**
 * Starts a program that outlives the call and Tentacle itself, and looks at it after `settleMs`: most mistakes of a start
 * show by then as an exit code. Rejects with the signal's reason; the program then goes on.
 */
export function startCommand(
  command: Command,
  env: NodeJS.ProcessEnv,
  options: { settleMs: number; signal: AbortSignal },
): Promise<Started> {
  const begun = begin(command, env, true, 'ignore');
  if (!begun.ok) return Promise.resolve({ isRunning: false, ...begun.error });
  const child = begun.value;
  child.unref();
  child.stdin?.on('error', () => {});
  child.stdin?.end(command.stdin ?? '');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const settled = new Promise<Started>((resolve) => {
    const end = (ran: Ran): void => resolve({ isRunning: false, ...ran });
    child.once('error', (error) => end(notStarted(error)));
    child.once('exit', (code) => end({ code, stdout: '', stderr: '' }));
    timer = setTimeout(() => {
      if (child.pid !== undefined) resolve({ isRunning: true, pid: child.pid });
    }, options.settleMs);
  });
  return orAbort(settled, options.signal).finally(() => clearTimeout(timer));
}

function begin(
  command: Command,
  env: NodeJS.ProcessEnv,
  isDetached: boolean,
  output: 'pipe' | 'ignore',
): Result<ChildProcess, Ran> {
  try {
    const child = spawn(command.program, [...command.args], {
      env: { ...env, ...command.env },
      cwd: command.folder,
      detached: isDetached,
      shell: false,
      stdio: [command.stdin === undefined ? 'ignore' : 'pipe', output, output],
      windowsHide: true,
    });
    return ok(child);
  } catch (error) {
    // A NUL in an argument, or one that is longer than the system takes (128 KiB on Linux).
    return err(notStarted(error));
  }
}

function notStarted(error: unknown): Ran {
  return { code: null, stdout: '', stderr: error instanceof Error ? error.message : String(error) };
}
