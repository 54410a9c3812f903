import { digitsFromChinese } from './chinese-numbers.js';
import { secondsOfChinese } from './chinese-quantities.js';
import type { LocalMoment } from './local-moment.js';

const RELATIVE = /^(?:再?过)?(.+?)(?:以后|之后|后)/;
const QUARTERS: Readonly<Record<string, number>> = { 半: 30, '1刻': 15, '3刻': 45 };

/** The hour of the day: 下午三点 is 15, 晚上十二点 midnight, 中午一点 13, 凌晨两点 2; without a part of the day as said. */
function inDay(hour: number, text: string): number {
  if (/下午|傍晚|黄昏|午后/.test(text)) return hour < 12 ? hour + 12 : hour % 24;
  if (/半夜|夜里|深夜|凌晨|午夜/.test(text))
    return hour === 12 ? 0 : hour >= 6 && hour < 12 && !/凌晨/.test(text) ? hour + 12 : hour % 24;
  if (/晚/.test(text)) return hour === 12 ? 0 : hour >= 5 && hour < 12 ? hour + 12 : hour % 24;
  if (/中午|正午/.test(text)) return hour < 10 ? hour + 12 : hour % 24;
  return hour % 24;
}

/** A time of day said in Chinese: "早上七点半", "晚上八点一刻", "差五分九点", "下午3:20", "二十分钟后". Null when none is said. */
export function clockTimeOfChinese(text: string, now: LocalMoment): { hour: number; minute: number } | null {
  const plain = digitsFromChinese(text).replace(/\s+/g, '');
  const relative = RELATIVE.exec(plain);
  const seconds = relative?.[1] && !/天|周|星期|礼拜|月/.test(relative[1]) ? secondsOfChinese(relative[1]) : null;
  if (seconds !== null) {
    const minutes = now.hour * 60 + now.minute + Math.round(seconds / 60);
    return { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
  }
  const before = /差(\d+)分(?:钟|到)?(\d+)点/.exec(plain) ?? /(\d+)点差(\d+)分/.exec(plain);
  if (before?.[1] && before[2]) {
    const [minutes, hour] =
      plain.startsWith('差') || /差\d+分(?:钟|到)?\d+点/.test(plain) ? [before[1], before[2]] : [before[2], before[1]];
    const moment = (inDay(Number(hour), plain) * 60 - Number(minutes) + 1_440) % 1_440;
    return { hour: Math.floor(moment / 60), minute: moment % 60 };
  }
  const found = /(\d{1,2})(?:点钟?|时|:)(?:过)?(半|[13]刻|零?\d{1,2})?/.exec(plain);
  if (found) {
    const [, hour, rest = '0'] = found;
    const minute = QUARTERS[rest] ?? Number(rest.replace('零', ''));
    return Number(hour) > 24 || minute > 59 ? null : { hour: inDay(Number(hour), plain), minute };
  }
  if (/中午|正午/.test(plain)) return { hour: 12, minute: 0 };
  if (/午夜|半夜|零点|子夜/.test(plain)) return { hour: 0, minute: 0 };
  return null;
}

/** Where a part of the day begins when no hour is said. */
const PARTS: readonly [RegExp, number][] = [
  [/早|上午|清晨/, 9],
  [/中午|正午/, 12],
  [/下午|午后/, 15],
  [/傍晚|黄昏/, 18],
  [/晚/, 20],
];

/** The day that Chinese words name, counted from `base`; null when they name none. Days without a month lie ahead. */
function dayOf(plain: string, base: LocalMoment): Date | null {
  const day = (offset: number): Date => new Date(base.year, base.month - 1, base.day + offset);
  if (/大后天/.test(plain)) return day(3);
  if (/后天/.test(plain)) return day(2);
  if (/明天|明早|明晚|明儿|明日/.test(plain)) return day(1);
  if (/今天|今晚|今早|今儿|今日|现在/.test(plain)) return day(0);
  const later = /(\d+)天(?:以|之)?后/.exec(plain);
  if (later) return day(Number(later[1]));
  const weeks = /(\d+)(?:周|个?星期|个?礼拜)(?:以|之)?后/.exec(plain);
  if (weeks) return day(7 * Number(weeks[1]));
  const weekday = /(下下|下|这|本)?个?(?:周|星期|礼拜)([1-6日天末])/.exec(plain);
  if (weekday) return weekdayOf(weekday[1] ?? '', weekday[2] ?? '', base);
  return dateOf(plain, base);
}

/** Weeks begin on Monday: 下周三 is the next week's Wednesday, 周三 the next Wednesday to come. */
function weekdayOf(which: string, name: string, base: LocalMoment): Date {
  const wanted = name === '末' ? 6 : '日天'.includes(name) ? 7 : Number(name);
  const today = new Date(base.year, base.month - 1, base.day).getDay() || 7;
  let offset = wanted - today;
  if (which.startsWith('下')) offset += 7 * which.length;
  else if (offset < 0 || (offset === 0 && which === '')) offset += 7;
  return new Date(base.year, base.month - 1, base.day + offset);
}

function dateOf(plain: string, base: LocalMoment): Date | null {
  const found = /(?:(\d{4})年)?(?:(\d{1,2})月|(下个?月)|(?:这个?|本)月)?(\d{1,2})[号日]/.exec(plain);
  if (!found) return null;
  const [, year, month, next, date] = found;
  const today = new Date(base.year, base.month - 1, base.day);
  const monthIndex = month ? Number(month) - 1 : base.month - 1 + (next ? 1 : 0);
  const moment = new Date(year ? Number(year) : base.year, monthIndex, Number(date));
  if (year || next || moment >= today) return moment;
  return month ? new Date(base.year + 1, monthIndex, Number(date)) : new Date(base.year, base.month, Number(date));
}

/**
 * A date and time said in Chinese: "明天下午三点", "下周一早上九点", "五月三号上午十点", "两个小时后". A day without an hour begins at
 * nine, a bare hour of one to six is an afternoon's. `base` gives the day that a bare time belongs to. Null for neither.
 */
export function momentOfChinese(text: string, now: LocalMoment, base: LocalMoment = now): LocalMoment | null {
  // A weekday's numeral must not run into an hour in digits: 周五9:30.
  const apart = text
    .replace(/礼拜天|星期天|周天/g, '周日')
    .replace(/((?:周|星期|礼拜)[一二三四五六日末])(?=\d)/g, '$1，');
  const plain = digitsFromChinese(apart).replace(/\s+/g, '');
  const relative = RELATIVE.exec(plain)?.[1];
  const seconds = relative && !/天|周|星期|礼拜|月/.test(relative) ? secondsOfChinese(relative) : null;
  if (seconds !== null) {
    const later = new Date(now.year, now.month - 1, now.day, now.hour, now.minute + Math.round(seconds / 60));
    return momentAt(later, later.getHours(), later.getMinutes());
  }
  const day = dayOf(plain, now);
  const time = clockTimeOfChinese(withoutDate(plain), now);
  if (!day && !time) return null;
  const date = day ?? new Date(base.year, base.month - 1, base.day);
  if (!time) return momentAt(date, PARTS.find(([pattern]) => pattern.test(plain))?.[1] ?? 9, 0);
  const isBare = !/[早晚午晨夜傍]/.test(plain) && !/\d:\d/.test(plain);
  return momentAt(date, isBare && time.hour >= 1 && time.hour <= 6 ? time.hour + 12 : time.hour, time.minute);
}

/** The words without the date, whose numbers would be taken for hours. */
function withoutDate(plain: string): string {
  return plain
    .replace(/(?:\d{4}年)?(?:\d{1,2}月|下个?月|(?:这个?|本)月)?\d{1,2}[号日]/, '')
    .replace(/\d+(?:天|周|个?星期|个?礼拜)(?:以|之)?后/, '');
}

function momentAt(date: Date, hour: number, minute: number): LocalMoment {
  return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate(), hour, minute };
}
