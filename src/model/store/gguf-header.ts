/** Why a file cannot be read as GGUF, in a few words. */
export class BadGguf extends RangeError {}

/** It is a GGUF's beginning, and its rest is missing. */
export class CutGguf extends BadGguf {}

/** Bytes of a value by its GGUF type number (ggml's docs/gguf.md): u8 i8 u16 i16 u32 i32 f32 bool, then u64 i64 f64. */
const valueBytes = new Map<number, number>([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const STRING = 8;
const ARRAY = 9;
const MAX_ARRAY_DEPTH = 4;
const MAX_DIMENSIONS = 8;

/**
 * Walks a GGUF's header, metadata and tensor list and checks that every length in it stays inside the bytes given, so
 * that a cut or hostile file cannot send a reader that trusts its counts through memory. `bytes` are the file's
 * beginning. Throws {@link BadGguf} or {@link CutGguf}.
 */
export function checkGgufHeader(bytes: Buffer): void {
  const reader = new HeaderReader(bytes);
  if (bytes.subarray(0, 4).toString('latin1') !== 'GGUF') throw new BadGguf('it does not begin with "GGUF"');
  reader.skip(4);
  const version = reader.uint32();
  if (version !== 2 && version !== 3) throw new BadGguf(`GGUF version ${version}`);
  const tensors = reader.count();
  const values = reader.count();
  for (let index = 0; index < values; index += 1) {
    reader.string();
    reader.value(reader.uint32(), 0);
  }
  for (let index = 0; index < tensors; index += 1) reader.tensor();
}

class HeaderReader {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  skip(length: number): void {
    if (length > this.#bytes.length - this.#offset) throw new CutGguf('it ends inside its own header');
    this.#offset += length;
  }

  uint32(): number {
    this.skip(4);
    return this.#bytes.readUInt32LE(this.#offset - 4);
  }

  /** A 64-bit count. Nothing that is counted takes less than a byte, so none is larger than what is left. */
  count(): number {
    this.skip(8);
    const count = this.#bytes.readBigUInt64LE(this.#offset - 8);
    if (count > BigInt(this.#bytes.length - this.#offset)) throw new CutGguf('it counts more than it holds');
    return Number(count);
  }

  string(): void {
    this.skip(this.count());
  }

  value(type: number, depth: number): void {
    if (type === STRING) this.string();
    else if (type === ARRAY) this.#array(depth + 1);
    else this.skip(bytesOf(type));
  }

  /** Name, dimensions, type, and an offset into the data. */
  tensor(): void {
    this.string();
    const dimensions = this.uint32();
    if (dimensions > MAX_DIMENSIONS) throw new BadGguf(`a tensor of ${dimensions} dimensions`);
    this.skip(dimensions * 8 + 4 + 8);
  }

  #array(depth: number): void {
    if (depth > MAX_ARRAY_DEPTH) throw new BadGguf('arrays nested too deep');
    const type = this.uint32();
    const count = this.count();
    if (type !== STRING && type !== ARRAY) {
      this.skip(count * bytesOf(type));
      return;
    }
    for (let index = 0; index < count; index += 1) this.value(type, depth);
  }
}

function bytesOf(type: number): number {
  const bytes = valueBytes.get(type);
  if (bytes === undefined) throw new BadGguf(`a value of the unknown type ${type}`);
  return bytes;
}
