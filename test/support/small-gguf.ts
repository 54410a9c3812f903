import { type GgufValue, ggufBytes } from './gguf-writer.js';

/** GGUF metadata: text, whole numbers, and lists of text. */
export type SmallMetadata = Readonly<Record<string, string | number | readonly string[]>>;

function typed(value: SmallMetadata[string]): GgufValue {
  if (typeof value === 'string') return { type: 'string', value };
  return typeof value === 'number' ? { type: 'uint32', value } : { type: 'strings', value };
}

/** A GGUF file with this metadata and one tensor of eight numbers at its end: enough to be read, not to be run. */
export function smallGguf(metadata: SmallMetadata): Buffer {
  return ggufBytes(new Map(Object.entries(metadata).map(([key, value]) => [key, typed(value)])), [
    { name: 'token_embd.weight', shape: [8], type: 'f32', values: new Float32Array(8).fill(1) },
  ]);
}
