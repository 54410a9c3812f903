import * as chrono from 'chrono-node';
import type { Span } from '../../core/plan-draft.js';

const HAN = /\p{Script=Han}/u;
const HOUR = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\\d{1,2})';
const MINUTE =
  "(?:o['’ ]?clock|oh (?:one|two|three|four|five|six|seven|eight|nine)|(?:ten|fifteen|thirty|twenty|forty|fifty)(?:[- ]?(?:one|two|three|four|five|six|seven|eight|nine))?|[0-5]\\d)";
const PART = '(?:[ap]\\.?m\\b\\.?|in the (?:morning|afternoon|evening)|at night|tonight)';
const AMOUNT = '(?:an?|half an|[a-z]+(?:[- ][a-z]+)?|\\d+)';

/** Times that people say in words, which the date library does not read. */
const SPOKEN: readonly RegExp[] = [
  new RegExp(
    `\\b(?:half|(?:a )?quarter|(?:five|ten|twenty(?:[- ]?five)?|\\d{1,2})(?: minutes?)?) (?:past|to|till) ${HOUR}\\b(?: ${PART})?`,
    'gi',
  ),
  new RegExp(`\\bhalf ${HOUR}\\b(?: ${PART})?`, 'gi'),
  new RegExp(`\\b${HOUR} ${MINUTE}\\b(?: ${PART})?`, 'gi'),
  new RegExp(`\\b${HOUR}\\s?${PART}`, 'gi'),
  new RegExp(`\\b(?<=\\b(?:at|for|by|until|till|to|from) )${HOUR}\\b(?!:)`, 'gi'),
  new RegExp(`\\bin ${AMOUNT} (?:hours?|minutes?|mins?|days?|weeks?)\\b`, 'gi'),
  /\b(?:noon|midday|midnight|tonight)\b/gi,
];

const NUMERAL = '[\\d零〇一二两三四五六七八九十]+';
const CHINESE: readonly RegExp[] = [
  new RegExp(
    `(?:(?:今天|明天|后天|今早|明早|今晚|明晚|(?:下|这|本)*(?:周|星期|礼拜)[一二三四五六日天末]|${NUMERAL}月${NUMERAL}[号日])?(?:的)?(?:早上|上午|中午|下午|傍晚|晚上|凌晨|夜里|早|晚)?)?(?:差${NUMERAL}分(?:钟)?(?:到)?)?${NUMERAL}(?:点钟?|:\\d{2})(?:半|[一三]刻|过?${NUMERAL}分?)?`,
    'g',
  ),
  new RegExp(`(?:${NUMERAL}|半)个?(?:小时|钟头|分钟|天|星期|周)(?:以后|之后|后)`, 'g'),
  /(?:今天|明天|后天|大后天|今早|明早|今晚|明晚|中午|午夜)/g,
];

/** What may stand between two words of one moment: "tomorrow, at 3". */
const JOINED = /^[\s,，的]*(?:(?:at|on|in|by|for|from|the)\s+)*$/i;

/**
 * The words of a sentence that name a moment (a date, a time of day, or both), in the sentence's order. Dates and times
 * side by side are one moment. A reader resolves them; nothing is computed here, as a planner knows no clock.
 */
export function momentWords(sentence: string): readonly Span[] {
  const found: { start: number; end: number }[] = [];
  const take = (text: string, start: number): void => void found.push({ start, end: start + text.length });
  const reader = HAN.test(sentence) ? chrono.zh.hans.casual : chrono.en.casual;
  for (const result of reader.parse(sentence)) take(result.text, result.index);
  for (const pattern of HAN.test(sentence) ? CHINESE : SPOKEN)
    for (const match of sentence.matchAll(pattern)) take(match[0], match.index);

  const moments: { start: number; end: number }[] = [];
  for (const next of found.filter(({ start, end }) => end > start).sort((one, other) => one.start - other.start)) {
    const last = moments.at(-1);
    const joins = last && (next.start < last.end || JOINED.test(sentence.slice(last.end, next.start)));
    if (joins) last.end = Math.max(last.end, next.end);
    else moments.push({ ...next });
  }
  return moments.map(({ start, end }) => ({ text: sentence.slice(start, end), start, end }));
}
