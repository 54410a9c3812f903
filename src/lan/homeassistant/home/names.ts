import { peerWords } from '../../../core/peer-words.js';

const MAX_NAME = 80;

/** A name from outside on one line, without characters that hide or turn the text around them; null when nothing is left. */
export function nameOf(text: string | null | undefined): string | null {
  const clean = peerWords((text ?? '').replace(/\p{Cf}/gu, '').replace(/\s+/g, ' '), MAX_NAME);
  return clean === '' ? null : clean;
}

/** Names without repetitions, at most ten. */
export function namesOf(texts: readonly (string | null | undefined)[]): string[] {
  return [...new Set(texts.map(nameOf).filter((name) => name !== null))].slice(0, 10);
}

/** What two spellings of a name have in common: letters and digits, small, without accents. */
export function simplified(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
