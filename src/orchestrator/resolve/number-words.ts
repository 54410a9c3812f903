const ONES = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ORDINALS = [
  'zeroth',
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
  'thirteenth',
  'fourteenth',
  'fifteenth',
  'sixteenth',
  'seventeenth',
  'eighteenth',
  'nineteenth',
];

const small = new Map<string, number>([
  ...ONES.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, (index + 2) * 10]),
  ['fourty', 40],
  ['oh', 0],
  ['a', 1],
  ['an', 1],
]);
const ordinals = new Map<string, number>([
  ...ORDINALS.map((word, value): [string, number] => [word, value]),
  ['twentieth', 20],
  ['thirtieth', 30],
]);
const words = [...ONES, ...TENS, 'fourty', 'hundred', 'thousand'].join('|');
const RUN = new RegExp(`\\b(?:an? (?=hundred|thousand))?(?:${words})(?:(?:[ -]| and )(?:${words}))*\\b`, 'g');
const ORDINAL = new RegExp(`\\b(?:(${TENS.join('|')})[ -])?(${[...ordinals.keys()].join('|')})\\b`, 'g');

/**
 * Splits a run of number words into the numbers it says: "twenty five" is one number, "seven thirty" are two, "two
 * hundred and five" is one.
 */
function numbersOf(run: string): number[] {
  const numbers: number[] = [];
  let current: number | null = null;
  let ones = false;
  for (const word of run.split(/[ -]+/)) {
    if (word === 'and') continue;
    if (word === 'hundred' || word === 'thousand') {
      current = (current ?? 1) * (word === 'hundred' ? 100 : 1_000);
      ones = false;
      continue;
    }
    const value = small.get(word);
    if (value === undefined) continue;
    const joins =
      current !== null && !ones && (value < 10 ? current % 10 === 0 && value > 0 : current % 100 === 0) && current > 0;
    if (joins && current !== null) current += value;
    else {
      if (current !== null) numbers.push(current);
      current = value;
    }
    ones = value < 20;
  }
  if (current !== null) numbers.push(current);
  return numbers;
}

/**
 * Writes English number words as digits and leaves the rest: "half past six" -> "half past 6", "twenty-five percent" ->
 * "25 percent", "seven thirty" -> "7 30", "one point five" -> "1.5", "the fifth of may" -> "the 5th of may".
 */
export function digitsFromWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/\boh (?=(?:one|two|three|four|five|six|seven|eight|nine)\b)/g, 'zero ')
    .replace(ORDINAL, (whole, tens: string | undefined, ones: string) => {
      // "second" counts seconds far more often than days: a bare one is left alone.
      if (ones === 'second' && !tens) return whole;
      return `${(tens ? (small.get(tens) ?? 0) : 0) + (ordinals.get(ones) ?? 0)}th`;
    })
    .replace(RUN, (run) => numbersOf(run).join(' '))
    .replace(/(\d+) point (\d+)/g, '$1.$2');
}

const FRACTIONS: readonly [RegExp, number][] = [
  [/\b(?:three|3)[ -]quarters?\b/, 3 / 4],
  [/\b(?:two|2)[ -]thirds?\b/, 2 / 3],
  [/\b(?:a |one |1 )?half\b/, 1 / 2],
  [/\b(?:a |one |1 )?quarter\b/, 1 / 4],
  [/\b(?:a |one |1 )?third\b/, 1 / 3],
  [/\b(?:a |one |1 )?fifth\b/, 1 / 5],
];

/** The fraction that a text says ("three quarters" -> 0.75), or null. */
export function fractionOf(text: string): number | null {
  const lower = text.toLowerCase();
  return FRACTIONS.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
}

/** The one number that a text holds ("minus two and a half" -> -2.5, "21,5" -> 21.5), or null for none or several. */
export function numberOf(text: string): number | null {
  const spaced = digitsFromWords(text).replace(/(\d),(\d)/g, '$1.$2');
  const withHalf = spaced.replace(/(\d+) and (?:a|one|1) half/g, '$1.5');
  const found = withHalf.match(/(?:minus |negative |[-−])?\d+(?:\.\d+)?/g);
  if (found?.length !== 1 || found[0] === undefined) return null;
  const digits = Number(found[0].replace(/minus |negative |[-−]/, ''));
  return /^(?:minus|negative|[-−])/.test(found[0]) ? -digits : digits;
}
