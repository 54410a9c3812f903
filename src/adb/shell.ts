import { AdbShellProtocolProcessImpl, type AdbSocket } from '@yume-chan/adb';
import type { ReadableStream } from '@yume-chan/stream-extra';
import { orAbort } from '../core/deadline.js';
import { hasCode } from '../core/failures.js';
import { linkLost, phoneFailure } from './failures.js';
import type { Link } from './link/link.js';
import { shellCommand } from './shell-quote.js';

/** Longest command line, in bytes: through the adb server, longer than 64 KiB is cut off silently and still exits 0. */
export const MAX_COMMAND_BYTES = 32 * 1024;

/** Most bytes of an answer that are kept: a full-screen picture fits, an endless stream does not fill the memory. */
export const MAX_OUTPUT_BYTES = 32 * 1024 * 1024;

/** What a command said. Text is what UTF-8 makes of the bytes; `exitCode` is the shell's, which is no proof of success. */
export interface ShellOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface ShellBytes {
  readonly stdout: Buffer;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface ShellOptions {
  readonly signal: AbortSignal;
  /** Called right before the command leaves: from then on the phone may have carried it out. */
  readonly onSent?: () => void;
}

/**
 * Runs one command on the phone, each argument quoted. Uses the shell protocol (version 2), which alone tells an end from a
 * cut cable.
 *
 * @throws TentacleError LINK_LOST, SERVICE_REFUSED, COMMAND_TOO_LONG, ANSWER_TOO_LONG, ARGUMENT_HAS_NUL, or the signal's
 *   reason.
 */
export async function runShell(link: Link, argv: readonly string[], options: ShellOptions): Promise<ShellOutput> {
  const { stdout, stderr, exitCode } = await runShellBytes(link, argv, options);
  return { stdout: stdout.toString('utf8'), stderr, exitCode };
}

/** As {@link runShell}, for commands that write a file to their standard output. */
export async function runShellBytes(link: Link, argv: readonly string[], options: ShellOptions): Promise<ShellBytes> {
  const command = shellCommand(argv);
  if (Buffer.byteLength(command) > MAX_COMMAND_BYTES) {
    throw phoneFailure('COMMAND_TOO_LONG', 'The text is too long for the phone.', 'Say it in fewer words.');
  }
  options.signal.throwIfAborted();
  const socket = await link.open(`shell,v2,raw:${command}`, options);
  try {
    const process = new AdbShellProtocolProcessImpl(socket);
    const answer = Promise.all([collect(process.stdout), collect(process.stderr), process.exited]);
    const [stdout, stderr, exitCode] = await orAbort(orAbort(answer, link.lost), options.signal);
    return { stdout, stderr: stderr.toString('utf8'), exitCode };
  } catch (error) {
    if (options.signal.aborted) throw options.signal.reason;
    if (hasCode(error, 'ANSWER_TOO_LONG')) throw error;
    throw linkLost(error);
  } finally {
    // Also after the end: closing is what frees the stream on both sides. Nobody waits for a phone that hangs.
    void closeQuietly(socket);
  }
}

async function closeQuietly(socket: AdbSocket): Promise<void> {
  await Promise.resolve(socket.close()).catch(() => {});
}

async function collect(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks);
    size += value.byteLength;
    if (size > MAX_OUTPUT_BYTES) {
      await reader.cancel();
      throw phoneFailure('ANSWER_TOO_LONG', 'The phone answered with far more than fits.', 'Try again.');
    }
    chunks.push(value.slice());
  }
}
