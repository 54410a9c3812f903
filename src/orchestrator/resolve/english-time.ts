import { digitsFromWords } from './number-words.js';
import type { Phrase } from './phrase.js';

/** A time of day as said: `hour` 0..24, and what is still open of it. */
export interface SaidTime {
  readonly hour: number;
  readonly minute: number;
  /** Written or said so that no afternoon can be meant: "07:30", "19:30", "noon". */
  readonly isCertain: boolean;
}

export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night';

const MINUTES = '(?:(?:a )?(?<quarter>quarter)|(?<half>half)|(?<count>\\d{1,2})(?<unit> ?minutes?| ?mins?)?)';
const AROUND = new RegExp(`\\b${MINUTES} (?<side>to|till|til|before|past|after) (?<noon>noon|midday|midnight)\\b`);
const PAST = new RegExp(`\\b${MINUTES} (?:past|after) (?<hour>\\d{1,2})\\b(?![:.]\\d)`);
const TO = new RegExp(`\\b${MINUTES} (?:to|till|til|before|of) (?<hour>\\d{1,2})\\b(?![:.]\\d)`);
const MERIDIEM = /\b([ap])m\b|(?<=\d)([ap])m?\b/;
const PART = /\b(?:(?:early |late )?in the |early |late |at |this )?(morning|afternoon|evening|night)\b/;

/** English words of a moment with digits for numbers: "5:30 p.m." -> "5:30 pm", "five and twenty past four" -> "25 past 4". */
export function plainMoment(text: string): string {
  return digitsFromWords(
    text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/\bfive and twenty\b/g, 'twenty five'),
  )
    .replace(/(?<![a-z])([ap])\.\s?m\b\.?/g, '$1m')
    .replace(/(\d) ?([ap])m\b/g, '$1 $2m')
    .replace(/o['’]?\s?clock\b/g, '')
    .replace(/(\d{4}) ?(?:hours|hrs)\b/g, '$1')
    .replace(/\bmidday\b/g, 'noon')
    .replace(
      /\b(?:the )?second of (?=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the month|this month|next month)/g,
      '2nd of ',
    )
    .replace(/\b((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*) (?:the )?second\b/g, '$1 2nd')
    .replace(/\b(?:tmrw|tmr|tomorow|tommorow|tommorrow)\b/g, 'tomorrow')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Takes a time of day out of a phrase. Null for none, or for one that no clock shows. */
export function takeTime(phrase: Phrase): SaidTime | null {
  const time = takeSaid(phrase);
  return time && time.hour <= 24 && time.minute <= 59 ? time : null;
}

function takeSaid(phrase: Phrase): SaidTime | null {
  const around = phrase.take(AROUND)?.groups;
  if (around) {
    const noon = around.noon === 'midnight' ? 1_440 : 720;
    const minutes = /past|after/.test(around.side ?? '') ? noon + minutesOf(around) : noon - minutesOf(around);
    return { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60, isCertain: true };
  }
  const noon = phrase.take(/\b(?:(?:12|the|high) )?(noon|midnight)\b/);
  if (noon) return { hour: noon[1] === 'noon' ? 12 : 0, minute: 0, isCertain: true };
  const half = phrase.take(/\bhalf (?:past |after )?(\d{1,2})\b(?![:.]\d)/);
  if (half) return open(half[1], 30);
  const past = phrase.take(PAST)?.groups;
  if (past) return open(past.hour, minutesOf(past));
  const to = phrase.has(/\bfrom \d{1,2} (?:to|till|til)\b/) ? undefined : phrase.take(TO)?.groups;
  if (to) {
    // "Nine to ten" is a span of time, "twenty to ten" and "nine minutes to ten" a time.
    if (to.count && Number(to.count) % 5 !== 0 && !to.unit) return null;
    const hour = Number(to.hour);
    return { hour: hour === 1 ? 12 : hour - 1, minute: 60 - minutesOf(to), isCertain: false };
  }
  const military = phrase.take(/\b0 (\d)(?:00| (\d{2}))\b/);
  if (military) return { hour: Number(military[1]), minute: Number(military[2] ?? 0), isCertain: true };
  const spokenZero = phrase.take(/\b(\d{1,2}) 0 (\d)\b/);
  if (spokenZero) return open(spokenZero[1], Number(spokenZero[2]));
  const clock = phrase.take(/(?<![\d:.])(\d{1,2})(?: ?[:h] ?|\.| )(\d{2})(?![\d:]|\.\d)/);
  if (clock) return { ...open(clock[1], Number(clock[2])), isCertain: /^0\d/.test(clock[1] ?? '') };
  const together = phrase.take(/(?<![\d:.])(\d{1,2})(\d{2})(?![\d:]|\.\d)/);
  if (together) return { ...open(together[1], Number(together[2])), isCertain: together[1]?.length === 2 };
  const hour = phrase.take(/(?<![\d:.])(\d{1,2})(?![\d:]|\.\d|\w*(?:th|st|nd|rd)\b)/);
  return hour ? open(hour[1], 0) : null;
}

const open = (hour: string | undefined, minute: number): SaidTime => ({ hour: Number(hour), minute, isCertain: false });

const minutesOf = (groups: Readonly<Record<string, string | undefined>>): number =>
  groups.quarter ? 15 : groups.half ? 30 : Number(groups.count);

/** Takes "am", "in the evening" and the like out of a phrase; `conflict` when they do not go together. */
export function takeDayParts(phrase: Phrase): { letter: 'a' | 'p' | null; part: DayPart | null; conflict: boolean } {
  const meridiem = phrase.take(MERIDIEM);
  const letter = (meridiem?.[1] ?? meridiem?.[2] ?? null) as 'a' | 'p' | null;
  const part = (phrase.take(PART)?.[1] ?? null) as DayPart | null;
  const conflict = (letter === 'a' && /afternoon|evening/.test(part ?? '')) || (letter === 'p' && part === 'morning');
  return { letter, part, conflict };
}

/**
 * The hour of 24 that is meant, or null where the words contradict each other. "12 at night" is midnight, "8 at night" the
 * evening, "2 at night" is left as said.
 */
export function hourInDay(time: SaidTime, letter: 'a' | 'p' | null, part: DayPart | null): number | null {
  const { hour } = time;
  if (hour > 12) return letter === 'a' || part === 'morning' ? null : hour % 24;
  if (hour === 0) return letter === 'p' || part === 'afternoon' || part === 'evening' ? null : 0;
  if (letter === 'p') return (hour % 12) + 12;
  if (letter === 'a') return hour % 12;
  if (part === 'morning') return hour % 12;
  if (part === 'night') return hour === 12 || hour < 5 ? hour % 12 : hour + 12;
  if (part === 'evening' && hour === 12) return null;
  if (part) return (hour % 12) + 12;
  return hour;
}
