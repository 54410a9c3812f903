import { isChinese } from './chinese-numbers.js';
import { percentOfChinese } from './chinese-quantities.js';
import { fractionOf, numberOf } from './number-words.js';

const WORDS: readonly [RegExp, number][] = [
  [
    /\b(?:max(?:imum)?|full(?:y| blast| power| volume)?|highest|all the way(?: up| open)?|loudest|brightest|top|wide open)\b/,
    100,
  ],
  [/\b(?:min(?:imum)?|mute|muted|silent|off|lowest|closed|shut|zero|none|nothing|quietest)\b/, 0],
  [/\b(?:medium|middle|mid|halfway|half way|moderate|average)\b/, 50],
  [/\b(?:low|quiet|dim)\b/, 25],
  [/\b(?:high|loud|bright)\b/, 75],
];

/**
 * A share in percent, 0..100: "20 %", "twenty percent", "a third" (33), "7 out of 10" (70), "level 3" of ten (30), "max".
 * Null when the words say no share, or one outside 0..100.
 */
export function percentOf(text: string): number | null {
  if (isChinese(text)) return percentOfChinese(text);
  const lower = text.toLowerCase().trim();
  const outOf = /^(.+?)(?: out of | ?\/ ?)(\d+|ten|five|hundred)$/.exec(lower);
  if (outOf?.[1] && outOf[2]) {
    const [part, whole] = [numberOf(outOf[1]), numberOf(outOf[2])];
    return part === null || !whole ? null : inRange((part / whole) * 100);
  }
  const value = numberOf(lower);
  if (value !== null && !/\b(?:third|quarter|half|fifth)s?\b/.test(lower)) {
    return inRange(/^level /.test(lower) && value <= 10 ? value * 10 : value);
  }
  const fraction = fractionOf(lower);
  if (fraction !== null) return inRange(fraction * 100);
  return WORDS.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
}

function inRange(value: number): number | null {
  return value < 0 || value > 100 ? null : Math.round(value);
}
