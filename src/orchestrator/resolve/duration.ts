import { isChinese } from './chinese-numbers.js';
import { secondsOfChinese } from './chinese-quantities.js';
import { digitsFromWords } from './number-words.js';

const SECONDS: Readonly<Record<string, number>> = { h: 3_600, m: 60, s: 1 };
const PART = /(\d+(?:\.\d+)?)\s*(h(?:ou)?rs?|h|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])/g;

/** "an hour and a half" and its kin as plain numbers with units. */
function plain(text: string): string {
  return digitsFromWords(text.replace(/(?<=[a-z])-(?=[a-z])/gi, ' '))
    .replace(/(\d),(\d)/g, '$1.$2')
    .replace(/\b(?:a )?couple(?: of)?\b/g, '2')
    .replace(/\bthree quarters of an? hour|\b3 quarters of an? hour/g, '45 min')
    .replace(/\b(?:an? )?quarter (?:of )?an hour|\b(?:an? )?quarter hour/g, '15 min')
    .replace(/(\d+) and (?:an? |1 )half(?= (?:h|m|s))/g, '$1.5')
    .replace(/(\d+) and (?:an? |1 )quarter(?= (?:h|m|s))/g, '$1.25')
    .replace(/\bhalf an? hour|\b(?:an? )?half hour/g, '30 min')
    .replace(/\bhalf an? minute|\b(?:an? )?half minute/g, '30 s')
    .replace(/(\d+) (h\w*|m\w*) and (?:an? |1 )half/g, '$1.5 $2')
    .replace(/\ban? (hour|minute|second) and (?:an? |1 )half/g, '1.5 $1')
    .replace(/\ban? (?=hour|minute|second)/g, '1 ')
    .replace(/(\d)-(?=[a-z])/g, '$1 ');
}

/** A duration in whole seconds: "1 hour 20", "ten minutes", "1h20", "90 sec", "1:30:00", "5" (minutes). Null for none. */
export function durationOf(text: string): number | null {
  if (isChinese(text)) return secondsOfChinese(text);
  const said = plain(text).trim();
  const clock = /^(\d+):(\d{2})(?::(\d{2}))?$/.exec(said);
  if (clock) {
    const [first, second, third] = [Number(clock[1]), Number(clock[2]), clock[3]];
    return positive(third === undefined ? first * 60 + second : first * 3_600 + second * 60 + Number(third));
  }
  let total = 0;
  let last = '';
  let end = 0;
  for (const match of said.matchAll(PART)) {
    last = match[2]?.charAt(0) ?? '';
    total += Number(match[1]) * (SECONDS[last] ?? 0);
    end = match.index + match[0].length;
  }
  const tail = /^\s*(?:and )?(\d+)$/.exec(said.slice(end));
  // "1 hour 20" means minutes after hours, "2 minutes 30" seconds after minutes; a bare number means minutes.
  if (tail) total += Number(tail[1]) * (last === 'm' ? 1 : 60);
  return positive(total);
}

function positive(seconds: number): number | null {
  const whole = Math.round(seconds);
  return whole >= 1 ? whole : null;
}
