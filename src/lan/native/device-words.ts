import { peerWords } from '../../core/peer-words.js';

/**
 * A short piece of another side's words for a list or a line: capped, on one line, without control characters, without the
 * invisible ones that turn text around (bidirectional marks, zero-width, Unicode tags), and without angle brackets, so that
 * no place that shows it can take it for markup.
 */
export function deviceWords(text: string, limit: number): string {
  const visible = text
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, '')
    .replace(/[\u{e0000}-\u{e007f}]/gu, '')
    .replace(/[<>]/g, '')
    .replace(/\s+/g, ' ');
  return peerWords(visible, limit);
}
