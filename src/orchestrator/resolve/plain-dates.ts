import type { LocalMoment } from './local-moment.js';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const MONTH = `(?:${MONTHS.join('|')}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)`;
/** "the 3rd", but not "the 3rd of May" or "May the 3rd". */
const DAY_OF_MONTH = new RegExp(`(?<!${MONTH} )\\b(?:on )?the (\\d{1,2})(?:st|nd|rd|th)\\b(?! (?:of )?${MONTH})`, 'g');
const WEEKS_FROM = new RegExp(
  `\\b(an?|\\d+) weeks? (?:from|after) (?:next )?(${DAYS.join('|')}|today|tomorrow|now)\\b`,
  'g',
);

/** Dates that the date library does not know, written out: "the 3rd" -> "december 3 2026", "a week from tuesday" likewise. */
export function withPlainDates(text: string, base: LocalMoment): string {
  return text
    .replace(DAY_OF_MONTH, (whole, said: string) => {
      const day = Number(said);
      if (day < 1 || day > 31) return whole;
      const month = base.month - 1 + (day < base.day ? 1 : 0);
      return written(new Date(base.year, month, day));
    })
    .replace(WEEKS_FROM, (_, said: string, from: string) => {
      const weeks = said.startsWith('a') ? 1 : Number(said);
      return written(new Date(base.year, base.month - 1, base.day + daysUntil(from, base) + 7 * weeks));
    });
}

/** Days from the base to a named one, which lies ahead. */
function daysUntil(name: string, base: LocalMoment): number {
  if (name === 'today' || name === 'now') return 0;
  if (name === 'tomorrow') return 1;
  const today = new Date(base.year, base.month - 1, base.day).getDay();
  return (DAYS.indexOf(name) - today + 7) % 7 || 7;
}

const written = (date: Date): string => `${MONTHS[date.getMonth()]} ${date.getDate()} ${date.getFullYear()}`;
