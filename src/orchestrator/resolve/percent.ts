import { isChinese } from './chinese-numbers.js';
import { percentOfChinese } from './chinese-quantities.js';
import { digitsFromWords, takeFraction, takeNumber, withDecimals } from './number-words.js';
import { IDLE, Phrase } from './phrase.js';

/** Words that say how far; the first ones strengthen and give way to a word that says which way: "fully closed" is 0. */
const FULLY = /\b(?:full(?:y| blast| power| volume| on| open)?|all the way(?: up| open)?|completely|totally)\b/;
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/\b(?:min(?:imum)?|muted?|silent|silence|off|lowest|closed|shut|down|none|nothing|quietest|dimmest)\b/, 0],
  [/\b(?:max(?:imum)?|highest|loudest|brightest|top|wide open)\b/, 100],
  [/\b(?:medium|middle|mid|half ?way|moderate|average)\b/, 50],
  [/\b(?:low|quiet|dim)\b/, 25],
  [/\b(?:high|loud|bright)\b/, 75],
];
const UNIT = /%|\b(?:per ?cents?|pct|percentage)\b/;
/** Words beside a share that change nothing of it. */
const BESIDE =
  /(?<![\p{L}])(?:at|on|by|from|for|to|of|the|a|an|about|around|roughly|approximately|exactly|precisely|just|please|say|its|it|as|possible|goes|can|be|level|levels|volume|brightness|speed|power|setting|mode|mark|open|up|very|really|pretty|quite|nice|and|only|down(?= \| )|(?<= \| )down to)(?![\p{L}])/gu;

/**
 * A share in percent, 0..100: "20 %", "twenty percent", "a third" (33), "seven tenths" (70), "7 out of 10" (70), "level 3" of
 * ten (30), "max". Null when the words say no share or one outside 0..100, and when any of them is not understood.
 */
export function percentOf(text: string): number | null {
  if (isChinese(text)) return percentOfChinese(text);
  const lower = text.normalize('NFKC').toLowerCase().trim();
  const outOf = /^(.+?)(?: out of (?:a )?| ?\/ ?)(\d+|four|five|six|eight|ten|twenty|hundred)$/.exec(lower);
  if (outOf?.[1] && outOf[2]) {
    const [part, whole] = [numberIn(outOf[1]), numberIn(outOf[2])];
    return part === null || !whole ? null : inRange((part / whole) * 100);
  }
  const fraction = new Phrase(lower);
  const share = takeFraction(fraction);
  if (share !== null) return fraction.isSpent(BESIDE) ? inRange(share * 100) : null;
  const phrase = new Phrase(withDecimals(digitsFromWords(lower).replace(/\b(?:an? |one )?hundred\b/g, '100')));
  const value = takeNumber(phrase);
  if (value !== null) {
    const isLevel = phrase.take(/\b(?:level|setting|step|notch)\b/) !== null;
    phrase.take(UNIT);
    if (!phrase.isSpent(BESIDE)) return null;
    return inRange(isLevel && value <= 10 ? value * 10 : value);
  }
  return levelOf(lower);
}

function numberIn(text: string): number | null {
  const phrase = new Phrase(withDecimals(digitsFromWords(text).replace(/\bhundred\b/g, '100')));
  const value = takeNumber(phrase);
  phrase.take(/\blevel\b/);
  return phrase.isSpent(IDLE) ? value : null;
}

function levelOf(lower: string): number | null {
  const phrase = new Phrase(lower);
  const isFull = phrase.take(FULLY) !== null;
  const levels = WORDS.flatMap(([pattern, level]) => (phrase.take(pattern) ? [level] : []));
  if (!phrase.isSpent(BESIDE)) return null;
  // "Halfway down" is half way, "low or high" is no share.
  const [level] = levels.includes(50) ? levels.filter((entry) => entry !== 0) : levels;
  const isTorn = levels.length > (levels[0] === 0 && levels.includes(50) ? 2 : 1);
  return isTorn ? null : (level ?? (isFull ? 100 : null));
}

function inRange(value: number): number | null {
  return value < 0 || value > 100 ? null : Math.round(value);
}
