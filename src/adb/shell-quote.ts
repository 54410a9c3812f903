import { TentacleError } from '../core/failure.js';

/**
 * One argument for the phone's shell: adbd runs `sh -c "<string>"` and every client joins arguments with spaces, so each
 * one is put between single quotes, inside which only the single quote itself is special. The only place that quotes.
 *
 * @throws TentacleError ARGUMENT_HAS_NUL: a NUL ends the command early on the phone, which would then run half of it.
 */
export function shellQuote(argument: string): string {
  if (argument.includes('\0')) {
    throw new TentacleError({
      code: 'ARGUMENT_HAS_NUL',
      fault: 'user',
      message: 'The text holds a NUL character, which no phone can be sent.',
      next: 'Remove the character and try again.',
    });
  }
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** A whole command line from its arguments, each of them one argument on the phone whatever it holds. */
export function shellCommand(argv: readonly string[]): string {
  return argv.map(shellQuote).join(' ');
}
