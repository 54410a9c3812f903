import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { type JSONRPCMessage, ReadBuffer, serializeMessage, type Transport } from '@modelcontextprotocol/client';
import { MAX_ANSWER_BYTES } from './guarded-fetch.js';
import { linkLost, programEnded, programNotStarted } from './mcp-failures.js';
import type { ProgramServer } from './server-facts.js';

/** What a program is given of our environment. Windows starts nothing without the second row. */
const INHERITED =
  process.platform === 'win32'
    ? ['PATH', 'HOME', 'LANG', 'PATHEXT', 'SYSTEMROOT', 'SYSTEMDRIVE', 'TEMP', 'USERPROFILE']
    : ['PATH', 'HOME', 'LANG'];

/** How long a program may take to end when its input has ended, and again when it was told to, in milliseconds. */
const GRACE_MS = 1_000;
/** How long the output of a program that has ended is read on, in milliseconds. */
const DRAIN_MS = 300;
/** The end of what a program writes on standard error, in UTF-16 code units: the reason when it ends. */
const MAX_LAST_WORDS = 500;

/**
 * MCP with a program of this computer, over its standard input and output. Started by no shell, in a group of its own, so that
 * what it started ends with it.
 */
export class ProgramTransport implements Transport {
  readonly #server: ProgramServer;
  readonly #name: string;
  readonly #buffer = new ReadBuffer({ maxBufferSize: MAX_ANSWER_BYTES });
  #child: ChildProcessWithoutNullStreams | null = null;
  #ended: Promise<void> = Promise.resolve();
  #lastWords = '';
  #hasEnded = false;
  #isGivenUp = false;
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;

  constructor(server: ProgramServer, name: string) {
    this.#server = server;
    this.#name = name;
  }

  /** The library takes a transport with these two for a program: it then falls back to older revisions where it hears nothing. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get stderr(): null {
    return null;
  }

  /** Whether it was started, and runs no more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Why it ended, with what it said last. */
  get ending() {
    return programEnded(this.#name, this.#lastWords.trim());
  }

  /** Rejects with PROGRAM_NOT_STARTED. */
  async start(): Promise<void> {
    const { command, arguments: given, environment = {} } = this.#server;
    const child = spawn(command, [...given], {
      env: { ...inherited(), ...environment },
      stdio: 'pipe',
      shell: false,
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error) => reject(programNotStarted(this.#name, command, error)));
    });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', () => {
        this.#child = null;
        this.#hasEnded = true;
        resolve();
        this.onclose?.();
      });
    });
    // What it started may hold its output open for long after it: what it has said itself is read soon.
    child.once('exit', () => {
      setTimeout(() => {
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      }, DRAIN_MS).unref();
    });
    child.on('error', (error) => this.onerror?.(error));
    child.stdin.on('error', (error) => this.onerror?.(error));
    child.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    child.stderr.on('data', (chunk: Buffer) => {
      if (!this.#isGivenUp) this.#lastWords = `${this.#lastWords}${chunk.toString('utf8')}`.slice(-MAX_LAST_WORDS);
    });
  }

  send(message: JSONRPCMessage): Promise<void> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      if (!child?.stdin.writable) return reject(linkLost(this.#name));
      child.stdin.write(serializeMessage(message), (error) =>
        error ? reject(linkLost(this.#name, error)) : resolve(),
      );
    });
  }

  async close(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    child.stdin.end();
    if (!(await this.#endsInTime())) {
      this.#signal(child, 'SIGTERM');
      if (!(await this.#endsInTime())) this.#signal(child, 'SIGKILL');
    }
    this.#buffer.clear();
  }

  #take(chunk: Buffer): void {
    if (this.#isGivenUp) return;
    try {
      this.#buffer.append(chunk);
    } catch (error) {
      this.#giveUp(error);
      return;
    }
    for (;;) {
      try {
        const message = this.#buffer.readMessage();
        if (message === null) return;
        this.onmessage?.(message);
      } catch (error) {
        // A line that is no message is passed over: programs print such lines.
        this.onerror?.(error instanceof Error ? error : new TypeError(String(error)));
      }
    }
  }

  /** A line without an end: nothing that comes after it can be trusted to be a line. */
  #giveUp(error: unknown): void {
    this.#isGivenUp = true;
    this.#lastWords = 'It wrote a line that is too long.';
    this.onerror?.(linkLost(this.#name, error));
    if (this.#child) this.#signal(this.#child, 'SIGKILL');
  }

  async #endsInTime(): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), GRACE_MS);
    });
    try {
      return await Promise.race([this.#ended.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #signal(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // The whole group has ended already.
    }
  }
}

function inherited(): Record<string, string> {
  const entries = INHERITED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
