/** A word of a sentence with its UTF-16 offsets. `spaced` tells whether white space, or the sentence's start, precedes it. */
export interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly spaced: boolean;
}

// Chinese characters and kana are words of their own. Addresses, times and hyphenated names stay whole; a possessive
// 's is a word of its own, so that "Anna" in "Anna's phone" can be pointed at. The training code has the same rule
// (training/tentacle_training/words.py); test/model/words.test.ts holds both to one list.
const CJK = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}';
const LETTER = `(?:(?![${CJK}])[\\p{L}\\p{M}\\p{N}])`;
const POSSESSIVE = `['’]s(?![\\p{L}\\p{M}\\p{N}])`;
const WORD = new RegExp(
  `[${CJK}]|${POSSESSIVE}|${LETTER}+(?:(?:(?!${POSSESSIVE})['’._@\\-&+#=?~/]+|:(?=\\p{N})|://)${LETTER}+)*|\\S`,
  'gu',
);

export function splitWords(sentence: string): readonly Word[] {
  return Array.from(sentence.matchAll(WORD), (match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    spaced: match.index === 0 || /\s/u.test(sentence.charAt(match.index - 1)),
  }));
}

/** What the tokenizer sees of a word: compatibility form, lower case, straight apostrophes, a space where one precedes it. */
export function tokenizerText(word: Word): string {
  const normal = word.text.normalize('NFKC').toLowerCase().replaceAll('’', "'").replaceAll('‘', "'");
  return word.spaced ? ` ${normal}` : normal;
}
