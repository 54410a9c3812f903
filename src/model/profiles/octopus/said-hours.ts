import { ONES } from './said-numbers.js';

const HOUR_WORDS = new Map<string, number>([
  ...ONES.map((word, value): [string, number] => [word, value]),
  ...['twenty', 'twenty one', 'twenty two', 'twenty three'].map((word, over): [string, number] => [word, 20 + over]),
]);
const words = [...HOUR_WORDS.keys()]
  .sort((one, other) => other.length - one.length)
  .join('|')
  .replaceAll(' ', '[ -]');
const HOUR = new RegExp(`(?<![\\p{L}\\d.:])(?:(\\d{1,2})(?!\\d)|([01]\\d|2[0-3])[0-5]\\d(?!\\d)|(${words})\\b)`, 'giu');
const MINUTES =
  '(?:[:.h]\\s?\\d{2}| \\d{2})|(?:[ -](?:oh|o|five|ten|fifteen|twenty|thirty|forty|fifty))(?:[ -](?:one|two|three|four|five|six|seven|eight|nine))?';
const HALF_OF_DAY = new RegExp(`^(?:${MINUTES})?(?:\\s*o['’]?\\s?clock)?\\s*([ap])\\.?\\s?m\\b`, 'iu');
const AMOUNT = /^\s*-?(?:%|°|(?:percent|per cent|minutes?|mins?|hours?|hrs?|seconds?|secs?|days?|weeks?|degrees?)\b)/iu;
const MINUTES_BEFORE = /(?:quarter|\d|five|ten|twenty|minutes?)\s+(?:to|till|before|of)\s+$/iu;

/**
 * The hours of the day, 0..23, that an English sentence says in digits or words. An hour without am or pm stands for
 * both; "a quarter to five" says four.
 */
export function saidHours(sentence: string): ReadonlySet<number> {
  const hours = new Set<number>();
  if (/\b(?:noon|midday)\b/iu.test(sentence)) hours.add(12);
  if (/\bmidnight\b/iu.test(sentence)) hours.add(0);
  for (const found of sentence.matchAll(HOUR)) {
    const [whole, digits, together, word] = found;
    const after = sentence.slice(found.index + whole.length);
    const named = Number(digits ?? together ?? HOUR_WORDS.get((word ?? '').toLowerCase().replace('-', ' ')));
    if (named > 23 || AMOUNT.test(after)) continue;
    const isBefore = MINUTES_BEFORE.test(sentence.slice(0, found.index));
    for (const hour of hoursOf(isBefore ? (named + 23) % 24 : named, HALF_OF_DAY.exec(after)?.[1])) hours.add(hour);
  }
  return hours;
}

function hoursOf(hour: number, halfOfDay: string | undefined): readonly number[] {
  const early = hour % 12;
  if (hour > 12) return [hour];
  if (halfOfDay === undefined) return [early, early + 12];
  return [halfOfDay.toLowerCase() === 'p' ? early + 12 : early];
}
