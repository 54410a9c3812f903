import { isChinese } from './chinese-numbers.js';
import { secondsOfChinese } from './chinese-quantities.js';
import { digitsFromWords, withDecimals } from './number-words.js';
import { IDLE, Phrase } from './phrase.js';

const SECONDS: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };
const UNIT = '(h(?:ou)?rs?|h|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])';
const PART = new RegExp(`(?<![\\d.])(\\d+(?:\\.\\d+)?) ?${UNIT}`);
const PARTS_OF: Readonly<Record<string, number>> = {
  half: 0.5,
  quarter: 0.25,
  'three quarters': 0.75,
  '3 quarters': 0.75,
};

/** "an hour and a half", "three quarters of an hour" and their kin as plain numbers with units. */
function plain(text: string): string {
  const spaced = text.normalize('NFKC').replace(/(?<=[a-z])-(?=[a-z])/gi, ' ');
  return withDecimals(digitsFromWords(spaced))
    .replace(/\b(?:a )?couple(?: of)?\b/g, '2')
    .replace(/(\d)-(?=[a-z])/g, '$1 ')
    .replace(
      new RegExp(`\\b(?:an? )?(half|quarter|three quarters|3 quarters)(?: of)?(?: an?)? ${UNIT}`, 'g'),
      (_, part: string, unit: string) => `${PARTS_OF[part] ?? 0} ${unit}`,
    )
    .replace(/\b(?:an?|the) (?=(?:hour|minute|second)\b)/g, '1 ')
    .replace(
      new RegExp(
        `(\\d+) ${UNIT} and (?:(?:an? |1 )?(half|quarter)|((?:three|3) quarters))(?! of| an?\\b| h| m| s)`,
        'g',
      ),
      (_, count: string, unit: string, part: string | undefined, parts: string | undefined) =>
        `${Number(count) + (PARTS_OF[part ?? parts ?? ''] ?? 0)} ${unit}`,
    );
}

/**
 * A duration in whole seconds: "1 hour 20", "ten minutes", "1h20", "90 sec", "1:30:00", "5" (minutes). Null for none, and
 * when any word of it is not understood: "ten to fifteen minutes" is neither.
 */
export function durationOf(text: string): number | null {
  if (isChinese(text)) return secondsOfChinese(text);
  const said = plain(text).trim();
  const clock = /^(\d+):(\d{2})(?::(\d{2}))?$/.exec(said);
  if (clock) {
    const [first, second, third] = [Number(clock[1]), Number(clock[2]), clock[3]];
    return positive(third === undefined ? first * 60 + second : first * 3_600 + second * 60 + Number(third));
  }
  const phrase = new Phrase(said);
  const parts: { readonly value: number; readonly unit: string }[] = [];
  for (let part = phrase.take(PART); part; part = phrase.take(PART))
    parts.push({ value: Number(part[1]), unit: part[2]?.charAt(0) ?? '' });
  const last = parts.at(-1)?.unit ?? '';
  // "1 hour 20" means minutes after hours, "2 minutes 30" seconds after minutes; a bare number means minutes.
  const tail = last === 's' ? null : phrase.take(/(?<![\d.:])(\d+(?:\.\d+)?)$/);
  const isRange = /\d ?(?:to|or|-|–) ?\d/.test(said);
  // Units come once each, from the greatest to the least.
  const isOrdered = parts.every(
    ({ unit }, index) => index === 0 || 'hms'.indexOf(unit) > 'hms'.indexOf(parts[index - 1]?.unit ?? ''),
  );
  if (isRange || !isOrdered || !phrase.isSpent(IDLE) || /^[-−]/.test(said)) return null;
  const total = parts.reduce((sum, { value, unit }) => sum + value * (SECONDS[unit] ?? 0), 0);
  return positive(total + (tail ? Number(tail[1]) * (last === 'm' ? 1 : 60) : 0));
}

function positive(seconds: number): number | null {
  const whole = Math.round(seconds);
  return whole >= 1 ? whole : null;
}
