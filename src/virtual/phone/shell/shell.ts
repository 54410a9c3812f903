import type { PhoneState } from '../state/phone-state.js';
import { type Pipeline, parseLine, ShellSyntaxError, type SimpleCommand, type Word } from './parse-line.js';
import type { ProgramTable } from './program.js';

export interface ShellStreams {
  readonly stdin: () => Promise<Buffer>;
  readonly stdout: (bytes: Buffer) => void;
  readonly stderr: (bytes: Buffer) => void;
  readonly signal: AbortSignal;
}

const NOT_FOUND = 127;
const MAX_DEPTH = 8;

/** The phone's `sh`: runs command lines with the phone's programs. A program that is not in the table does not exist. */
export class Shell {
  readonly #state: PhoneState;
  readonly #programs: ProgramTable;
  readonly #depth: number;
  readonly #variables = new Map<string, string>();
  #last = 0;

  constructor(state: PhoneState, programs: ProgramTable, depth = 0) {
    this.#state = state;
    this.#programs = programs;
    this.#depth = depth;
  }

  async run(line: string, streams: ShellStreams): Promise<number> {
    try {
      for (const pipeline of parseLine(line)) {
        if (streams.signal.aborted) return 137;
        if (pipeline.joint === 'and' && this.#last !== 0) continue;
        if (pipeline.joint === 'or' && this.#last === 0) continue;
        this.#last = await this.#pipeline(pipeline, streams);
      }
      return this.#last;
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      streams.stderr(Buffer.from(`sh: ${error.message}\n`));
      return 1;
    }
  }

  /** Runs one program with exact arguments, as another process on the phone would. */
  async runProgram(name: string, args: readonly string[], streams: ShellStreams): Promise<number> {
    const program = Object.hasOwn(this.#programs, name) ? this.#programs[name] : undefined;
    if (!program) {
      streams.stderr(Buffer.from(`sh: ${name}: inaccessible or not found\n`));
      return NOT_FOUND;
    }
    return program({
      state: this.#state,
      args,
      stdin: streams.stdin,
      out: (text) => streams.stdout(typeof text === 'string' ? Buffer.from(text) : text),
      err: (text) => streams.stderr(Buffer.from(text)),
      signal: streams.signal,
      variables: this.#variables,
    });
  }

  async #pipeline(pipeline: Pipeline, streams: ShellStreams): Promise<number> {
    let stdin = streams.stdin;
    let code = 0;
    for (const [index, command] of pipeline.commands.entries()) {
      const isLast = index === pipeline.commands.length - 1;
      const output: Buffer[] = [];
      code = await this.#command(command, {
        ...streams,
        stdin,
        ...(isLast ? {} : { stdout: (bytes) => output.push(bytes) }),
      });
      stdin = async () => Buffer.concat(output);
    }
    return code;
  }

  async #command(command: SimpleCommand, streams: ShellStreams): Promise<number> {
    const words: string[] = [];
    for (const word of command.words) words.push(...(await this.#expand(word, streams)));
    const redirected = await this.#redirect(command, streams);
    const [name, ...args] = words;
    if (name === undefined) return redirected.finish(0);
    const assignment = /^(\w+)=([\s\S]*)$/.exec(name);
    if (assignment && args.length === 0) {
      this.#variables.set(assignment[1] ?? '', assignment[2] ?? '');
      return redirected.finish(0);
    }
    if (name === 'exit') return redirected.finish(Number(args[0] ?? this.#last) & 0xff);
    return redirected.finish(await this.runProgram(name.replace(/^\/system\/bin\//, ''), args, redirected.streams));
  }

  async #redirect(command: SimpleCommand, streams: ShellStreams) {
    let { stdout, stderr } = streams;
    const files: { path: string; blocks: Buffer[]; append: boolean }[] = [];
    for (const { descriptor, target, append } of command.redirections) {
      let sink: (bytes: Buffer) => void;
      if (typeof target === 'number') sink = target === 1 ? stdout : stderr;
      else {
        const path = (await this.#expand(target, streams)).join(' ');
        const blocks: Buffer[] = [];
        if (path !== '/dev/null') files.push({ path, blocks, append });
        sink = (bytes) => void blocks.push(bytes);
      }
      if (descriptor === 1) stdout = sink;
      else stderr = sink;
    }
    const finish = (code: number): number => {
      for (const { path, blocks, append } of files) {
        if (!this.#state.files.isWritable(path)) {
          streams.stderr(Buffer.from(`sh: can't create ${path}: Permission denied\n`));
          return 1;
        }
        const before = append ? (this.#state.files.read(path)?.bytes ?? Buffer.alloc(0)) : Buffer.alloc(0);
        this.#state.files.write(path, Buffer.concat([before, ...blocks]));
      }
      return code;
    };
    return { streams: { ...streams, stdout, stderr }, finish };
  }

  /** A word's text; an unquoted substitution that is empty leaves no word at all. */
  async #expand(word: Word, streams: ShellStreams): Promise<string[]> {
    let text = '';
    for (const part of word) {
      if (part.kind === 'text') text += part.text;
      else if (part.kind === 'variable')
        text += part.name === '?' ? String(this.#last) : (this.#variables.get(part.name) ?? '');
      else text += await this.#substitute(part.line, streams);
    }
    return text === '' && word.every((part) => part.kind !== 'text') ? [] : [text];
  }

  async #substitute(line: string, streams: ShellStreams): Promise<string> {
    if (this.#depth >= MAX_DEPTH) throw new ShellSyntaxError('substitutions are nested too deeply');
    const output: Buffer[] = [];
    const inner = new Shell(this.#state, this.#programs, this.#depth + 1);
    await inner.run(line, { ...streams, stdout: (bytes) => output.push(bytes) });
    return Buffer.concat(output).toString('utf8').replace(/\n+$/, '');
  }
}
