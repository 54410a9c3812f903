import * as chrono from 'chrono-node';
import { momentOfChinese } from './chinese-moments.js';
import { isChinese } from './chinese-numbers.js';
import { clockTimeOf, formatClockTime } from './clock-time.js';
import type { LocalMoment } from './local-moment.js';
import { digitsFromWords } from './number-words.js';
import { withPlainDates } from './plain-dates.js';

/** Events without an hour start when a working day does. */
const DEFAULT_HOUR = 9;

/** A bare "at three" of an event is the afternoon's; nobody meets at night without saying so. */
const LAST_AFTERNOON_HOUR = 6;

const pad = (value: number): string => String(value).padStart(2, '0');

/** The moment's date and time as the catalogue writes it: "YYYY-MM-DDTHH:MM". */
export function formatMoment(moment: LocalMoment): string {
  return `${moment.year}-${pad(moment.month)}-${pad(moment.day)}T${formatClockTime(moment)}`;
}

/** The local wall-clock moment of an instant. */
export function momentOf(instant: Date): LocalMoment {
  return {
    year: instant.getFullYear(),
    month: instant.getMonth() + 1,
    day: instant.getDate(),
    hour: instant.getHours(),
    minute: instant.getMinutes(),
  };
}

/** Reads "YYYY-MM-DDTHH:MM", or null for another form. */
export function parseMoment(text: string): LocalMoment | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = found.slice(1).map(Number);
  return { year, month, day, hour, minute };
}

/** Spoken clock times as "H:MM", which the date library reads. */
function withPlainTimes(text: string): string {
  return digitsFromWords(text)
    .replace(/\bhalf (?:past )?(\d{1,2})\b/g, '$1:30')
    .replace(/\b(?:a )?quarter past (\d{1,2})\b/g, '$1:15')
    .replace(
      /\b(\d{1,2}) (?:minutes? )?past (\d{1,2})\b/g,
      (_, minute: string, hour: string) => `${hour}:${pad(Number(minute))}`,
    )
    .replace(/\b(?:a )?quarter to (\d{1,2})\b/g, (_, hour: string) => `${hourBefore(hour)}:45`)
    .replace(/\b(\d{1,2}) (?:minutes? )?to (\d{1,2})\b(?!\s*[-–])/g, (whole, minute: string, hour: string) =>
      Number(minute) % 5 === 0 ? `${hourBefore(hour)}:${pad(60 - Number(minute))}` : whole,
    )
    .replace(/\b(\d{1,2}) (\d{2})(?=\s*(?:[ap]\.?m\b|in the|$))/g, '$1:$2')
    .replace(/\b(\d{1,2})\.(\d{2})(?=\s*(?:[ap]\.?m\b|$))/g, '$1:$2')
    .replace(/o['’]?\s?clock/g, '')
    .replace(/\b(\d{1,2})(:\d{2})? in the morning\b/g, '$1$2 am')
    .replace(/\b(\d{1,2})(:\d{2})? in the (?:afternoon|evening)\b/g, '$1$2 pm')
    .replace(/(?<!\bthe )\bday after tomorrow\b/g, 'the day after tomorrow')
    .replace(/\bmidday\b/g, 'noon');
}

function hourBefore(hour: string): number {
  return Number(hour) === 1 ? 12 : Number(hour) - 1;
}

/**
 * A date and time: "tomorrow at 3 pm", "the 5th of May at ten", "Friday noon". Days without a year lie in the future; a
 * day without an hour starts at nine; a bare hour of one to six is an afternoon's. `base` gives the day that a bare time
 * belongs to. Null when neither day nor time is said.
 */
export function localDatetimeOf(text: string, now: LocalMoment, base: LocalMoment = now): string | null {
  if (isChinese(text)) {
    const moment = momentOfChinese(text, now, base);
    return moment ? formatMoment(moment) : null;
  }
  const end = base === now ? null : endOf(text, now, base);
  if (end) return formatMoment(end);
  const reference = new Date(base.year, base.month - 1, base.day, base.hour, base.minute);
  const said = withPlainDates(withPlainTimes(text), now);
  const [found] = chrono.en.casual.parse(said, reference, { forwardDate: true });
  if (!found) {
    const time = clockTimeOf(text, now);
    return time ? formatMoment({ ...base, ...time }) : null;
  }
  const { start } = found;
  const moment = {
    year: start.get('year') ?? base.year,
    month: start.get('month') ?? base.month,
    day: start.get('day') ?? base.day,
    hour: start.get('hour') ?? DEFAULT_HOUR,
    minute: start.get('minute') ?? 0,
  };
  if (start.isCertain('hour')) {
    const isCertain = start.isCertain('meridiem') || /\b0\d:/.test(said);
    return formatMoment(isCertain ? moment : inAfternoon(moment));
  }
  if (/\bmorning\b/.test(said)) return formatMoment({ ...moment, hour: DEFAULT_HOUR });
  if (/\b(?:tonight|evening|afternoon|night|noon|midnight)\b/.test(said)) return formatMoment(moment);
  const time = clockTimeOf(said.replace(found.text, ' '), now);
  return formatMoment(inAfternoon({ ...moment, ...(time ?? { hour: DEFAULT_HOUR, minute: 0 }) }));
}

/** A day, which an end time of its own rarely says. */
const DAY =
  /day\b|tomorrow|tonight|week|month|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d(?:st|nd|rd|th)\b|\d{4}-/i;

/** A bare end time: the first such hour after the start. Null when a day is said, or no time. */
function endOf(text: string, now: LocalMoment, start: LocalMoment): LocalMoment | null {
  const time = DAY.test(text) || /\b(?:in|later|after|from now)\b/.test(text) ? null : clockTimeOf(text, now);
  if (!time) return null;
  const isAfter = (hour: number): boolean => hour * 60 + time.minute > start.hour * 60 + start.minute;
  const saysHalf = /\b[ap]\.?\s?m\b|\d[ap]m\b|morning|noon|midnight|evening|night/i.test(text);
  if (isAfter(time.hour)) return { ...start, ...time };
  if (!saysHalf && time.hour < 12 && isAfter(time.hour + 12))
    return { ...start, hour: time.hour + 12, minute: time.minute };
  const next = new Date(start.year, start.month - 1, start.day + 1);
  return { ...momentOf(next), ...time };
}

function inAfternoon(moment: LocalMoment): LocalMoment {
  return moment.hour >= 1 && moment.hour <= LAST_AFTERNOON_HOUR ? { ...moment, hour: moment.hour + 12 } : moment;
}
