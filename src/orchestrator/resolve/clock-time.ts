import { clockTimeOfChinese } from './chinese-moments.js';
import { isChinese } from './chinese-numbers.js';
import { durationOf } from './duration.js';
import { takeDate } from './english-date.js';
import { hourInDay, plainMoment, takeDayParts, takeTime } from './english-time.js';
import { type LocalMoment, momentAfter } from './local-moment.js';
import { IDLE, Phrase } from './phrase.js';

const RELATIVE = /^in (?!the\b)(.+?)(?:['’]s? time)?$|^(.+) (?:from now|later)$/;

/** "In 20 minutes", "an hour from now" in seconds; undefined for words that are not of that form, null for no duration. */
export function secondsAhead(said: string): number | null | undefined {
  const relative = RELATIVE.exec(said);
  if (!relative) return undefined;
  return durationOf((relative[1] ?? relative[2] ?? '').replace(/['’]s?$/, ''));
}

/**
 * A time of day in 24 hours: "7:30", "half past six in the evening", "quarter to 5 pm", "noon", "19.30", "in 20 minutes"
 * (from `now`). Without morning or evening it is taken as said. "Today", "tonight" and "tomorrow" may stand beside it, no
 * other day: a time of day cannot hold one. Null when no time is said, or when anything else is.
 */
export function clockTimeOf(text: string, now: LocalMoment): { hour: number; minute: number } | null {
  if (isChinese(text)) return clockTimeOfChinese(text, now);
  const said = plainMoment(text);
  const ahead = secondsAhead(said);
  if (ahead === null) return null;
  if (ahead !== undefined) {
    const { hour, minute } = momentAfter(now, ahead);
    return { hour, minute };
  }
  const phrase = new Phrase(said);
  const isNear = phrase.has(/\b(?:today|tonight|tomorrow|this (?:morning|afternoon|evening))\b/);
  const date = isNear && !phrase.has(/\bday after tomorrow\b/) ? takeDate(phrase, now) : undefined;
  if (date === null) return null;
  const { letter, part, conflict } = takeDayParts(phrase);
  const time = takeTime(phrase);
  if (!time || conflict || !phrase.isSpent(IDLE)) return null;
  // Whoever says "tonight" means the evening or the night.
  const hour = hourInDay(time, letter, part ?? (date?.part === 'night' ? 'night' : null));
  return hour === null ? null : { hour, minute: time.minute };
}

export function formatClockTime({ hour, minute }: { hour: number; minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
