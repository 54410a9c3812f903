import { Phrase } from './phrase.js';

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

const PARTS: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  quarter: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  twentieth: 20,
  hundredth: 100,
};
const FRACTION = new RegExp(
  `\\b(?:(?<count>an?|\\d{1,3}|${ONES.slice(1, 20).join('|')})[ -])?(?<part>halve|${Object.keys(PARTS).join('|')})s?\\b`,
);
const AND_PART = / and (?:(an?|one|1|two|2|three|3)[ -])?(half|quarter|third)s?\b/;

/**
 * Takes a fraction out of a phrase: "three quarters" is 0.75, "seven tenths" 0.7, "a third" 1/3. Null for none, and for a
 * plural that says not how many ("some quarters").
 */
export function takeFraction(phrase: Phrase): number | null {
  const found = phrase.take(FRACTION)?.groups;
  if (!found) return null;
  const { count = '1', part = '' } = found;
  const parts = PARTS[part === 'halve' ? 'half' : part] ?? Number.NaN;
  const share = (/^an?$/.test(count) ? 1 : (small.get(count) ?? Number(count))) / parts;
  return Number.isFinite(share) ? share : null;
}

const NUMBER = /(?<![\d.])(?:minus |negative |[-−])?\d+(?:\.\d+)?(?![\d.]*\d)/;

/** "Two and a half" and "two and a quarter" with a decimal point: the digits are written out already. */
export function withDecimals(text: string): string {
  return text
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(
      new RegExp(`(?<![\\d.])(\\d+)${AND_PART.source}`, 'g'),
      (_, whole: string, count: string | undefined, part: string) => {
        const parts = PARTS[part] ?? 1;
        return String(
          Number(whole) +
            Math.round(((/^an?$/.test(count ?? 'a') ? 1 : (small.get(count ?? '') ?? Number(count))) / parts) * 1_000) /
              1_000,
        );
      },
    );
}

/** Takes the one number out of a phrase that {@link withDecimals} was said of. Null for none or several. */
export function takeNumber(phrase: Phrase): number | null {
  const found = phrase.take(NUMBER);
  if (!found || phrase.has(/\d/)) return null;
  const digits = Number(found[0].replace(/minus |negative |[-−]/, ''));
  return /^(?:minus|negative|[-−])/.test(found[0]) ? -digits : digits;
}

/** The one number that a text holds ("minus two and a half" -> -2.5, "21,5" -> 21.5), or null for none or several. */
export function numberOf(text: string): number | null {
  return takeNumber(new Phrase(withDecimals(digitsFromWords(text))));
}
