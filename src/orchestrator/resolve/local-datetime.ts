import { momentOfChinese } from './chinese-moments.js';
import { isChinese } from './chinese-numbers.js';
import { formatClockTime, secondsAhead } from './clock-time.js';
import { takeDate } from './english-date.js';
import { type DayPart, hourInDay, plainMoment, takeDayParts, takeTime } from './english-time.js';
import {
  addDays,
  endTime,
  inAfternoon,
  isBefore,
  type LocalMoment,
  momentAfter,
  momentOf,
  nextTime,
} from './local-moment.js';
import { IDLE, Phrase } from './phrase.js';

/** Where a part of the day begins when no hour is said; an event without an hour starts when a working day does. */
const PARTS: Readonly<Record<DayPart, number>> = { morning: 9, afternoon: 15, evening: 20, night: 22 };
const DEFAULT_HOUR = 9;

const pad = (value: number): string => String(value).padStart(2, '0');

/** The moment's date and time as the catalogue writes it: "YYYY-MM-DDTHH:MM". */
export function formatMoment(moment: LocalMoment): string {
  return `${moment.year}-${pad(moment.month)}-${pad(moment.day)}T${formatClockTime(moment)}`;
}

export { momentOf };

/** Reads "YYYY-MM-DDTHH:MM", or null for another form. */
export function parseMoment(text: string): LocalMoment | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return { year, month, day, hour, minute };
}

/**
 * A date and time: "tomorrow at 3 pm", "the 5th of May at ten", "Friday noon", "Wednesday week at two". Days without a year
 * lie in the future; a day without an hour starts at nine; a bare hour of one to six is an afternoon's. `base` gives the
 * day that a bare time belongs to, where it is not now: an event's start, after which the moment lies. Null when neither
 * day nor time is said, and when any word of the text is not understood.
 */
export function localDatetimeOf(text: string, now: LocalMoment, base: LocalMoment = now): string | null {
  const moment = isChinese(text) ? momentOfChinese(text, now, base) : englishMoment(text, now, base);
  return moment && formatMoment(moment);
}

function englishMoment(text: string, now: LocalMoment, base: LocalMoment): LocalMoment | null {
  const said = plainMoment(text);
  const ahead = secondsAhead(said);
  if (typeof ahead === 'number') return momentAfter(now, ahead);
  const phrase = new Phrase(said);
  const date = takeDate(phrase, now, base);
  if (date === null) return null;
  const { letter, part: saidPart, conflict } = takeDayParts(phrase);
  const part = saidPart ?? date?.part ?? null;
  const time = takeTime(phrase);
  if (conflict || (letter && !time) || (!date && !time) || !phrase.isSpent(IDLE)) return null;
  const hour = time ? hourInDay(time, letter, part) : part ? PARTS[part] : DEFAULT_HOUR;
  if (hour === null) return null;
  const isOpen = time !== null && !time.isCertain && !letter && !part;
  const moment = { hour, minute: time?.minute ?? 0 };
  if (!date) return base === now ? nextTime(now, moment, isOpen) : endTime(base, moment, isOpen);
  const isSmallHour = part === 'night' && hour < 5;
  // Tonight's twelve and one o'clock are tomorrow's; of another night nobody knows.
  if (isSmallHour && date.part !== 'night') return null;
  const day = momentOf(
    new Date(date.day.getFullYear(), date.day.getMonth(), date.day.getDate() + (isSmallHour ? 1 : 0)),
  );
  const there = { ...day, ...(isOpen ? inAfternoon(moment) : moment) };
  if (!date.isFixed && !isBefore(base, there)) return addDays(there, 7);
  // An event ends after it starts.
  return base !== now && !isBefore(base, there) ? null : there;
}
