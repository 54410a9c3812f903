import type { PhoneState } from '../state/phone-state.js';

/** What a program of the phone gets and gives, like a process: arguments, streams, an exit code. */
export interface ProgramContext {
  readonly state: PhoneState;
  /** Arguments after the program's name. */
  readonly args: readonly string[];
  readonly stdin: () => Promise<Buffer>;
  out(text: string | Buffer): void;
  err(text: string): void;
  readonly signal: AbortSignal;
  readonly variables: ReadonlyMap<string, string>;
}

/** Returns the exit code. Nothing of it touches the host. */
export type Program = (context: ProgramContext) => number | Promise<number>;

export type ProgramTable = Readonly<Record<string, Program>>;
