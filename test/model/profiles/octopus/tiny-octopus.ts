import { functionIndex } from '../../../../src/model/profiles/octopus/octopus-tokens.js';
import { chainWeights, SURE } from '../../../support/chain-weights.js';
import { byteTokens, type TinyModel, type VocabularyToken } from '../../../support/tiny-model.js';

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

/** The tokens of a chain by name: a piece's own text, `<nexa_i>`, `<nexa_end>`, `<eos>`. */
function tokenIds(names: readonly string[], pieces: readonly string[]): readonly number[] {
  return names.map((name) => {
    if (name === '<eos>') return 1;
    if (name === '<nexa_end>') return FIRST_FUNCTION + 21;
    const index = /^<nexa_(\d+)>$/u.exec(name)?.[1];
    return index === undefined ? FIRST_PIECE + pieces.indexOf(name) : FIRST_FUNCTION + Number(index);
  });
}

/**
 * A model of Octopus v2's architecture and vocabulary that writes these tokens, each one once, after its prompt.
 * Functional tokens get `probability`.
 */
export function tinyOctopus(written: readonly string[], probability: number): TinyModel {
  const chain = [':', ...written];
  const pieces = chain.filter((name) => !/^<(?:nexa_|eos>)/u.test(name));
  const weights = chainWeights(tokenIds(chain, pieces), VOCABULARY_SIZE, (id) =>
    functionIndex(id) === null ? SURE : probability,
  );
  return { ...randomOctopus(1, pieces), weights };
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
