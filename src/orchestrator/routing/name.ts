import { plainWords, type Word, wordsOf } from './words.js';

/** A name as it is compared: its words without those that add nothing, what they mean, and how it is written. */
export interface Name {
  readonly words: readonly Word[];
  /** What the words mean, in order: `living_room`, `light`. */
  readonly concepts: readonly string[];
  /** The writing alone, without spaces and fillers: "dadsphone" is not "dadphone". */
  readonly writing: string;
  /** Said with "my", 我的: whoever says so means a thing of their own. */
  readonly isMine: boolean;
}

/** Reads a name. `translate` says what a concept is in this household (see Household). */
export function nameOf(text: string, translate: (concept: string) => string = (concept) => concept): Name {
  const all = wordsOf(plainWords(text));
  const telling = all.filter((word) => word.role !== 'filler');
  return {
    words: telling,
    concepts: telling.flatMap((word) => word.concepts).map(translate),
    writing: telling.map((word) => word.text.replace(/ /g, '')).join(''),
    isMine: all.some((word) => word.concepts.includes('mine')),
  };
}

/** Whether two names hold the same concepts, those left aside that `ignored` holds; two names of nothing else do not. */
export function sameConcepts(
  one: readonly string[],
  other: readonly string[],
  ignored: ReadonlySet<string> = new Set(),
): boolean {
  const left = new Set(one.filter((concept) => !ignored.has(concept)));
  const right = new Set(other.filter((concept) => !ignored.has(concept)));
  return left.size > 0 && left.size === right.size && [...left].every((concept) => right.has(concept));
}
