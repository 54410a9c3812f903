/** A metadata value with its type in the file: GGUF tells unsigned, signed, floating and arrays of each apart. */
export type GgufValue =
  | { readonly type: 'uint32' | 'float32'; readonly value: number }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'strings'; readonly value: readonly string[] }
  | { readonly type: 'int32s' | 'float32s'; readonly value: readonly number[] };

/** A tensor; `shape` as ggml counts it, the fastest dimension first, so a matrix is [columns in, rows out]. */
export interface GgufTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: 'f16' | 'f32';
  /** As many values as the shape says. */
  readonly values: Float32Array;
}

/** Type numbers of the GGUF specification, and of ggml for tensors. */
const VALUE = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const TENSOR = { f32: 0, f16: 1 } as const;
const VERSION = 3;
const ALIGNMENT = 32;

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const uint64 = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const text = (value: string): Buffer => texts([value]);

/** Strings one after the other, each with its length before it; a vocabulary has hundreds of thousands. */
function texts(values: readonly string[]): Buffer {
  const bytes = Buffer.allocUnsafe(values.reduce((sum, value) => sum + 8 + Buffer.byteLength(value), 0));
  let at = 0;
  for (const value of values) {
    const length = bytes.write(value, at + 8, 'utf8');
    bytes.writeBigUInt64LE(BigInt(length), at);
    at += 8 + length;
  }
  return bytes;
}

const array = (type: number, length: number, items: Buffer): Buffer =>
  Buffer.concat([uint32(VALUE.array), uint32(type), uint64(length), items]);

function valueBytes(entry: GgufValue): Buffer {
  switch (entry.type) {
    case 'uint32':
      return Buffer.concat([uint32(VALUE.uint32), uint32(entry.value)]);
    case 'float32':
      return Buffer.concat([uint32(VALUE.float32), Buffer.from(Float32Array.of(entry.value).buffer)]);
    case 'bool':
      return Buffer.concat([uint32(VALUE.bool), Buffer.of(entry.value ? 1 : 0)]);
    case 'string':
      return Buffer.concat([uint32(VALUE.string), text(entry.value)]);
    case 'strings':
      return array(VALUE.string, entry.value.length, texts(entry.value));
    case 'int32s':
      return array(VALUE.int32, entry.value.length, Buffer.from(Int32Array.from(entry.value).buffer));
    case 'float32s':
      return array(VALUE.float32, entry.value.length, Buffer.from(Float32Array.from(entry.value).buffer));
  }
}

/** Half precision, rounded towards zero below its 11 significant bits; too small becomes 0. Enough for weights of -100..100. */
function halves(values: Float32Array): Buffer {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const result = new Uint16Array(values.length);
  bits.forEach((single, index) => {
    const exponent = ((single >>> 23) & 0xff) - 127 + 15;
    const sign = (single >>> 16) & 0x8000;
    result[index] = exponent <= 0 ? sign : sign | (exponent << 10) | ((single >>> 13) & 0x3ff);
  });
  return Buffer.from(result.buffer);
}

const padding = (length: number): Buffer => Buffer.alloc((ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT);

/** A GGUF version 3 file: header, metadata, tensor table, then the tensors at multiples of 32 bytes. */
export function ggufBytes(metadata: ReadonlyMap<string, GgufValue>, tensors: readonly GgufTensor[]): Buffer {
  const contents = tensors.map(({ values, type }) =>
    type === 'f16' ? halves(values) : Buffer.from(values.buffer, values.byteOffset, values.byteLength),
  );
  let offset = 0;
  const table = tensors.map(({ name, shape, type }, index) => {
    const at = offset;
    const length = contents[index]?.length ?? 0;
    offset += length + padding(length).length;
    return Buffer.concat([text(name), uint32(shape.length), ...shape.map(uint64), uint32(TENSOR[type]), uint64(at)]);
  });
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(VERSION),
    uint64(tensors.length),
    uint64(metadata.size),
    ...[...metadata].flatMap(([key, value]) => [text(key), valueBytes(value)]),
    ...table,
  ]);
  return Buffer.concat([head, ...contents].flatMap((part) => [part, padding(part.length)]));
}
