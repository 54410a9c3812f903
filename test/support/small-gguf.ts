import { writeFileSync } from 'node:fs';

/** GGUF metadata: text, whole numbers, and lists of text. */
export type GgufMetadata = Readonly<Record<string, string | number | readonly string[]>>;

const ALIGNMENT = 32;
const STRING = 8;
const ARRAY = 9;
const UINT32 = 4;

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
const text = (value: string): Buffer => Buffer.concat([uint64(Buffer.byteLength(value)), Buffer.from(value)]);

function value(of: GgufMetadata[string]): Buffer {
  if (typeof of === 'string') return Buffer.concat([uint32(STRING), text(of)]);
  if (typeof of === 'number') return Buffer.concat([uint32(UINT32), uint32(of)]);
  return Buffer.concat([uint32(ARRAY), uint32(STRING), uint64(of.length), ...of.map(text)]);
}

/** A GGUF v3 file with this metadata and one F32 tensor of eight numbers: enough to be read, not to be run. */
export function smallGguf(metadata: GgufMetadata): Buffer {
  const entries = Object.entries(metadata);
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    uint32(3),
    uint64(1),
    uint64(entries.length),
    ...entries.flatMap(([key, of]) => [text(key), value(of)]),
    text('token_embd.weight'),
    uint32(1),
    uint64(8),
    uint32(0),
    uint64(0),
  ]);
  return Buffer.concat([head, Buffer.alloc((ALIGNMENT - (head.length % ALIGNMENT)) % ALIGNMENT), Buffer.alloc(32, 1)]);
}

export function writeSmallGguf(path: string, metadata: GgufMetadata): void {
  writeFileSync(path, smallGguf(metadata));
}
