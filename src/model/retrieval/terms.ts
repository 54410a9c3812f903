const WORD = /[\p{Script=Han}]+|(?:(?![\p{Script=Han}])[\p{L}\p{N}])+/gu;
const HAN = /^\p{Script=Han}/u;

/** Words so common in requests that they say nothing of what is asked for. */
const CARRIERS = new Set(
  'a an and are at be can could do for from i if in is it me my of on or please put s so some t that the then this to was we will with would you your'.split(
    ' ',
  ),
);

/**
 * The terms by which sentences and functions are compared: English words in lower case without their plural and verb
 * endings, Chinese by bigrams (a lone character stands for itself).
 */
export function termsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('_', ' ')
    .replace(/\bwi-fi\b/g, 'wifi');
  return Array.from(plain.matchAll(WORD), ([word]) => word).flatMap((word) => {
    if (HAN.test(word)) return bigramsOf(word);
    return CARRIERS.has(word) ? [] : [stemOf(word)];
  });
}

function bigramsOf(word: string): readonly string[] {
  const characters = [...word];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** A light stem: enough to bring "heating" to "heated" and "windows" to "window". */
function stemOf(word: string): string {
  if (word.length > 5 && word.endsWith('ing')) return word.slice(0, -3);
  if (word.length > 4 && word.endsWith('ed')) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !word.endsWith('ss')) return word.slice(0, -1);
  return word;
}
