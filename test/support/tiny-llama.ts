import { writeFileSync } from 'node:fs';

/** GGUF value and tensor types, token types (gguf's constants.py). */
const UINT32 = 4;
const INT32 = 5;
const FLOAT32 = 6;
const BOOL = 7;
const STRING = 8;
const ARRAY = 9;
const F32 = 0;
const ALIGNMENT = 32;
const [NORMAL, UNKNOWN, CONTROL, BYTE] = [1, 2, 3, 6];

export interface TinyLlama {
  /** Control tokens beside `<unk>`, `<s>` and `</s>`. */
  readonly controls: readonly string[];
  /** `tokenizer.chat_template`; null leaves it out. */
  readonly chatTemplate: string | null;
  /** Random weights from this seed, or the pieces that the model says after any prompt that ends with a line break. */
  readonly weights: { readonly seed: number } | { readonly says: readonly string[] };
}

interface Token {
  readonly text: string;
  readonly type: number;
}

/** A small sentencepiece vocabulary: controls, the bytes, printable ASCII, and the pieces that are said as a whole. */
function vocabularyOf({ controls, weights }: TinyLlama): readonly Token[] {
  const said = 'says' in weights ? weights.says.filter((piece) => !controls.includes(piece)) : [];
  const ascii = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
  const tokens = [
    { text: '<unk>', type: UNKNOWN },
    ...['<s>', '</s>', ...controls].map((text) => ({ text, type: CONTROL })),
    ...Array.from({ length: 256 }, (_, byte) => ({
      text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
      type: BYTE,
    })),
    ...[...new Set(['▁', ...ascii, ...said.map((piece) => piece.replaceAll(' ', '▁'))])].map((text) => ({
      text,
      type: NORMAL,
    })),
  ];
  while (tokens.length % 32 > 0) tokens.push({ text: `<pad${tokens.length}>`, type: CONTROL });
  return tokens;
}

/** Mulberry32: the same numbers in -1..1 for the same seed everywhere. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

class Writer {
  readonly #parts: Buffer[] = [];
  length = 0;

  bytes(part: Buffer): void {
    this.#parts.push(part);
    this.length += part.length;
  }

  u32(value: number): void {
    const part = Buffer.alloc(4);
    part.writeUInt32LE(value);
    this.bytes(part);
  }

  u64(value: number): void {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    this.bytes(part);
  }

  f32(value: number): void {
    const part = Buffer.alloc(4);
    part.writeFloatLE(value);
    this.bytes(part);
  }

  text(value: string): void {
    const part = Buffer.from(value);
    this.u64(part.length);
    this.bytes(part);
  }

  align(): void {
    this.bytes(Buffer.alloc((ALIGNMENT - (this.length % ALIGNMENT)) % ALIGNMENT));
  }

  get content(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

type Metadata = readonly [key: string, type: number, value: string | number | boolean | readonly (string | number)[]];

function writeMetadata(writer: Writer, [key, type, value]: Metadata): void {
  writer.text(key);
  if (typeof value === 'object') {
    writer.u32(ARRAY);
    writer.u32(type);
    writer.u64(value.length);
    for (const entry of value) {
      if (typeof entry === 'string') writer.text(entry);
      else if (type === FLOAT32) writer.f32(entry);
      else writer.u32(entry);
    }
    return;
  }
  writer.u32(type);
  if (typeof value === 'string') writer.text(value);
  else if (typeof value === 'boolean') writer.bytes(Buffer.from([value ? 1 : 0]));
  else if (type === FLOAT32) writer.f32(value);
  else writer.u32(value);
}

interface Tensor {
  readonly name: string;
  /** As GGUF has them: the row's length first. */
  readonly dimensions: readonly number[];
  readonly values: Float32Array;
}

/** What follows what: a chain of the pieces after a line break, and the end after the last. */
function successors(tokens: readonly Token[], says: readonly string[]): ReadonlyMap<number, number> {
  const id = (text: string): number => tokens.findIndex((token) => token.text === text.replaceAll(' ', '▁'));
  const chain = [id('<0x0A>'), ...says.map(id), id('</s>')];
  return new Map(chain.slice(1).map((next, index) => [chain[index] ?? -1, next]));
}

function tensorsOf(tokens: readonly Token[], { weights }: TinyLlama): { width: number; tensors: readonly Tensor[] } {
  const says = 'says' in weights;
  // A model that says its pieces has an axis for every token, blocks that add nothing, and an output that is the chain.
  const width = says ? tokens.length : 64;
  const random = randomOf('seed' in weights ? weights.seed : 0);
  const filled = (value: () => number, ...dimensions: number[]) =>
    Float32Array.from({ length: dimensions.reduce((product, size) => product * size, 1) }, value);
  const tensor = (name: string, value: () => number, ...dimensions: number[]): Tensor => ({
    name,
    dimensions,
    values: filled(value, ...dimensions),
  });
  const one = () => 1;
  const matrix = says ? () => 0 : () => random() * 0.3;
  const embedding = tensor('token_embd.weight', says ? () => 0 : random, width, tokens.length);
  const output = tensor('output.weight', matrix, width, tokens.length);
  if ('says' in weights) {
    tokens.forEach((_, token) => {
      embedding.values[token * width + token] = 1;
    });
    for (const [from, to] of successors(tokens, weights.says)) output.values[to * width + from] = 1;
  }
  const block = (name: string, ...dimensions: number[]) => tensor(`blk.0.${name}.weight`, matrix, ...dimensions);
  return {
    width,
    tensors: [
      embedding,
      tensor('output_norm.weight', one, width),
      output,
      tensor('blk.0.attn_norm.weight', one, width),
      block('attn_q', width, width),
      block('attn_k', width, width),
      block('attn_v', width, width),
      block('attn_output', width, width),
      tensor('blk.0.ffn_norm.weight', one, width),
      block('ffn_gate', width, 64),
      block('ffn_up', width, 64),
      block('ffn_down', 64, width),
    ],
  };
}

/** Writes a GGUF (version 3) of the llama architecture with one block that llama.cpp loads, and gives its path back. */
export function writeTinyLlama(path: string, model: TinyLlama): string {
  const tokens = vocabularyOf(model);
  const { width, tensors } = tensorsOf(tokens, model);
  const ids = (text: string): number => tokens.findIndex((token) => token.text === text);
  const metadata: Metadata[] = [
    ['general.architecture', STRING, 'llama'],
    ['general.name', STRING, 'tiny'],
    ['llama.context_length', UINT32, 16_384],
    ['llama.embedding_length', UINT32, width],
    ['llama.block_count', UINT32, 1],
    ['llama.feed_forward_length', UINT32, 64],
    ['llama.attention.head_count', UINT32, width / 32],
    ['llama.attention.head_count_kv', UINT32, width / 32],
    ['llama.rope.dimension_count', UINT32, 32],
    ['llama.attention.layer_norm_rms_epsilon', FLOAT32, 1e-5],
    ['llama.vocab_size', UINT32, tokens.length],
    ['tokenizer.ggml.model', STRING, 'llama'],
    ['tokenizer.ggml.pre', STRING, 'default'],
    ['tokenizer.ggml.tokens', STRING, tokens.map(({ text }) => text)],
    ['tokenizer.ggml.scores', FLOAT32, tokens.map(({ text }) => -text.length)],
    ['tokenizer.ggml.token_type', INT32, tokens.map(({ type }) => type)],
    ['tokenizer.ggml.bos_token_id', UINT32, ids('<s>')],
    ['tokenizer.ggml.eos_token_id', UINT32, ids('</s>')],
    ['tokenizer.ggml.unknown_token_id', UINT32, ids('<unk>')],
    ['tokenizer.ggml.add_bos_token', BOOL, false],
    ['tokenizer.ggml.add_space_prefix', BOOL, false],
    ...(model.chatTemplate === null
      ? []
      : [['tokenizer.chat_template', STRING, model.chatTemplate] satisfies Metadata]),
  ];
  const writer = new Writer();
  writer.bytes(Buffer.from('GGUF'));
  writer.u32(3);
  writer.u64(tensors.length);
  writer.u64(metadata.length);
  for (const entry of metadata) writeMetadata(writer, entry);
  let offset = 0;
  for (const { name, dimensions, values } of tensors) {
    writer.text(name);
    writer.u32(dimensions.length);
    for (const size of dimensions) writer.u64(size);
    writer.u32(F32);
    writer.u64(offset);
    offset += Math.ceil(values.byteLength / ALIGNMENT) * ALIGNMENT;
  }
  for (const { values } of tensors) {
    writer.align();
    writer.bytes(Buffer.from(values.buffer));
  }
  writeFileSync(path, writer.content);
  return path;
}

/** The turns of ChatML, as many instruct models have them. */
export const chatMl = {
  controls: ['<|im_start|>', '<|im_end|>'],
  chatTemplate:
    '{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}',
} as const;
