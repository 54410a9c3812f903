import { ByteReader, type ServiceStream } from './stream.js';

/** Packets of shell protocol v2: one byte of id, a little-endian length, the bytes. */
const packet = { stdin: 0, stdout: 1, stderr: 2, exit: 3, closeStdin: 4 } as const;

const MAX_STDIN = 16 * 1024 * 1024;

/** Runs one command line; output goes out as it comes, the exit code at the end. */
export type RunCommand = (
  line: string,
  io: {
    stdin: () => Promise<Buffer>;
    stdout: (bytes: Buffer) => void;
    stderr: (bytes: Buffer) => void;
    signal: AbortSignal;
  },
) => Promise<number>;

function frame(id: number, bytes: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(id, 0);
  header.writeUInt32LE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
}

/** `shell,v2:` with separate streams and an exit code. */
export async function serveShellV2(line: string, stream: ServiceStream, run: RunCommand): Promise<void> {
  let taken: Promise<Buffer> | null = null;
  const stdin = (): Promise<Buffer> => {
    taken ??= readStdin(new ByteReader(stream.incoming));
    return taken;
  };
  const write = (id: number) => (bytes: Buffer) => void stream.write(frame(id, bytes));
  const code = await run(line, {
    stdin,
    stdout: write(packet.stdout),
    stderr: write(packet.stderr),
    signal: stream.signal,
  });
  await stream.write(frame(packet.exit, Buffer.from([code & 0xff])));
}

const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const BACKSPACES: ReadonlySet<string> = new Set(['\u007f', '\b']);

/**
 * `shell,v2:` without a command: takes line after line. With a terminal on the other side it echoes what is typed and writes
 * its line ends; without one it reads a script.
 */
export async function serveInteractiveShell(
  stream: ServiceStream,
  prompt: string,
  isTerminal: boolean,
  run: RunCommand,
): Promise<void> {
  const reader = new ByteReader(stream.incoming);
  const end = isTerminal ? '\r\n' : '\n';
  const write = (id: number, text: string) => void stream.write(frame(id, Buffer.from(text)));
  const show = (id: number) => (bytes: Buffer) =>
    write(id, isTerminal ? bytes.toString().replaceAll('\n', end) : bytes.toString());
  const say = (text: string): void => {
    if (isTerminal) write(packet.stdout, text);
  };
  const io = {
    stdin: async () => Buffer.alloc(0),
    stdout: show(packet.stdout),
    stderr: show(packet.stderr),
    signal: stream.signal,
  };
  let line = '';
  let code = 0;
  say(prompt);
  typing: for (let block = await nextStdin(reader); block !== null; block = await nextStdin(reader)) {
    for (const key of block.toString('utf8')) {
      if (key === END_OF_INPUT || (line === 'exit' && /[\r\n]/.test(key))) break typing;
      if (BACKSPACES.has(key)) {
        if (line !== '') say('\b \b');
        line = line.slice(0, -1);
      } else if (key === INTERRUPT) {
        line = '';
        say(`^C${end}${prompt}`);
      } else if (key === '\r' || key === '\n') {
        say(end);
        if (line.trim() !== '') code = await run(line, io);
        line = '';
        say(prompt);
      } else if (line.length < MAX_LINE) {
        line += key;
        say(key);
      }
    }
  }
  say(end);
  await stream.write(frame(packet.exit, Buffer.from([code & 0xff])));
}

const MAX_LINE = 32 * 1024;

/** The next bytes that were typed, or null at their end. Window sizes and the like are passed over. */
async function nextStdin(reader: ByteReader): Promise<Buffer | null> {
  for (;;) {
    const header = await reader.take(5);
    if (!header) return null;
    const [id, length] = [header.readUInt8(0), header.readUInt32LE(1)];
    const bytes = length > MAX_STDIN ? null : await reader.take(length);
    if (!bytes || id === packet.closeStdin) return null;
    if (id === packet.stdin) return bytes;
  }
}

async function readStdin(reader: ByteReader): Promise<Buffer> {
  const blocks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const header = await reader.take(5);
    if (!header) break;
    const [id, length] = [header.readUInt8(0), header.readUInt32LE(1)];
    if (length > MAX_STDIN || total + length > MAX_STDIN) break;
    const bytes = await reader.take(length);
    if (!bytes || id === packet.closeStdin) break;
    if (id === packet.stdin) blocks.push(bytes);
    total += length;
  }
  return Buffer.concat(blocks);
}

/** `shell:` and `exec:`: both outputs on one stream, no exit code. */
export async function serveRawShell(line: string, stream: ServiceStream, run: RunCommand): Promise<void> {
  const stdin = async (): Promise<Buffer> => {
    const blocks: Buffer[] = [];
    for await (const block of stream.incoming) blocks.push(block);
    return Buffer.concat(blocks);
  };
  let last: Promise<void> = Promise.resolve();
  const write = (bytes: Buffer): void => {
    last = stream.write(bytes);
  };
  await run(line, { stdin, stdout: write, stderr: write, signal: stream.signal });
  await last;
}
