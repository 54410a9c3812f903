import { closeSync, openSync, writeSync } from 'node:fs';

/** Bytes of a block of 32 weights, by quantisation: a half-precision scale and the weights. */
const BLOCKS = { q4_0: { type: 2, bytes: 18 }, q8_0: { type: 8, bytes: 34 } };
const CHUNK = 1 << 24;

const u32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const u64 = (value) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
};
const f32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
};
const text = (value) => {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
};
const array = (type, items) => Buffer.concat([u32(9), u32(type), u64(items.length), ...items]);

/** A sentencepiece-like vocabulary: control tokens, bytes, then invented pieces; the last `functional` are functional tokens. */
function vocabulary(size, functional) {
  const tokens = ['<pad>', '<eos>', '<bos>', '<unk>'];
  for (let byte = 0; byte < 256; byte += 1) tokens.push(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`);
  while (tokens.length < size - functional) tokens.push(`p${tokens.length}`);
  for (let index = 0; index < functional; index += 1) tokens.push(`<f_${index}>`);
  const kinds = tokens.map((_, index) =>
    index < 3 ? 3 : index === 3 ? 2 : index < 260 ? 6 : index >= size - functional ? 3 : 1,
  );
  return { tokens, kinds };
}

/** The matrices and norms of a shape, as [name, columns, rows]; rows 0 is a norm. */
function tensorsOf({ architecture, width, inner, layers, heads, kvHeads, headSize, vocabularySize }) {
  const tensors = [
    ['token_embd.weight', width, vocabularySize],
    ['output_norm.weight', width, 0],
  ];
  if (architecture === 'llama') tensors.push(['output.weight', width, vocabularySize]);
  for (let layer = 0; layer < layers; layer += 1) {
    const name = (part) => `blk.${layer}.${part}.weight`;
    tensors.push(
      [name('attn_norm'), width, 0],
      [name('attn_q'), width, heads * headSize],
      [name('attn_k'), width, kvHeads * headSize],
      [name('attn_v'), width, kvHeads * headSize],
      [name('attn_output'), heads * headSize, width],
      [name('ffn_norm'), width, 0],
      [name('ffn_gate'), width, inner],
      [name('ffn_up'), width, inner],
      [name('ffn_down'), inner, width],
    );
  }
  return tensors;
}

/** How many bytes {@link writeRandomModel} writes for the weights of a shape. */
export function sizeOf(shape) {
  const { bytes } = BLOCKS[shape.quantisation];
  return tensorsOf(shape).reduce(
    (sum, [, columns, rows]) => sum + (rows === 0 ? columns * 4 : (columns * rows * bytes) / 32),
    0,
  );
}

/** Writes a GGUF of the shape with random weights: the speed of a model does not depend on what it has learned. */
export function writeRandomModel(path, shape) {
  const { architecture: name, quantisation } = shape;
  const { tokens, kinds } = vocabulary(shape.vocabularySize, shape.functional);
  const metadata = [
    ['general.architecture', Buffer.concat([u32(8), text(name)])],
    ['general.name', Buffer.concat([u32(8), text(`random weights in the shape of ${shape.name}`)])],
    [`${name}.context_length`, Buffer.concat([u32(4), u32(8192)])],
    [`${name}.embedding_length`, Buffer.concat([u32(4), u32(shape.width)])],
    [`${name}.block_count`, Buffer.concat([u32(4), u32(shape.layers)])],
    [`${name}.feed_forward_length`, Buffer.concat([u32(4), u32(shape.inner)])],
    [`${name}.attention.head_count`, Buffer.concat([u32(4), u32(shape.heads)])],
    [`${name}.attention.head_count_kv`, Buffer.concat([u32(4), u32(shape.kvHeads)])],
    [`${name}.attention.key_length`, Buffer.concat([u32(4), u32(shape.headSize)])],
    [`${name}.attention.value_length`, Buffer.concat([u32(4), u32(shape.headSize)])],
    [`${name}.attention.layer_norm_rms_epsilon`, Buffer.concat([u32(6), f32(1e-6)])],
    [`${name}.rope.dimension_count`, Buffer.concat([u32(4), u32(shape.headSize)])],
    ['tokenizer.ggml.model', Buffer.concat([u32(8), text('llama')])],
    ['tokenizer.ggml.tokens', array(8, tokens.map(text))],
    [
      'tokenizer.ggml.scores',
      array(
        6,
        tokens.map((_, index) => f32(-index)),
      ),
    ],
    ['tokenizer.ggml.token_type', array(5, kinds.map(u32))],
    ['tokenizer.ggml.bos_token_id', Buffer.concat([u32(4), u32(2)])],
    ['tokenizer.ggml.eos_token_id', Buffer.concat([u32(4), u32(1)])],
    ['tokenizer.ggml.unknown_token_id', Buffer.concat([u32(4), u32(3)])],
  ];
  const tensors = tensorsOf(shape);
  let offset = 0;
  const table = tensors.map(([tensor, columns, rows]) => {
    const block = rows === 0 ? null : BLOCKS[quantisation];
    const length = block ? (columns * rows * block.bytes) / 32 : columns * 4;
    const entry = Buffer.concat([
      text(tensor),
      u32(rows === 0 ? 1 : 2),
      u64(columns),
      ...(rows === 0 ? [] : [u64(rows)]),
      u32(block?.type ?? 0),
      u64(offset),
    ]);
    offset += Math.ceil(length / 32) * 32;
    return { entry, length, block };
  });
  const head = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(tensors.length),
    u64(metadata.length),
    ...metadata.flatMap(([key, value]) => [text(key), value]),
    ...table.map(({ entry }) => entry),
  ]);
  const file = openSync(path, 'w');
  writeSync(file, head);
  writeSync(file, Buffer.alloc((32 - (head.length % 32)) % 32));
  const noise = randomBlocks(BLOCKS[quantisation].bytes);
  for (const { length, block } of table) {
    for (let left = length; left > 0; left -= CHUNK) {
      const bytes = block ? noise.subarray(0, Math.min(left, noise.length)) : ones(left);
      writeSync(file, bytes);
      if (block && noise.length < CHUNK) left += CHUNK - bytes.length;
    }
    writeSync(file, Buffer.alloc((32 - (length % 32)) % 32));
  }
  closeSync(file);
}

const ones = (length) => Buffer.from(new Float32Array(length / 4).fill(1).buffer);

/** A megabyte of blocks with small scales and pseudo-random weights, written over and over. */
function randomBlocks(size) {
  const count = Math.floor(2 ** 20 / size);
  const bytes = Buffer.alloc(count * size);
  let state = 1;
  for (let index = 0; index < bytes.length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  // 0x1400 is about 0.001 in half precision: states stay in range through all layers.
  for (let block = 0; block < count; block += 1) bytes.writeUInt16LE(0x1400, block * size);
  return bytes;
}
