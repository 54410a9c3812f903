import { isChinese } from './chinese-numbers.js';
import { millimetresOfChinese } from './chinese-quantities.js';
import { digitsFromWords, takeFraction, takeNumber, withDecimals } from './number-words.js';
import { IDLE, Phrase } from './phrase.js';

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/(?<![a-z])(?:mm|mils?|millimet(?:er|re)s?)\b/, 1],
  [/(?<![a-z])(?:cms?|centimet(?:er|re)s?)\b/, 10],
  [/(?<![a-z])(?:in|inch(?:es)?)\b|["″]/, 25.4],
  [/(?<![a-z])(?:ft|foot|feet)\b/, 304.8],
  [/(?<![a-z])(?:m|met(?:er|re)s?)\b/, 1_000],
];
/** "An inch and a half": the fraction stands behind the unit. */
const BEHIND = /\band (?:(?:a|one|1) )?(?:half|quarter)\b|\band (?:three|3) quarters\b/;

/**
 * A length in whole millimetres; a bare number is millimetres, as the catalogue has it. Null when there is none, and when
 * any word is not understood.
 */
export function millimetresOf(text: string): number | null {
  if (isChinese(text)) return millimetresOfChinese(text);
  const said = text.normalize('NFKC').toLowerCase().trim();
  const phrase = new Phrase(withDecimals(digitsFromWords(said)));
  const unit = UNITS.find(([pattern]) => phrase.take(pattern));
  const behind = unit ? phrase.take(BEHIND) : null;
  const more = behind ? (takeFraction(new Phrase(behind[0])) ?? 0) : 0;
  const value =
    takeFraction(phrase) ?? takeNumber(phrase) ?? (unit && /^(?:an? )?[a-z]/.test(said) && !/\d/.test(said) ? 1 : null);
  if (value === null || value < 0 || !phrase.isSpent(IDLE)) return null;
  return Math.round((value + more) * (unit?.[1] ?? 1));
}
