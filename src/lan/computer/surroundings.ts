import { accessSync, constants, statSync } from 'node:fs';
import { homedir, hostname, release } from 'node:os';
import { delimiter, join } from 'node:path';
import { Mutex } from '../../core/mutex.js';
import { type Command, type Ran, runCommand, type Started, startCommand } from './command.js';

/** How programs are run; another one stands in where a command is only to be looked at. */
export interface CommandRunner {
  run(command: Command, env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<Ran>;
  start(command: Command, env: NodeJS.ProcessEnv, options: { settleMs: number; signal: AbortSignal }): Promise<Started>;
}

export interface SurroundingsOptions {
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
  readonly hostname?: string;
  readonly home?: string;
  readonly runner?: CommandRunner;
}

/** The computer that Tentacle runs on, as its programs and its environment show it. */
export class ComputerSurroundings {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  readonly hostname: string;
  readonly home: string;
  /** The kernel's version, as the system says it. */
  readonly release: string = release();
  /** The user's number; -1 on Windows. */
  readonly uid: number = process.getuid?.() ?? -1;
  readonly #runner: CommandRunner;
  readonly #turns = new Map<string, Mutex>();

  constructor(options: SurroundingsOptions = {}) {
    this.platform = options.platform ?? process.platform;
    this.env = withoutOwnSwitches(options.env ?? process.env);
    this.hostname = options.hostname ?? hostname();
    this.home = options.home ?? homedir();
    this.#runner = options.runner ?? { run: runCommand, start: startCommand };
  }

  /** A program of this name in PATH, as a full path, or null. */
  find(program: string): string | null {
    const folders = (this.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.length > 0);
    return folders.map((folder) => join(folder, program)).find(isProgram) ?? null;
  }

  /** Whether a file of this path is there. */
  has(path: string): boolean {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  }

  /** Whether windows can be shown: on Linux, whether a display is known. */
  get hasDisplay(): boolean {
    return this.platform !== 'linux' || Boolean(this.env['WAYLAND_DISPLAY'] || this.env['DISPLAY']);
  }

  run(command: Command, signal: AbortSignal): Promise<Ran> {
    return this.#runner.run(command, this.env, signal);
  }

  start(command: Command, options: { settleMs: number; signal: AbortSignal }): Promise<Started> {
    return this.#runner.start(command, this.env, options);
  }

  /** Runs work on one thing of this computer ("clipboard", "volume") after all earlier work on it. */
  inTurn<T>(thing: string, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const turns = this.#turns.get(thing) ?? new Mutex();
    this.#turns.set(thing, turns);
    return turns.run(work, signal);
  }
}

/** Under Electron these are set for Tentacle alone: an application started with them would run as plain Node. */
function withoutOwnSwitches(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _runAsNode, NODE_OPTIONS: _options, ...rest } = env;
  return rest;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
