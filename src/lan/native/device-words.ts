import { shownWords } from '../shown-words.js';

/**
 * A short piece of another side's words for a list or a line: capped, on one line, nothing in it that cannot be seen, and without
 * angle brackets, so that no place that shows it can take it for markup.
 */
export function deviceWords(text: string, limit: number): string {
  return shownWords(text.replace(/[<>]/g, ''), limit);
}
