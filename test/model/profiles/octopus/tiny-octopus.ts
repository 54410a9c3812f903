import { functionIndex } from '../../../../src/model/profiles/octopus/octopus-tokens.js';
import {
  byteTokens,
  TINY_WIDTH,
  type TinyModel,
  type VocabularyToken,
  type Weights,
} from '../../../support/tiny-model.js';

const VOCABULARY_SIZE = 256_022;
const FIRST_FUNCTION = 256_000;

/** The place of a piece in the tiny vocabulary. */
const FIRST_PIECE = 4 + byteTokens.length;

/** A vocabulary of Octopus v2's size, with its functional tokens moved by `shift` places. */
function octopusVocabulary(pieces: readonly string[], shift: number): readonly VocabularyToken[] {
  const control = (text: string): VocabularyToken => ({ text, score: 0, kind: 'control' });
  const head: readonly VocabularyToken[] = [
    control('<pad>'),
    control('<eos>'),
    control('<bos>'),
    { text: '<unk>', score: 0, kind: 'unknown' },
    ...byteTokens,
    ...pieces.map((text): VocabularyToken => ({ text, score: -10, kind: 'normal' })),
  ];
  const functions = [...Array.from({ length: 21 }, (_, index) => `<nexa_${index}>`), '<nexa_end>'];
  return Array.from({ length: VOCABULARY_SIZE }, (_, id): VocabularyToken => {
    const name = functions[id - FIRST_FUNCTION + shift];
    if (name !== undefined) return control(name);
    return head[id] ?? { text: `<unused${id}>`, score: 0, kind: 'unused' };
  });
}

/** Far above what is left of the token before: it does not show in the next one's probability. */
const DOMINANT = 30;

/** A row of the embedding, scaled so that its token gets this probability while all other tokens share the rest. */
function scaleFor(probability: number): number {
  const logit = Math.log(probability / (1 - probability)) + Math.log(VOCABULARY_SIZE - 1);
  // Where one dimension holds everything, the last norm makes it the square root of the width.
  return logit / Math.sqrt(TINY_WIDTH);
}

/**
 * Weights that write `chain` after any prompt that ends with its first token: attention adds nothing, and the
 * feed-forward layer maps each token of the chain onto the next one. Functional tokens get `probability`.
 */
function chainWeights(chain: readonly number[], probability: number): Weights {
  return (name, [columns = 1, rows = 1]) => {
    const matrix = new Float32Array(columns * rows);
    const fill = (entries: readonly (readonly [row: number, column: number, value: number])[]): Float32Array => {
      for (const [row, column, value] of entries) matrix[row * columns + column] = value;
      return matrix;
    };
    if (name === 'token_embd.weight') {
      return fill(chain.map((id, place) => [id, place, scaleFor(functionIndex(id) === null ? 0.999 : probability)]));
    }
    if (name.endsWith('attn_output.weight')) return matrix;
    if (/ffn_(?:gate|up)\.weight$/u.test(name)) return fill(chain.map((_, place) => [place, place, 1]));
    if (!name.endsWith('ffn_down.weight')) return null;
    return fill(chain.slice(1).map((_, place) => [place + 1, place, DOMINANT]));
  };
}

/** The tokens of a chain by name: a piece's own text, `<nexa_i>`, `<nexa_end>`, `<eos>`. */
function tokenIds(names: readonly string[], pieces: readonly string[]): readonly number[] {
  return names.map((name) => {
    if (name === '<eos>') return 1;
    if (name === '<nexa_end>') return FIRST_FUNCTION + 21;
    const index = /^<nexa_(\d+)>$/u.exec(name)?.[1];
    return index === undefined ? FIRST_PIECE + pieces.indexOf(name) : FIRST_FUNCTION + Number(index);
  });
}

/** A model of Octopus v2's architecture and vocabulary that writes these tokens, each one once, after its prompt. */
export function tinyOctopus(written: readonly string[], probability: number): TinyModel {
  const chain = [':', ...written];
  if (chain.length > TINY_WIDTH) throw new RangeError('a chain has at most one token for each dimension');
  const pieces = chain.filter((name) => !/^<(?:nexa_|eos>)/u.test(name));
  return { ...randomOctopus(1, pieces), weights: chainWeights(tokenIds(chain, pieces), probability) };
}

/** The same with random weights; `shift` moves the functional tokens to other ids. */
export function randomOctopus(seed: number, pieces: readonly string[] = [], shift = 0): TinyModel {
  return {
    architecture: 'gemma',
    vocabulary: octopusVocabulary(pieces, shift),
    special: { bos: 2, eos: 1, unknown: 3 },
    seed,
  };
}
