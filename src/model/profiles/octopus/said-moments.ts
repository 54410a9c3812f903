import * as chrono from 'chrono-node';
import type { DraftArgument, Span } from '../../../core/plan-draft.js';
import { findSpan, spanAt } from '../../grounding.js';
import { saidHours } from './said-hours.js';
import { ONES } from './said-numbers.js';

const hour = `(?:${ONES.slice(1, 13).join('|')})`;
const minutes = '(?:[ -](?:five|ten|fifteen|twenty|thirty|forty|fifty)(?:[ -]five)?)?';
const tail = "(?: o['’]?clock)?(?:\\s*[ap]\\.?\\s?m\\b\\.?| in the (?:morning|afternoon|evening)\\b| at night\\b)?";
/** Times in words, which the date library does not read and the resolvers do. */
const SPOKEN_TIME = new RegExp(
  [
    `\\b(?:half past|(?:a )?quarter (?:past|to)) (?:${hour}|\\d{1,2})\\b${tail}`,
    `\\b(?:at|around|by|from) ${hour}\\b${minutes}${tail}`,
    `\\b${hour}\\b${minutes}(?: o['’]?clock\\b|\\s*[ap]\\.?\\s?m\\b)${tail}`,
  ].join('|'),
  'giu',
);

/** Between two parts of one moment: "Friday, at three". */
const JOINT = /^[\s,]*(?:at|on|from|@)?[\s,]*$/iu;
const UNTIL_BEFORE = /(?:\b(?:until|till|to|and|end(?:s|ing)?(?: at)?|finish(?:es|ing)?(?: at)?)|[-–—])\s*$/iu;
const UNTIL_WITHIN = /\s*(?:\b(?:until|till|to|through)\b|[-–—])\s*/giu;

/** Only what is said counts, not what it comes to: any day will do to read from. */
const ANY_DAY = new Date(2024, 0, 1, 8);

interface SaidMoment {
  readonly span: Span;
  readonly hasDay: boolean;
  /** On a clock face, 0..11, or null where no hour is said. */
  readonly hour: number | null;
  /** The words of its end, if it is a stretch: "4 pm" of "from 3 to 4 pm". */
  readonly end: Span | null;
}

/** Hours that the model computed, 0..23: they tell which of several moments it means, and are never values themselves. */
export interface MomentHints {
  readonly startHour: number | null;
  /** Null when the model wrote no end. */
  readonly endHour: number | null;
}

export interface EventMoments {
  readonly start: DraftArgument;
  readonly end: DraftArgument | null;
}

/**
 * The words of an English sentence that say when an event is. A day and an hour that stand apart make a literal of the
 * two. Null when there are no such words, or when it is not clear which ones are meant. `title` is not looked at.
 */
export function eventMoments(sentence: string, title: string, hints: MomentHints): EventMoments | null {
  const named = findSpan(sentence, title);
  const masked = named
    ? sentence.slice(0, named.start) + '#'.repeat(named.end - named.start) + sentence.slice(named.end)
    : sentence;
  const moments = momentsIn(masked);
  // "Lunch tomorrow" may be the title and the only day there is.
  return choose(sentence, moments.length > 0 ? moments : momentsIn(sentence), hints);
}

function choose(sentence: string, moments: readonly SaidMoment[], hints: MomentHints): EventMoments | null {
  const times = moments.filter((moment) => moment.hour !== null);
  const days = moments.filter((moment) => moment.hour === null);
  const meant = times.length > 1 ? times.filter((moment) => isAt(moment, hints.startHour)) : times;
  const [time] = meant;
  if (meant.length > 1 || (times.length > 0 && !time)) return null;
  const [day] = days;
  if (!time) return day && days.length === 1 ? { start: words(sentence, day.span), end: null } : null;
  const end = endOf(sentence, time, times, hints.endHour);
  if (time.hasDay) return { start: words(sentence, time.span), end };
  if (days.length > 1) return null;
  if (day) {
    const said = `${sentence.slice(day.span.start, day.span.end)} ${sentence.slice(time.span.start, time.span.end)}`;
    return { start: { kind: 'literal', value: said }, end };
  }
  // The day of another moment may be meant for this one too.
  return times.some((moment) => moment.hasDay) ? null : { start: words(sentence, time.span), end };
}

function endOf(
  sentence: string,
  start: SaidMoment,
  times: readonly SaidMoment[],
  endHour: number | null,
): DraftArgument | null {
  if (endHour === null) return null;
  if (start.end) return words(sentence, start.end);
  const later = times.find(
    (moment) =>
      moment.span.start >= start.span.end &&
      isAt(moment, endHour) &&
      UNTIL_BEFORE.test(sentence.slice(0, moment.span.start)),
  );
  return later ? words(sentence, later.span) : null;
}

const isAt = (moment: SaidMoment, wanted: number | null): boolean => wanted !== null && moment.hour === wanted % 12;

const words = (sentence: string, { start, end }: Span): DraftArgument => ({
  kind: 'span',
  span: spanAt(sentence, start, end),
});

/** Whether one stretch of words holds another one; `orEqual` counts the same stretch too. */
function covers(one: Span, other: Span, orEqual: boolean): boolean {
  const isInside = one.start <= other.start && one.end >= other.end;
  return isInside && (orEqual || one.end - one.start > other.end - other.start);
}

/** Days and hours in the order of the sentence; a day and an hour side by side are one moment. */
function momentsIn(text: string): readonly SaidMoment[] {
  const spoken = Array.from(text.matchAll(SPOKEN_TIME), (found): SaidMoment => {
    const [hourSaid = 0] = saidHours(found[0]);
    const span = spanAt(text, found.index, found.index + found[0].length);
    return { span, hasDay: false, hour: hourSaid % 12, end: null };
  });
  const read = chrono.en.casual.parse(text, ANY_DAY, { forwardDate: true }).map(momentOf(text));
  // Of "quarter past 6" the library reads a part; of "tomorrow at six pm" it may read all.
  const whole = (moments: readonly SaidMoment[], others: readonly SaidMoment[], orEqual: boolean): SaidMoment[] =>
    moments.filter(({ span }) => !others.some((other) => covers(other.span, span, orEqual)));
  const joined: SaidMoment[] = [];
  const all = [...whole(read, spoken, false), ...whole(spoken, read, true)];
  for (const moment of all.sort((one, other) => one.span.start - other.span.start)) {
    const last = joined.at(-1);
    const completes = last && (last.hour === null) !== (moment.hour === null) && last.hasDay !== moment.hasDay;
    if (completes && JOINT.test(text.slice(last.span.end, moment.span.start))) {
      joined[joined.length - 1] = {
        span: spanAt(text, last.span.start, moment.span.end),
        hasDay: true,
        hour: last.hour ?? moment.hour,
        end: last.end ?? moment.end,
      };
    } else joined.push(moment);
  }
  return joined;
}

function momentOf(text: string): (found: chrono.ParsedResult) => SaidMoment {
  return ({ index, text: said, start, end }) => {
    const stop = index + said.length;
    const hourSaid = start.isCertain('hour') ? (start.get('hour') ?? 0) % 12 : null;
    const cut = end?.isCertain('hour') ? Array.from(said.matchAll(UNTIL_WITHIN)).at(-1) : undefined;
    return {
      span: spanAt(text, index, stop),
      hasDay: start.isCertain('day') || start.isCertain('weekday') || start.isCertain('month'),
      hour: hourSaid,
      end: cut ? spanAt(text, index + cut.index + cut[0].length, stop) : null,
    };
  };
}
