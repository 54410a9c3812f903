import { TINY_WIDTH, type Weights } from './tiny-model.js';

/** Far above what is left of the token before: it does not show in the next one's probability. */
const DOMINANT = 30;

/** As sure as a trained model is of what it knows well. */
export const SURE = 0.999;

/** A row of the embedding, scaled so that its token gets this probability while all other tokens share the rest. */
function scaleFor(probability: number, vocabularySize: number): number {
  const logit = Math.log(probability / (1 - probability)) + Math.log(vocabularySize - 1);
  // Where one dimension holds everything, the last norm makes it the square root of the width.
  return logit / Math.sqrt(TINY_WIDTH);
}

/**
 * Weights that write `chain`, token ids, after any prompt that ends with its first token: attention adds nothing, and
 * the feed-forward layer maps each token of the chain onto the next one, the last onto itself. A token is written with
 * the probability that `probabilityOf` gives it. Throws RangeError for a chain that is too long or repeats a token.
 */
export function chainWeights(
  chain: readonly number[],
  vocabularySize: number,
  probabilityOf: (id: number) => number = () => SURE,
): Weights {
  if (chain.length > TINY_WIDTH) throw new RangeError('a chain has at most one token for each dimension');
  if (new Set(chain).size < chain.length) throw new RangeError('a token is followed by one other: it comes once');
  return (name, [columns = 1, rows = 1]) => {
    const matrix = new Float32Array(columns * rows);
    const fill = (entries: readonly (readonly [row: number, column: number, value: number])[]): Float32Array => {
      for (const [row, column, value] of entries) matrix[row * columns + column] = value;
      return matrix;
    };
    if (name === 'token_embd.weight' || name === 'output.weight') {
      return fill(chain.map((id, place) => [id, place, scaleFor(probabilityOf(id), vocabularySize)]));
    }
    if (name.endsWith('attn_output.weight')) return matrix;
    if (/ffn_(?:gate|up)\.weight$/u.test(name)) return fill(chain.map((_, place) => [place, place, 1]));
    if (!name.endsWith('ffn_down.weight')) return null;
    return fill(chain.slice(1).map((_, place) => [place + 1, place, DOMINANT]));
  };
}
