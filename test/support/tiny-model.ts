import { writeFileSync } from 'node:fs';
import { type GgufTensor, type GgufValue, ggufBytes } from './gguf-writer.js';

export type TokenKind = 'normal' | 'unknown' | 'control' | 'user-defined' | 'unused' | 'byte';

export interface VocabularyToken {
  readonly text: string;
  readonly score: number;
  readonly kind: TokenKind;
}

/** A tensor's own values instead of random ones, row after row; null leaves it random. */
export type Weights = (name: string, shape: readonly number[]) => Float32Array | null;

export interface TinyModel {
  readonly architecture: 'gemma' | 'llama';
  /** Written instead of the true one, for files that no loader knows. */
  readonly architectureName?: string;
  readonly vocabulary: readonly VocabularyToken[];
  /** Ids of the special tokens. */
  readonly special: { readonly bos: number; readonly eos: number; readonly unknown: number };
  readonly seed: number;
  /** Tokens that the model says it was trained for; 2,048 when left out. */
  readonly context?: number;
  readonly chatTemplate?: string;
  readonly weights?: Weights;
}

const KINDS: Readonly<Record<TokenKind, number>> = {
  normal: 1,
  unknown: 2,
  control: 3,
  'user-defined': 4,
  unused: 5,
  byte: 6,
};

export const TINY_WIDTH = 32;
const HEADS = 2;
const HEAD_SIZE = TINY_WIDTH / HEADS;
const INNER = 64;
const LAYERS = 1;

/** The 256 byte tokens of a sentencepiece vocabulary, through which any text can be written. */
export const byteTokens: readonly VocabularyToken[] = Array.from({ length: 256 }, (_, byte) => ({
  text: `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`,
  score: 0,
  kind: 'byte',
}));

/** Evenly spread numbers in -1..1, the same for the same seed everywhere (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

function shapesOf({ architecture, vocabulary }: TinyModel): [string, number[]][] {
  const block = (index: number): [string, number[]][] => [
    [`blk.${index}.attn_norm.weight`, [TINY_WIDTH]],
    [`blk.${index}.attn_q.weight`, [TINY_WIDTH, TINY_WIDTH]],
    [`blk.${index}.attn_k.weight`, [TINY_WIDTH, HEAD_SIZE]],
    [`blk.${index}.attn_v.weight`, [TINY_WIDTH, HEAD_SIZE]],
    [`blk.${index}.attn_output.weight`, [TINY_WIDTH, TINY_WIDTH]],
    [`blk.${index}.ffn_norm.weight`, [TINY_WIDTH]],
    [`blk.${index}.ffn_gate.weight`, [TINY_WIDTH, INNER]],
    [`blk.${index}.ffn_up.weight`, [TINY_WIDTH, INNER]],
    [`blk.${index}.ffn_down.weight`, [INNER, TINY_WIDTH]],
  ];
  const output: [string, number[]] = ['output.weight', [TINY_WIDTH, vocabulary.length]];
  return [
    ['token_embd.weight', [TINY_WIDTH, vocabulary.length]],
    ['output_norm.weight', [TINY_WIDTH]],
    // Without it llama.cpp writes with the embedding, as Gemma's weights are meant to be.
    ...(architecture === 'llama' ? [output] : []),
    ...Array.from({ length: LAYERS }, (_, index) => block(index)).flat(),
  ];
}

function metadataOf(model: TinyModel): ReadonlyMap<string, GgufValue> {
  const { vocabulary, special } = model;
  const architecture = model.architectureName ?? model.architecture;
  const number = (value: number): GgufValue => ({ type: 'uint32', value });
  return new Map<string, GgufValue>([
    ['general.architecture', { type: 'string', value: architecture }],
    ['general.name', { type: 'string', value: `tiny ${architecture} with seed ${model.seed}` }],
    ['general.file_type', number(1)],
    [`${architecture}.context_length`, number(model.context ?? 2_048)],
    [`${architecture}.embedding_length`, number(TINY_WIDTH)],
    [`${architecture}.block_count`, number(LAYERS)],
    [`${architecture}.feed_forward_length`, number(INNER)],
    [`${architecture}.attention.head_count`, number(HEADS)],
    [`${architecture}.attention.head_count_kv`, number(1)],
    [`${architecture}.attention.key_length`, number(HEAD_SIZE)],
    [`${architecture}.attention.value_length`, number(HEAD_SIZE)],
    [`${architecture}.attention.layer_norm_rms_epsilon`, { type: 'float32', value: 1e-6 }],
    [`${architecture}.rope.dimension_count`, number(HEAD_SIZE)],
    [`${architecture}.vocab_size`, number(vocabulary.length)],
    ['tokenizer.ggml.model', { type: 'string', value: 'llama' }],
    ['tokenizer.ggml.pre', { type: 'string', value: 'default' }],
    ['tokenizer.ggml.tokens', { type: 'strings', value: vocabulary.map((token) => token.text) }],
    ['tokenizer.ggml.scores', { type: 'float32s', value: vocabulary.map((token) => token.score) }],
    ['tokenizer.ggml.token_type', { type: 'int32s', value: vocabulary.map((token) => KINDS[token.kind]) }],
    ['tokenizer.ggml.bos_token_id', number(special.bos)],
    ['tokenizer.ggml.eos_token_id', number(special.eos)],
    ['tokenizer.ggml.unknown_token_id', number(special.unknown)],
    ['tokenizer.ggml.add_bos_token', { type: 'bool', value: true }],
    ['tokenizer.ggml.add_eos_token', { type: 'bool', value: false }],
    ['tokenizer.ggml.add_space_prefix', { type: 'bool', value: false }],
    ...(model.chatTemplate === undefined
      ? []
      : [['tokenizer.chat_template', { type: 'string', value: model.chatTemplate }] satisfies [string, GgufValue]]),
  ]);
}

/** Writes a one-block model that llama.cpp loads, matrices in F16 and norms in F32, and gives its path back. */
export function writeTinyModel(path: string, model: TinyModel): string {
  const random = randomNumbers(model.seed);
  const tensors = shapesOf(model).map(([name, shape]): GgufTensor => {
    const isNorm = shape.length === 1;
    const length = shape.reduce((product, size) => product * size, 1);
    const values =
      model.weights?.(name, shape) ??
      Float32Array.from({ length }, () => (isNorm ? 1 : random() / Math.sqrt(TINY_WIDTH)));
    return { name, shape, type: isNorm ? 'f32' : 'f16', values };
  });
  writeFileSync(path, ggufBytes(metadataOf(model), tensors));
  return path;
}
