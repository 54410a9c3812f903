import { isChinese } from './chinese-numbers.js';
import { millimetresOfChinese } from './chinese-quantities.js';
import { fractionOf, numberOf } from './number-words.js';

const UNITS: readonly [RegExp, number][] = [
  [/\b(?:mm|millimet(?:er|re)s?)\b|\dmm\b/i, 1],
  [/\b(?:cms?|centimet(?:er|re)s?)\b|\dcm\b/i, 10],
  [/\b(?:in|inch(?:es)?)\b|["″]/i, 25.4],
  [/\b(?:m|met(?:er|re)s?)\b/i, 1_000],
];

/** A length in whole millimetres; a bare number is millimetres, as the catalogue has it. Null when there is none. */
export function millimetresOf(text: string): number | null {
  if (isChinese(text)) return millimetresOfChinese(text);
  const factor = UNITS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
  // "an inch" is one; "a bit" is no length at all.
  const one = factor !== null && /^an? /i.test(text.trim()) ? 1 : null;
  const value = /\bhalf an? /.test(text) ? fractionOf(text) : (numberOf(text) ?? one);
  return value === null ? null : Math.round(value * (factor ?? 1));
}
