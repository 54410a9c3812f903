import { catalog } from '../../catalog/catalog.js';
import type { FunctionDescriptor } from '../../catalog/function-descriptor.js';
import { keywords } from './keywords.js';
import { termsOf } from './terms.js';

/** BM25's usual constants: how fast repetition saturates, how much long texts are held back. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.5;

interface IndexedFunction {
  readonly descriptor: FunctionDescriptor;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
}

/** What a function is found by. Its title and keywords count twice, the names of its values once. */
function textOf({ name, title, parameters }: FunctionDescriptor): string {
  const facts = parameters.flatMap((parameter) => [parameter.name, ...(parameter.values ?? [])]);
  const words = `${title} ${keywords[name] ?? ''}`;
  return [name, words, words, ...facts].join(' \n');
}

function indexed(descriptor: FunctionDescriptor): IndexedFunction {
  const terms = termsOf(textOf(descriptor));
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { descriptor, counts, length: terms.length };
}

const index: readonly IndexedFunction[] = catalog.map(indexed);
const meanLength = index.reduce((sum, entry) => sum + entry.length, 0) / index.length;
const holders = new Map<string, number>();
for (const { counts } of index) for (const term of counts.keys()) holders.set(term, (holders.get(term) ?? 0) + 1);

/** A term in few functions tells more than one in many. */
function rarity(term: string): number {
  const count = holders.get(term) ?? 0;
  return count === 0 ? 0 : Math.log(1 + (index.length - count + 0.5) / (count + 0.5));
}

function score(entry: IndexedFunction, terms: readonly string[]): number {
  const held = LENGTH_WEIGHT * (entry.length / meanLength) + 1 - LENGTH_WEIGHT;
  return terms.reduce((sum, term) => {
    const count = entry.counts.get(term) ?? 0;
    return sum + (rarity(term) * count * (SATURATION + 1)) / (count + SATURATION * held);
  }, 0);
}

/**
 * The catalogue functions that a sentence most likely means, likeliest first, ranked by BM25 without a model. `offered`
 * names those to choose from (all when empty). Functions that share no term with the sentence fill the end, in the order
 * of the catalogue, so that there are always `count` where that many are offered.
 */
export function likeliestFunctions(
  sentence: string,
  count: number,
  offered: readonly string[] = [],
): readonly FunctionDescriptor[] {
  const terms = [...new Set(termsOf(sentence))];
  return index
    .filter(({ descriptor }) => offered.length === 0 || offered.includes(descriptor.name))
    .map((entry) => ({ descriptor: entry.descriptor, score: score(entry, terms) }))
    .sort((one, other) => other.score - one.score)
    .slice(0, count)
    .map(({ descriptor }) => descriptor);
}
