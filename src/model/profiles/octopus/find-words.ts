import type { Span } from '../../../core/plan-draft.js';

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');

/** A letter or digit of a script that writes spaces between words. */
const SPACED = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isWordEdge = (character: string): boolean => SPACED.test(character) && !UNSPACED.test(character);

/**
 * Where the sentence says these words, whole words only, whatever their case, white space and apostrophes; null where it
 * does not.
 */
export function findWords(sentence: string, words: string): Span | null {
  const wanted = words.trim();
  if (wanted === '') return null;
  const pattern = escaped(wanted).replace(/\s+/gu, '\\s+').replace(/['’‘]/gu, "['’‘]").replace(/["“”]/gu, '["“”]');
  const before = isWordEdge(wanted.charAt(0)) ? '(?<![\\p{L}\\p{N}])' : '';
  const after = isWordEdge(wanted.charAt(wanted.length - 1)) ? '(?![\\p{L}\\p{N}])' : '';
  const found = new RegExp(before + pattern + after, 'iu').exec(sentence);
  return found ? spanAt(sentence, found.index, found.index + found[0].length) : null;
}

export function spanAt(sentence: string, start: number, end: number): Span {
  return { text: sentence.slice(start, end), start, end };
}
