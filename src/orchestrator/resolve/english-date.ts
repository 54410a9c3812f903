import type { LocalMoment } from './local-moment.js';
import type { Phrase } from './phrase.js';

/** A day as said. `isFixed` says that it is that very day; an open one ("Friday") moves on when its hour has passed. */
export interface SaidDate {
  readonly day: Date;
  readonly isFixed: boolean;
  /** "Tonight" says the part of the day with the day. */
  readonly part: 'night' | null;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b\\.?';
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY =
  '(?<weekday>sunday|monday|tuesday|wednesday|thursday|friday|saturday|sun|mon|tues?|weds?|thur?s?|fri|sat)\\b\\.?';
const ORDINAL = '(?<date>\\d{1,2})(?:st|nd|rd|th)\\b';
const COUNT = '(?<count>an?|\\d+|a couple of)';
const YEAR = '(?:,? (?<year>20\\d{2}))?';

const DAY_BY_MONTH = [
  new RegExp(`\\b(?:the )?${ORDINAL}(?: of)? ${MONTH}${YEAR}(?![:.]?\\d)`),
  new RegExp(`\\b${MONTH} (?:the )?${ORDINAL}${YEAR}(?![:.]?\\d)`),
  new RegExp(`(?<![:.\\d])\\b(?<date>\\d{1,2}) (?:of )?${MONTH}${YEAR}(?![:.]?\\d)`),
  new RegExp(`\\b${MONTH} (?<date>\\d{1,2})${YEAR}(?![:.\\d])`),
];
/** A bare number on either side of a month: which one is its day, and which the hour? */
const TORN_MONTH = new RegExp(
  `(?<![:.\\d])\\b(?:\\d|1[0-2]) ${MONTH} \\d{1,2}(?!\\d|st|nd|rd|th|[:.]\\d| ?[ap]m| \\d{2}\\b| in the| at night)`,
);

/**
 * Takes a day out of a phrase. "Today", "tomorrow" and "next" count from `now`, other weekdays and dates from `from`.
 * Undefined for none, null for one that does not exist or that contradicts itself.
 */
export function takeDate(phrase: Phrase, now: LocalMoment, from: LocalMoment = now): SaidDate | null | undefined {
  if (phrase.has(TORN_MONTH)) return null;
  const written = takeWritten(phrase, now, from);
  const relative = written === undefined ? takeRelative(phrase, now, from) : undefined;
  const known = written ?? relative;
  if (written === null || relative === null) return null;
  const weekday = phrase.take(
    new RegExp(
      `\\b(?:on )?(?:(?<which>this|next|this coming|coming) )?${DAY}(?<later> next week| of next week| after next)?`,
    ),
  )?.groups;
  if (!weekday) return known ?? (phrase.has(/\bnext week\b/) ? null : undefined);
  const wanted = DAYS.findIndex((day) => weekday.weekday?.startsWith(day));
  // A weekday beside a date only confirms it.
  if (known) return known.day.getDay() === wanted && !weekday.which && !weekday.later ? known : null;
  const isNextWeek = phrase.take(/\b(?:on )?next week(?: on)?\b/) !== null || /week/.test(weekday.later ?? '');
  if (weekday.which === 'next' || isNextWeek) return fixed(inNextWeek(wanted, now));
  const days = daysUntil(wanted, from);
  if (weekday.later) return fixed(dayAfter(from, days + 7));
  return { day: dayAfter(from, days), isFixed: false, part: null };
}

/** Dates with a month or a number: ISO, 12/25, "the 5th of May", "the 3rd", "the last day of the month". */
function takeWritten(phrase: Phrase, now: LocalMoment, from: LocalMoment): SaidDate | null | undefined {
  const iso = phrase.take(/\b(\d{4})-(\d{1,2})-(\d{1,2})(?:t(?=\d)|(?!\d))/);
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = phrase.take(/(?<!\d)(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?!\d)/);
  if (slashed) {
    const [first, second] = [Number(slashed[1]), Number(slashed[2])];
    const [month, date] = first > 12 ? [second, first] : [first, second];
    return upcoming(month, date, slashed[3], from);
  }
  for (const pattern of DAY_BY_MONTH) {
    const found = phrase.take(pattern)?.groups;
    if (found) return upcoming(monthOf(found.month), Number(found.date), found.year, from);
  }
  const last = phrase.take(/\b(?:on )?(?:the )?(?:last day|end) of (?:the|this|(next)) month\b/);
  if (last) return fixed(new Date(now.year, now.month + (last[1] ? 1 : 0), 0));
  const ofMonth = phrase.take(
    new RegExp(`\\b(?:on )?(?:the )?${ORDINAL} of (?:the|this|(?<next>next)) month\\b`),
  )?.groups;
  if (ofMonth) return real(now.year, now.month + (ofMonth.next ? 1 : 0), Number(ofMonth.date));
  const date = phrase.take(new RegExp(`\\b(?:on )?(?:the )?${ORDINAL}`))?.groups;
  if (!date) return undefined;
  const day = Number(date.date);
  // The 31st is the next month's that has one.
  const months = [0, 1, 2].filter((ahead) => ahead > 0 || day >= from.day);
  return months.map((ahead) => real(from.year, from.month + ahead, day)).find((found) => found !== null) ?? null;
}

/** Days counted from another: "tomorrow", "a week on Monday", "Friday fortnight", "in three days". */
function takeRelative(phrase: Phrase, now: LocalMoment, from: LocalMoment): SaidDate | null | undefined {
  const british = phrase.take(
    new RegExp(`\\b(?:on )?(?:(?:the )?${DAY}|(?<near>today|tomorrow)) (?<span>week|fortnight)\\b`),
  )?.groups;
  if (british) return fixed(dayAfter(now, anchorDays(british, from, now) + (british.span === 'week' ? 7 : 14)));
  const counted = phrase.take(
    new RegExp(
      `\\b${COUNT} ?(?<span>weeks?|fortnights?|days?) (?:on|from|after)? ?(?:(?:next|this) )?(?:${DAY}|(?<near>today|tomorrow|now|the day after tomorrow))(?![a-z])`,
    ),
  )?.groups;
  if (counted) return fixed(dayAfter(now, anchorDays(counted, from, now) + spanDays(counted)));
  const ahead = phrase.take(
    new RegExp(
      `\\bin ${COUNT} (?<span>weeks?|fortnights?|days?)(?:['’]s?)?(?: time)?\\b|\\b(?<count2>an?|\\d+) (?<span2>weeks?|fortnights?|days?) (?:later|hence)\\b`,
    ),
  )?.groups;
  if (ahead)
    return fixed(dayAfter(now, spanDays({ count: ahead.count ?? ahead.count2, span: ahead.span ?? ahead.span2 })));
  if (phrase.take(/\b(?:on )?(?:the )?day after tomorrow\b/)) return fixed(dayAfter(now, 2));
  if (phrase.take(/\b(?:on )?tomorrow\b/)) return fixed(dayAfter(now, 1));
  if (phrase.take(/\btonight\b/)) return { day: dayAfter(now, 0), isFixed: true, part: 'night' };
  if (phrase.take(/\btoday\b/)) return fixed(dayAfter(now, 0));
  // "This evening" is today's; the part of the day is taken with the time.
  return phrase.has(/\bthis (?:morning|afternoon|evening)\b/) ? fixed(dayAfter(now, 0)) : undefined;
}

const fixed = (day: Date): SaidDate => ({ day, isFixed: true, part: null });

const dayAfter = (from: LocalMoment, days: number): Date => new Date(from.year, from.month - 1, from.day + days);

function spanDays({ count = '', span = '' }: Readonly<Record<string, string | undefined>>): number {
  const number = count.startsWith('a c') ? 2 : count.startsWith('a') ? 1 : Number(count);
  return number * (span.startsWith('w') ? 7 : span.startsWith('f') ? 14 : 1);
}

/** Days from now to the day that a span is counted from. */
function anchorDays(groups: Readonly<Record<string, string | undefined>>, from: LocalMoment, now: LocalMoment): number {
  if (groups.near === 'tomorrow') return 1;
  if (groups.near?.startsWith('the day')) return 2;
  if (groups.near) return 0;
  const wanted = DAYS.findIndex((day) => groups.weekday?.startsWith(day));
  const between = (dayAfter(from, 0).getTime() - dayAfter(now, 0).getTime()) / 86_400_000;
  return Math.round(between) + (daysUntil(wanted, from) || 7);
}

const monthOf = (name: string | undefined): number => MONTHS.findIndex((month) => name?.startsWith(month)) + 1;

/** Days to the next such weekday, 0 for today. */
function daysUntil(weekday: number, from: LocalMoment): number {
  return (weekday - dayAfter(from, 0).getDay() + 7) % 7;
}

/** Weeks begin on Monday: on a Wednesday "next Friday" is nine days ahead, "next Monday" five. */
function inNextWeek(weekday: number, from: LocalMoment): Date {
  const [today, wanted] = [dayAfter(from, 0).getDay() || 7, weekday || 7];
  return dayAfter(from, wanted - today + 7);
}

/** A day that exists, or null. A month of 13 is the next year's first. */
function real(year: number, month: number, date: number): SaidDate | null {
  const day = new Date(year, month - 1, date);
  return day.getDate() === date && date > 0 ? fixed(day) : null;
}

/** A date without a year lies ahead. */
function upcoming(month: number, date: number, year: string | undefined, from: LocalMoment): SaidDate | null {
  if (month < 1 || month > 12) return null;
  if (year) return real(Number(year), month, date);
  const isPast = month < from.month || (month === from.month && date < from.day);
  return real(from.year + (isPast ? 1 : 0), month, date);
}
