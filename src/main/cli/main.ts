import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { z } from 'zod';
import { type Failure, TentacleError } from '../../core/failure.js';
import { packageFolder } from '../paths.js';
import { CliCommands } from './commands.js';
import { exitCode } from './exit-code.js';
import { createProgram } from './program.js';

const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')));

const stopping = new AbortController();
const stop = (): void => {
  // A second Ctrl+C means: now, whatever is open.
  if (stopping.signal.aborted) process.exit(exitCode.cancelled);
  stopping.abort();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// Whoever reads our output may leave ("| head"): that is no crash.
process.stdout.on('error', () => process.exit(exitCode.cancelled));

const commands = new CliCommands(stopping.signal);
const program = createProgram(commands, version);
try {
  await program.parseAsync();
  process.exitCode = commands.exit;
} catch (error) {
  if (error instanceof CommanderError) {
    // Help and the version were asked for; everything else was written wrongly, and commander has said how.
    process.exitCode = error.exitCode === 0 ? exitCode.done : exitCode.usage;
  } else {
    commands.fail(unexpected(error));
    process.exitCode = commands.exit;
  }
}

function unexpected(error: unknown): Failure {
  if (error instanceof TentacleError) return error.failure;
  return {
    code: 'UNEXPECTED',
    fault: 'tentacle',
    message: 'Tentacle met something that it does not expect, and stopped. "tentacle history" shows what was sent.',
    next: 'Please report it with the line below.',
    detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
  };
}
