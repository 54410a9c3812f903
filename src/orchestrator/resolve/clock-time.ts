import { clockTimeOfChinese } from './chinese-moments.js';
import { isChinese } from './chinese-numbers.js';
import { durationOf } from './duration.js';
import type { LocalMoment } from './local-moment.js';
import { digitsFromWords } from './number-words.js';

const MERIDIEM = /\b([ap])\.?\s?m\b\.?|(?<=\d)\s?([ap])\.?m?\b/i;
const EVENING = /\b(?:afternoon|evening|tonight|night|pm)\b/;
const MORNING = /\b(?:morning|am)\b/;

/** Hours and minutes as said, before morning and evening are told apart. */
function bare(text: string): { hour: number; minute: number; certain: boolean } | null {
  const around =
    /\b(?:(?:a )?(quarter)|(half)|(\d{1,2})(?: minutes?| mins?)?) (to|till|before|past|after) (noon|midday|midnight)\b/.exec(
      text,
    );
  if (around) {
    const minutes = around[1] ? 15 : around[2] ? 30 : Number(around[3]);
    const noon = around[5] === 'midnight' ? 1_440 : 720;
    const moment = /past|after/.test(around[4] ?? '') ? noon + minutes : noon - minutes;
    return { hour: Math.floor(moment / 60) % 24, minute: moment % 60, certain: true };
  }
  if (/\b(?:noon|midday)\b/.test(text)) return { hour: 12, minute: 0, certain: true };
  if (/\bmidnight\b/.test(text)) return { hour: 0, minute: 0, certain: true };
  const half = /\bhalf (?:past )?(\d{1,2})\b/.exec(text);
  if (half) return { hour: Number(half[1]), minute: 30, certain: false };
  const past = /\b(?:(?:a )?(quarter)|(\d{1,2})(?: minutes?| mins?)?) (?:past|after) (\d{1,2})\b/.exec(text);
  if (past) return { hour: Number(past[3]), minute: past[1] ? 15 : Number(past[2]), certain: false };
  const to = /\b(?:(?:a )?(quarter)|(\d{1,2})(?: minutes?| mins?)?) (?:to|till|before|of) (\d{1,2})\b/.exec(text);
  if (to) {
    const hour = Number(to[3]);
    return { hour: hour === 1 ? 12 : hour - 1, minute: 60 - (to[1] ? 15 : Number(to[2])), certain: false };
  }
  const clock = /\b(\d{1,2})\s?(?:[:.h]|\s)\s?(\d{2})(?!\d)/.exec(text);
  if (clock) return { hour: Number(clock[1]), minute: Number(clock[2]), certain: /^0\d/.test(clock[1] ?? '') };
  const spokenZero = /\b(\d{1,2}) 0 (\d)\b/.exec(text);
  if (spokenZero) return { hour: Number(spokenZero[1]), minute: Number(spokenZero[2]), certain: false };
  const together = /\b(\d{1,2})(\d{2})\b/.exec(text);
  if (together) return { hour: Number(together[1]), minute: Number(together[2]), certain: together[1]?.length === 2 };
  const hour = /\b(\d{1,2})\b|\b(\d{1,2})(?=\s?[ap]\.?m)/.exec(text);
  return hour ? { hour: Number(hour[1] ?? hour[2]), minute: 0, certain: false } : null;
}

/**
 * A time of day in 24 hours: "7:30", "half past six in the evening", "quarter to 5 pm", "noon", "19.30", "in 20 minutes"
 * (from `now`). Without morning or evening it is taken as said. Null when no time is said.
 */
export function clockTimeOf(text: string, now: LocalMoment): { hour: number; minute: number } | null {
  if (isChinese(text)) return clockTimeOfChinese(text, now);
  const said = digitsFromWords(text)
    .replace(/o['’]?\s?clock/g, '')
    .trim();
  const relative = /\bin (.+)$|^(.+) from now$/.exec(said);
  if (relative && !/\bin the\b/.test(said)) {
    const seconds = durationOf(relative[1] ?? relative[2] ?? '');
    if (seconds === null) return null;
    const minutes = now.hour * 60 + now.minute + Math.round(seconds / 60);
    return { hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 };
  }
  const found = bare(said);
  if (!found || found.hour > 24 || found.minute > 59) return null;
  const meridiem = MERIDIEM.exec(said);
  const letter = (meridiem?.[1] ?? meridiem?.[2])?.toLowerCase();
  return { hour: inDay(found, letter, said), minute: found.minute };
}

function inDay(found: { hour: number; certain: boolean }, letter: string | undefined, said: string): number {
  const { hour, certain } = found;
  if (certain || hour > 12) return hour % 24;
  if (letter === 'p') return (hour % 12) + 12;
  if (letter === 'a') return hour % 12;
  if (MORNING.test(said)) return hour % 12;
  // "12 at night" is midnight, "8 at night" the evening, "2 at night" is left as said.
  if (/\bnight\b/.test(said) && (hour === 12 || hour < 5)) return hour % 12;
  return EVENING.test(said) ? (hour % 12) + 12 : hour;
}

export function formatClockTime({ hour, minute }: { hour: number; minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
