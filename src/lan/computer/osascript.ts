import type { Command } from './command.js';

/**
 * A script for macOS with what a person said as `item 2 of argv` and on: never inside the script. The first argument is a
 * fixed word, since osascript reads options up to the first one that is none, and a text may begin with "-".
 */
export function osascript(lines: readonly string[], args: readonly string[] = []): Command {
  const script = ['on run argv', ...lines, 'end run'];
  return {
    program: OSASCRIPT,
    args: [...script.flatMap((line) => ['-e', line]), 'tentacle', ...args],
  };
}

export const OSASCRIPT = '/usr/bin/osascript';
