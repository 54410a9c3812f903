/** What people add to be polite, where they add it: it changes nothing about what is meant. A name or a verb may look alike. */
const POLITE =
  /^(?:(?:hey|hi|ok|okay|um|uh|so|now|just|please|pls|kindly|tentacle|(?:can|could|would|will) you)\s+)+|(?:\s+(?:please|pls|thanks|thank you|for me|will you|would you))+$/gu;
const ARTICLES = new Set(['the', 'a', 'an']);
const CHINESE_POLITE = /^(?:请|麻烦你?|帮我|给我|嗯|那个)+|(?:(?<![网茶酒贴])吧|呗|啊|呀|哦|谢谢|好吗|可以吗)+$|一下/gu;

/** Words that must agree exactly for two sentences to be nearly the same: short ones turn meanings around. */
const LEAST_LENGTH = 5;

const plain = (sentence: string): string =>
  sentence
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’‘]/gu, "'")
    .replace(/[^\p{L}\p{N}%°'+@.:-]+|[.:]+(?=\s|$)/gu, ' ')
    .trim();

const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '' && !ARTICLES.has(word));

const bareOf = (text: string): string => text.replace(POLITE, '').replace(CHINESE_POLITE, '');

/**
 * How like a sentence is to a known one: `exact` with the same words (case and punctuation aside), `near` when only
 * politeness differs or one long word is misspelt by one letter, else null.
 */
export function likeness(known: string, sentence: string): 'exact' | 'near' | null {
  const [one, other] = [plain(known), plain(sentence)];
  if (one === other) return one === '' ? null : 'exact';
  const [bare, otherBare] = [bareOf(one), bareOf(other)];
  const [words, otherWords] = [wordsOf(bare), wordsOf(otherBare)];
  if (words.length === 0 || words.length !== otherWords.length) return null;
  const differing = words.flatMap((word, index) =>
    word === otherWords[index] ? [] : [[word, otherWords[index] ?? '']],
  );
  if (differing.length === 0) return 'near';
  const [[left = '', right = ''] = []] = differing;
  return differing.length === 1 && isSlip(left, right) ? 'near' : null;
}

/** One letter added, left out, changed or swapped with its neighbour, in a long word without digits. */
function isSlip(one: string, other: string): boolean {
  if (Math.min(one.length, other.length) < LEAST_LENGTH || /[^a-z]/.test(one + other)) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end += 1;
  const left = short.slice(start, short.length - end);
  const right = long.slice(start, long.length - end);
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
