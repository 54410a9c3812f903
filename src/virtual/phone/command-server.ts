import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import type { VirtualPhone } from './virtual-phone.js';

/** The longest command line that a client may send, in bytes. */
const MAX_REQUEST = 256 * 1024;

export interface CommandServerOptions {
  /** The Unix socket on which programs are asked for. */
  readonly socketPath: string;
  /** A real folder that stands for the phone's root: files that the phone writes appear in it. */
  readonly rootFolder: string;
}

/**
 * Runs the phone's programs for another daemon, such as AOSP's adbd with small clients named `am`, `content`... on its path.
 * A request is `count NUL word NUL word NUL...`, program first; the answer is a line `exit-code stdout-length\n`, then the
 * bytes of the standard output, then those of the standard error.
 */
export class CommandServer implements AsyncDisposable {
  readonly #phone: VirtualPhone;
  readonly #server: Server;
  readonly #unwatch: () => void;

  private constructor(phone: VirtualPhone, options: CommandServerOptions) {
    this.#phone = phone;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
    this.#unwatch = phone.state.files.watch((path, bytes) => {
      const target = join(options.rootFolder, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, bytes);
    });
  }

  static async start(phone: VirtualPhone, options: CommandServerOptions): Promise<CommandServer> {
    const started = new CommandServer(phone, options);
    started.#server.listen(options.socketPath);
    await once(started.#server, 'listening');
    return started;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#unwatch();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(socket: Socket): void {
    let request = Buffer.alloc(0);
    let isTaken = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      request = Buffer.concat([request, bytes]);
      if (request.length > MAX_REQUEST) socket.destroy();
      const words = isTaken ? null : parseRequest(request);
      if (!words) return;
      isTaken = true;
      this.#answer(socket, words).catch(() => socket.destroy());
    });
  }

  async #answer(socket: Socket, [name = '', ...args]: readonly string[]): Promise<void> {
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    const gone = new AbortController();
    socket.once('close', () => gone.abort());
    const code = await this.#phone.runProgram(name, args, {
      stdin: async () => Buffer.alloc(0),
      stdout: (bytes) => void stdout.push(bytes),
      stderr: (bytes) => void stderr.push(bytes),
      signal: gone.signal,
    });
    const output = Buffer.concat(stdout);
    socket.end(Buffer.concat([Buffer.from(`${code} ${output.length}\n`), output, ...stderr]));
  }
}

/** The words of a request, or null while it is not complete. */
function parseRequest(request: Buffer): readonly string[] | null {
  const parts = request.toString('utf8').split('\0');
  const count = Number(parts[0]);
  if (!Number.isInteger(count) || count < 1 || parts.length < count + 2) return null;
  return parts.slice(1, count + 1);
}
