import type { VirtualFiles } from '../state/virtual-files.js';
import { ByteReader, type ServiceStream } from './stream.js';

const DATA_BLOCK = 64 * 1024;
const MAX_PATH = 1_024;
const MAX_FILE = 64 * 1024 * 1024;
const NOT_FOUND = 2;
const REGULAR_FILE = 0o100_644;
const FOLDER = 0o040_755;

interface Entry {
  readonly mode: number;
  readonly size: number;
  readonly time: number;
}

/** The `sync:` service: stat, list, push and pull over the phone's files, in both generations of its frames. */
export class SyncService {
  readonly #stream: ServiceStream;
  readonly #files: VirtualFiles;
  readonly #reader: ByteReader;

  constructor(stream: ServiceStream, files: VirtualFiles) {
    this.#stream = stream;
    this.#files = files;
    this.#reader = new ByteReader(stream.incoming);
  }

  async serve(): Promise<void> {
    for (;;) {
      const header = await this.#reader.take(8);
      if (!header) return;
      const id = header.toString('latin1', 0, 4);
      const length = header.readUInt32LE(4);
      if (id === 'QUIT' || length > MAX_PATH) return;
      const argument = await this.#reader.take(length);
      if (!argument) return;
      const goesOn = await this.#request(id, argument.toString('utf8'));
      if (!goesOn) return;
    }
  }

  async #request(id: string, argument: string): Promise<boolean> {
    switch (id) {
      case 'STAT':
        await this.#stream.write(stat(this.#entry(argument)));
        return true;
      case 'STA2':
      case 'LST2':
        await this.#stream.write(Buffer.concat([Buffer.from(id), stat2(this.#entry(argument))]));
        return true;
      case 'LIST':
      case 'LIS2':
        await this.#list(argument, id === 'LIS2');
        return true;
      case 'RECV':
        await this.#receive(argument);
        return true;
      case 'SEND':
        return this.#send(argument);
      default:
        await this.#fail(`unknown command ${id}`);
        return false;
    }
  }

  #entry(path: string): Entry | null {
    const file = this.#files.read(path);
    if (file) return { mode: REGULAR_FILE, size: file.bytes.length, time: Math.floor(file.modified / 1_000) };
    return this.#files.isFolder(path) ? { mode: FOLDER, size: 4_096, time: 0 } : null;
  }

  async #list(path: string, second: boolean): Promise<void> {
    const names = this.#files.list(path);
    for (const name of names) {
      const entry = this.#entry(`${path.replace(/\/$/, '')}/${name}`);
      const bytes = Buffer.from(name);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      const head = second ? [Buffer.from('DNT2'), stat2(entry)] : [Buffer.from('DENT'), stat(entry).subarray(4)];
      await this.#stream.write(Buffer.concat([...head, length, bytes]));
    }
    await this.#stream.write(Buffer.concat([Buffer.from('DONE'), Buffer.alloc(second ? 72 : 16)]));
  }

  async #receive(path: string): Promise<void> {
    const file = this.#files.read(path);
    if (!file) {
      await this.#fail(this.#files.isFolder(path) ? 'read failed: Is a directory' : 'No such file or directory');
      return;
    }
    for (let at = 0; at < file.bytes.length; at += DATA_BLOCK) {
      const block = file.bytes.subarray(at, at + DATA_BLOCK);
      await this.#stream.write(Buffer.concat([header('DATA', block.length), block]));
    }
    await this.#stream.write(header('DONE', 0));
  }

  async #send(argument: string): Promise<boolean> {
    const path = argument.slice(0, Math.max(argument.lastIndexOf(','), 0)) || argument;
    const blocks: Buffer[] = [];
    let total = 0;
    for (;;) {
      const head = await this.#reader.take(8);
      if (!head) return false;
      const [id, length] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)];
      if (id === 'DONE') break;
      if (id !== 'DATA' || length > DATA_BLOCK || total + length > MAX_FILE) return false;
      const block = await this.#reader.take(length);
      if (!block) return false;
      blocks.push(block);
      total += length;
    }
    if (!this.#files.isWritable(path)) await this.#fail("couldn't create file: Permission denied");
    else {
      this.#files.write(path, Buffer.concat(blocks));
      await this.#stream.write(header('OKAY', 0));
    }
    return true;
  }

  #fail(message: string): Promise<void> {
    const bytes = Buffer.from(message);
    return this.#stream.write(Buffer.concat([header('FAIL', bytes.length), bytes]));
  }
}

function header(id: string, value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(id, 0, 'latin1');
  bytes.writeUInt32LE(value, 4);
  return bytes;
}

function stat(entry: Entry | null): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.write('STAT', 0, 'latin1');
  bytes.writeUInt32LE(entry?.mode ?? 0, 4);
  bytes.writeUInt32LE(entry?.size ?? 0, 8);
  bytes.writeUInt32LE(entry?.time ?? 0, 12);
  return bytes;
}

/** error, device, inode, mode, links, user, group, size, three times: 68 bytes after the id. */
function stat2(entry: Entry | null): Buffer {
  const bytes = Buffer.alloc(68);
  bytes.writeUInt32LE(entry ? 0 : NOT_FOUND, 0);
  bytes.writeUInt32LE(entry?.mode ?? 0, 20);
  bytes.writeUInt32LE(1, 24);
  bytes.writeBigUInt64LE(BigInt(entry?.size ?? 0), 36);
  for (const at of [44, 52, 60]) bytes.writeBigInt64LE(BigInt(entry?.time ?? 0), at);
  return bytes;
}
