import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../../../src/core/outcome.js';
import type { ComputerCall, ComputerFunction } from '../../../src/lan/computer/computer-function.js';
import { ComputerSurroundings } from '../../../src/lan/computer/surroundings.js';

/** Surroundings that know nothing of the machine's own desktop: what is there is what the test put there. */
export function surroundingsWith(env: NodeJS.ProcessEnv, home = '/nonexistent'): ComputerSurroundings {
  return new ComputerSurroundings({
    platform: 'linux',
    hostname: 'testbox',
    home,
    env: { PATH: process.env['PATH'], ...env },
  });
}

/** A call as a transport makes it, which remembers whether anything was sent. */
export class TestCall implements ComputerCall {
  readonly key = 'key';
  readonly signal: AbortSignal;
  isSent = false;

  constructor(signal: AbortSignal = AbortSignal.timeout(20_000)) {
    this.signal = signal;
  }

  markSent(): void {
    this.isSent = true;
  }
}

export function run(each: ComputerFunction, args: unknown, surroundings: ComputerSurroundings): Promise<Outcome> {
  return each.run(args, surroundings, new TestCall());
}

/** Puts an executable shell script into a folder, and returns its path. */
export function addProgram(folder: string, name: string, script: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

/** Writes its arguments, each ended by a NUL, into the file that the environment names. */
export const WRITE_ARGUMENTS = 'printf \'%s\\0\' "$@" > "$ARGUMENTS_FILE"';

export const argumentsIn = (written: string): readonly string[] => written.split('\0').slice(0, -1);

/** What would break a command line: each must arrive as one argument. */
export const HOSTILE = [
  `it's "quoted" and \`ticked\``,
  '$(touch /tmp/tentacle-was-here)',
  '; rm -rf ~ #',
  'first line\nsecond line\r\nthird',
  '--help',
  '-e',
  '%f %u %%',
  '\\n \\t \\101 \\',
  '<b>bold</b> & <img src="x">',
  '\'single\' && "double" || | > < *',
  '   spaces   ',
  '你好，世界 🌍 é',
  '(uint32 5,)',
  '\u001b[31mred',
];
