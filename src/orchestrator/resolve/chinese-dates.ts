import type { LocalMoment } from './local-moment.js';
import type { Phrase } from './phrase.js';

/** A day as said. `isFixed` says that it is that very day; an open one (周五) moves on when its hour has passed. */
export interface ChineseDate {
  readonly day: Date;
  readonly isFixed: boolean;
  readonly isToday: boolean;
}

/**
 * Takes a day out of a phrase whose weekdays are written W1 to W7 and whose numerals are digits. Days, 下周 and 下个月 count
 * from `now`, other weekdays and dates from `from`. Undefined for none, null for one that does not exist or that contradicts itself.
 */
export function takeChineseDate(phrase: Phrase, now: LocalMoment, from: LocalMoment): ChineseDate | null | undefined {
  const date = takeNear(phrase, now) ?? takeWritten(phrase, now, from);
  if (date === null) return null;
  const weekday = phrase.take(/(下下|下|这|本)?个?\s*W([1-7])/);
  if (!weekday) return date;
  const wanted = Number(weekday[2]);
  // A weekday beside a date only confirms it.
  if (date) return (date.day.getDay() || 7) === wanted && !weekday[1]?.startsWith('下') ? date : null;
  return weekdayOf(weekday[1] ?? '', wanted, weekday[1] ? now : from);
}

const fixed = (day: Date): ChineseDate => ({ day, isFixed: true, isToday: false });

/** Days counted from today: 明天, 大后天, 三天后, 两周后. */
function takeNear(phrase: Phrase, now: LocalMoment): ChineseDate | undefined {
  const day = (offset: number): Date => new Date(now.year, now.month - 1, now.day + offset);
  const later = phrase.take(/(?:再过|过)?(\d+)(天|周|个?星期|个?礼拜)(?:以后|之后|后)/);
  if (later) return fixed(day(Number(later[1]) * (later[2] === '天' ? 1 : 7)));
  if (phrase.take(/大后[天日]/)) return fixed(day(3));
  if (phrase.take(/后[天日儿]/)) return fixed(day(2));
  if (phrase.take(/明天|明日|明儿个?|明(?=[早晚晨])/)) return fixed(day(1));
  if (phrase.take(/今天|今日|今儿个?|今(?=[早晚晨])/)) return { ...fixed(day(0)), isToday: true };
  return undefined;
}

/** Weeks begin on Monday: 下周三 is the next week's Wednesday, 周三 the next Wednesday to come. */
function weekdayOf(which: string, wanted: number, from: LocalMoment): ChineseDate {
  const today = new Date(from.year, from.month - 1, from.day).getDay() || 7;
  let offset = wanted - today;
  if (which.startsWith('下')) offset += 7 * which.length;
  else if (offset < 0) offset += 7;
  const day = new Date(from.year, from.month - 1, from.day + offset);
  return { day, isFixed: which.startsWith('下'), isToday: false };
}

/** Days of a month: 五月三号, 下个月5号, 28号, 月底, 这个月最后一天. */
function takeWritten(phrase: Phrase, now: LocalMoment, from: LocalMoment): ChineseDate | null | undefined {
  const last = phrase.take(/(?:(下)个?月|(?:这个?|本|当)月|(?<!\d|个)月|(\d{1,2})月)的?(?:底|末|最后1天)/);
  if (last) {
    const month = last[2] ? Number(last[2]) : now.month + (last[1] ? 1 : 0);
    return month > 12 && last[2] ? null : fixed(new Date(now.year + (last[2] && month < now.month ? 1 : 0), month, 0));
  }
  const found = phrase.take(/(?:(\d{4})年|(明)年|(今)年)?(?:(\d{1,2})月|(下个?月)|(?:这个?|本)月)?(\d{1,2})[号日]/);
  if (!found) return undefined;
  const [, year, nextYear, thisYear, month, next, date] = found;
  const day = Number(date);
  if (next) return real(now.year, now.month + 1, day);
  const monthNumber = month ? Number(month) : from.month;
  if (month && (monthNumber < 1 || monthNumber > 12)) return null;
  if (year || nextYear || thisYear) return real(year ? Number(year) : from.year + (nextYear ? 1 : 0), monthNumber, day);
  const isPast = monthNumber < from.month || (monthNumber === from.month && day < from.day);
  if (!isPast) return real(from.year, monthNumber, day);
  return month ? real(from.year + 1, monthNumber, day) : real(from.year, from.month + 1, day);
}

/** A day that exists, or null. */
function real(year: number, month: number, date: number): ChineseDate | null {
  const day = new Date(year, month - 1, date);
  return day.getDate() === date && date > 0 ? fixed(day) : null;
}
