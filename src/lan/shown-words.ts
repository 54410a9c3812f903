import { peerWords } from '../core/peer-words.js';

/** Bidirectional marks, zero-width and other invisible characters, Unicode tags: what makes a text look like another one. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A server's own words for a list: capped, on one line, with nothing in them that cannot be seen. */
export function shownWords(text: string, limit: number): string {
  // What lies far beyond the limit is never looked at: a description of megabytes costs nothing.
  const near = text.slice(0, limit * 4);
  const clean = peerWords(near.replace(INVISIBLE, '').replace(/[\s\p{Cc}]+/gu, ' '), limit);
  return near.length < text.length && !clean.endsWith('…') ? `${clean}…` : clean;
}

/** Whether a person who sees the text sees all of it. */
export function isShownWhole(text: string, limit: number): boolean {
  return text !== '' && shownWords(text, limit) === text;
}
