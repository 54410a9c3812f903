import { fractionOf, numberOf } from './number-words.js';

const UNITS: readonly [RegExp, number][] = [
  [/\b(?:mm|millimet(?:er|re)s?)\b|\dmm\b/i, 1],
  [/\b(?:cms?|centimet(?:er|re)s?)\b|\dcm\b/i, 10],
  [/\b(?:in|inch(?:es)?)\b|["″]/i, 25.4],
  [/\b(?:m|met(?:er|re)s?)\b/i, 1_000],
];

/** A length in whole millimetres; a bare number is millimetres, as the catalogue has it. Null when there is none. */
export function millimetresOf(text: string): number | null {
  const value = /\bhalf an? /.test(text)
    ? fractionOf(text)
    : (numberOf(text) ?? (/^an? /i.test(text.trim()) ? 1 : null));
  if (value === null) return null;
  const factor = UNITS.find(([pattern]) => pattern.test(text))?.[1] ?? 1;
  return Math.round(value * factor);
}
