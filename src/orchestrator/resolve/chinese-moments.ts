import { takeChineseDate } from './chinese-dates.js';
import { digitsFromChinese, isVague } from './chinese-numbers.js';
import { secondsOfChinese } from './chinese-quantities.js';
import {
  addDays,
  endTime,
  inAfternoon,
  isBefore,
  type LocalMoment,
  momentAfter,
  momentOf,
  nextTime,
  type Time,
} from './local-moment.js';
import { CHINESE_IDLE, Phrase } from './phrase.js';

const RELATIVE = /^(?:再|再过|过)?(.+?)(?:以后|之后|后)$/;
const QUARTERS: Readonly<Record<string, number>> = { 半: 30, '1刻': 15, '3刻': 45 };

/** Parts of the day, with the hour at which an event begins that says no other. */
const PARTS: readonly (readonly [part: Part, RegExp, number | null])[] = [
  ['dawn', /凌晨|清晨|明晨|早晨/, 9],
  ['morning', /早上|早起|上午|一早|清早|大早|早/, 9],
  ['noon', /中午|正午/, 12],
  ['afternoon', /下午|午后/, 15],
  ['dusk', /傍晚|黄昏/, 18],
  ['midnight', /半夜|夜里|深夜|午夜|子夜/, 0],
  ['evening', /晚上|夜晚|晚间|晚/, 20],
];
type Part = 'dawn' | 'morning' | 'noon' | 'afternoon' | 'dusk' | 'midnight' | 'evening';

/**
 * The hour of the day: 下午三点 is 15, 晚上十二点 midnight, 中午一点 13, 凌晨两点 2; without a part of the day as said. Null where the
 * two contradict each other.
 */
function inDay(hour: number, part: Part | null): number | null {
  switch (part) {
    case null:
      return hour % 24;
    case 'dawn':
    case 'morning':
      return hour <= 12 ? hour % (part === 'dawn' ? 12 : 24) : null;
    case 'noon':
      return hour >= 10 && hour <= 14 ? hour : hour < 4 ? hour + 12 : null;
    case 'afternoon':
    case 'dusk':
      return hour < 12 ? (hour === 0 ? null : hour + 12) : hour;
    case 'midnight':
      return hour === 12 || hour === 24 ? 0 : hour >= 6 && hour < 12 ? hour + 12 : hour;
    case 'evening':
      return hour === 12 || hour === 24 ? 0 : hour >= 5 && hour < 12 ? hour + 12 : hour;
  }
}

interface SaidTime extends Time {
  readonly part: Part | null;
  /** Written as a clock shows it: 9:30. */
  readonly isWritten: boolean;
}

/** Takes a time of day out of a phrase; `hour` null for a part of the day alone, null where the words contradict. */
function takeTime(phrase: Phrase): SaidTime | { readonly part: Part } | null | undefined {
  const part = PARTS.find(([, pattern]) => phrase.take(pattern))?.[0] ?? null;
  const said = takeClock(phrase);
  if (said === null) return null;
  if (said === undefined) return part === null ? undefined : { part };
  const hour = said.hour > 24 || said.minute > 59 ? null : inDay(said.hour, part);
  if (hour === null) return null;
  const minutes = (hour * 60 + said.minute - said.before + 1_440) % 1_440;
  return { hour: Math.floor(minutes / 60), minute: minutes % 60, part, isWritten: said.isWritten };
}

interface Clock {
  readonly hour: number;
  readonly minute: number;
  /** Minutes that are still missing: 差五分九点. */
  readonly before: number;
  readonly isWritten: boolean;
}

function takeClock(phrase: Phrase): Clock | null | undefined {
  const before = phrase.take(/差(\d+)(分|刻)(?:钟)?(?:到|就)?(\d+)点(?:钟|整)?/);
  if (before) return { hour: Number(before[3]), minute: 0, before: quarters(before[1], before[2]), isWritten: false };
  const lacking = phrase.take(/(\d+)点差(\d+)(分|刻)(?:钟)?/);
  if (lacking)
    return { hour: Number(lacking[1]), minute: 0, before: quarters(lacking[2], lacking[3]), isWritten: false };
  const written = phrase.take(/(\d{1,2}):(\d{2})(?!\d)/);
  if (written) return { hour: Number(written[1]), minute: Number(written[2]), before: 0, isWritten: true };
  const found = phrase.take(/(\d{1,2})(?:点钟?|时)(?:过)?(半|[13]刻|零?\d{1,2})?(?:分钟?)?整?/);
  if (!found) {
    return phrase.take(/零点|0点/) ? { hour: 0, minute: 0, before: 0, isWritten: false } : undefined;
  }
  const rest = found[2] ?? '0';
  return {
    hour: Number(found[1]),
    minute: QUARTERS[rest] ?? Number(rest.replace('零', '')),
    before: 0,
    isWritten: false,
  };
}

const quarters = (count: string | undefined, unit: string | undefined): number =>
  Number(count) * (unit === '刻' ? 15 : 1);

/** Weekdays with a letter for their numeral, which would run into an hour's: 周五四点 is "W5 4点", 周五9:30 "W5 9:30". */
function plainMoment(text: string): string | null {
  const days = '一二三四五六日';
  const apart = text
    .normalize('NFKC')
    .replace(/(?:周|星期|礼拜)([一二三四五六日天末])/g, (_, day: string) =>
      day === '末' ? 'W6' : ` W${days.indexOf(day === '天' ? '日' : day) + 1} `,
    );
  return isVague(apart)
    ? null
    : digitsFromChinese(apart)
        .replace(/\s+/g, ' ')
        .replace(/(?<=[^\dW]) | (?=[^\dW])/g, '')
        .trim();
}

/** The moment that words like 二十分钟后 and 过半小时 name. Undefined for words of another form. */
function momentAhead(plain: string, now: LocalMoment): LocalMoment | undefined {
  const words = RELATIVE.exec(plain)?.[1] ?? /^(?:再过|过)(.+)$/.exec(plain)?.[1];
  const seconds = words && !/天|周|星期|礼拜|月|W/.test(words) ? secondsOfChinese(words) : null;
  return seconds === null ? undefined : momentAfter(now, seconds);
}

/**
 * A time of day said in Chinese: "早上七点半", "晚上八点一刻", "差五分九点", "下午3:20", "二十分钟后". Today and tomorrow may stand beside it,
 * no other day. Null when none is said, or when anything else is.
 */
export function clockTimeOfChinese(text: string, now: LocalMoment): Time | null {
  const plain = plainMoment(text);
  if (plain === null) return null;
  const ahead = momentAhead(plain, now);
  if (ahead) return { hour: ahead.hour, minute: ahead.minute };
  const phrase = new Phrase(plain);
  phrase.take(/今天|今儿个?|今日|明天|明儿个?|明日|今(?=[早晚晨])|明(?=[早晚])/);
  const time = takeTime(phrase);
  if (!time || !phrase.isSpent(CHINESE_IDLE)) return null;
  if ('hour' in time) return { hour: time.hour, minute: time.minute };
  return time.part === 'noon' ? { hour: 12, minute: 0 } : time.part === 'midnight' ? { hour: 0, minute: 0 } : null;
}

/**
 * A date and time said in Chinese: "明天下午三点", "下周一早上九点", "五月三号上午十点", "两个小时后", "月底那天下午三点". A day without an hour begins
 * at nine, a bare hour of one to six is an afternoon's. `base` gives the day that a bare time belongs to: an event's start,
 * after which the moment lies. Null for neither, and when any word is not understood (a day of the moon's calendar, say).
 */
export function momentOfChinese(text: string, now: LocalMoment, base: LocalMoment = now): LocalMoment | null {
  const plain = plainMoment(text);
  if (plain === null) return null;
  const ahead = momentAhead(plain, now);
  if (ahead) return ahead;
  const phrase = new Phrase(plain);
  const date = takeChineseDate(phrase, now, base);
  const time = date === null ? null : takeTime(phrase);
  if (date === null || time === null || (!date && !time) || !phrase.isSpent(CHINESE_IDLE)) return null;
  const said = time && 'hour' in time ? time : { hour: hourOfPart(time?.part), minute: 0 };
  const isOpen = time !== undefined && 'hour' in time && time.part === null && !time.isWritten;
  // An hour written as a clock shows it may still be open as an end: 4:30 after two o'clock.
  const isEndOpen = isOpen || (time !== undefined && 'hour' in time && time.part === null && said.hour < 12);
  if (!date)
    return base === now ? nextTime(now, said, isOpen) : endTime(base, isOpen ? inAfternoon(said) : said, isEndOpen);
  const isLate = time?.part === 'evening' && said.hour < 5;
  const there = addDays({ ...momentOf(date.day), ...(isOpen ? inAfternoon(said) : said) }, isLate ? 1 : 0);
  // 今天夜里两点, said in the evening, is the night to come.
  if (time?.part === 'midnight' && date.isToday && isBefore(there, now)) return addDays(there, 1);
  if (!date.isFixed && !isBefore(base, there)) return addDays(there, 7);
  return base !== now && !isBefore(base, there) ? null : there;
}

const hourOfPart = (part: Part | undefined): number => PARTS.find(([name]) => name === part)?.[2] ?? 9;
