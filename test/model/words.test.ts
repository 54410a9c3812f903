import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords, tokenizerText } from '../../src/model/words.js';

/** The training code's tests read the same file: both must split alike, or the model points at the wrong words. */
const examples: { sentence: string; words: string[] }[] = JSON.parse(
  readFileSync(new URL('./words.examples.json', import.meta.url), 'utf8'),
);

describe('splitWords', () => {
  it.each(examples)('splits $sentence', ({ sentence, words }) => {
    expect(splitWords(sentence).map((word) => word.text)).toEqual(words);
  });

  it('gives offsets into the sentence, in order and apart, and loses nothing but white space', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (sentence) => {
        let end = 0;
        let between = '';
        for (const word of splitWords(sentence)) {
          expect(word.start).toBeGreaterThanOrEqual(end);
          expect(sentence.slice(word.start, word.end)).toBe(word.text);
          between += sentence.slice(end, word.start);
          end = word.end;
        }
        expect((between + sentence.slice(end)).trim()).toBe('');
      }),
    );
  });
});

describe('tokenizerText', () => {
  it('is lower case with straight apostrophes and marks words that stand apart', () => {
    const [first, second, third] = splitWords('Anna’s 20%');
    expect([first, second].map((word) => word && tokenizerText(word))).toEqual([' anna', "'s"]);
    expect(third && tokenizerText(third)).toBe(' 20');
  });
});
