import type { ParameterDescriptor } from '../../catalog/function-descriptor.js';
import type { Span } from '../../core/plan-draft.js';
import { findSpan } from '../grounding.js';
import { momentWords } from './moment-words.js';

const HOURS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const CHINESE_HOURS = [...'零一二三四五六七八九十'];
/** What parts the two ends of "2 to 4 pm"; "quarter to five" is one end. */
const RANGE =
  /(?<!\b(?:quarter|five|ten|twenty|twenty[- ]five|minutes?))\s+(?:to|until|till)\s+|\s*[-–—到至]\s*(?=[\d零一二两三四五六七八九十上下晚中])/i;

/** The hour of "07:30", "7 pm" or "2026-11-22T15:00" on a clock of twelve, or null. */
function hourOfValue(value: string): number | null {
  const found = /(?:T|^|\s)(\d{1,2}):\d{2}/.exec(value) ?? /(?<!\d)(\d{1,2})\s?[ap]\.?m/i.exec(value);
  return found ? Number(found[1]) % 12 : null;
}

/** The hours that words may mean, on a clock of twelve: "quarter to five" is 4 and 5. */
function hoursOfWords(words: string): ReadonlySet<number> {
  const hours = new Set<number>();
  const lower = words.toLowerCase().replaceAll('两', '二').replaceAll('十一', '11').replaceAll('十二', '12');
  for (const [digits] of lower.matchAll(/\d+/g)) hours.add(Number(digits) % 12);
  for (const [word] of lower.matchAll(/[a-z]+/g)) if (HOURS.includes(word)) hours.add(HOURS.indexOf(word) % 12);
  for (const sign of lower) if (CHINESE_HOURS.includes(sign)) hours.add(CHINESE_HOURS.indexOf(sign) % 12);
  if (/noon|midday|midnight|中午|午夜/.test(lower)) hours.add(0);
  if (/\b(?:to|till)\b|差/.test(lower)) for (const hour of [...hours]) hours.add((hour + 11) % 12);
  return hours;
}

/** The second end of a moment like "2 to 4 pm", or null where it has one end. */
function secondEnd(moment: Span): Span | null {
  const parting = RANGE.exec(moment.text);
  if (!parting) return null;
  const start = moment.start + parting.index + parting[0].length;
  return { text: moment.text.slice(parting.index + parting[0].length), start, end: moment.end };
}

/**
 * The words of the sentence that stand behind a time or date that a model gave, or null where none do: a model has no
 * clock, so what it computed only tells several moments of one sentence apart.
 */
export function groundMoment(sentence: string, parameter: ParameterDescriptor, value: string): Span | null {
  const isEnd = parameter.name === 'end_time';
  const moments = momentWords(sentence);
  const said = findSpan(sentence, value);
  if (said) {
    const around = moments.find(({ start, end }) => start < said.end && said.start < end);
    if (!around) return null;
    // The model may have left a part out ("3 pm" of "tomorrow at 3 pm"), but one end of a range stands for itself.
    return isEnd ? said : around;
  }
  const hour = hourOfValue(value);
  const ends = moments.flatMap((moment) => secondEnd(moment) ?? []);
  if (isEnd) {
    if (ends.length === 1) return ends[0] ?? null;
    const [first, second] = moments;
    return first && second && moments.length === 2 && hour !== null && hoursOfWords(second.text).has(hour)
      ? second
      : null;
  }
  if (moments.length === 1) return moments[0] ?? null;
  const fitting = hour === null ? [] : moments.filter(({ text }) => hoursOfWords(text).has(hour));
  if (fitting.length === 1) return fitting[0] ?? null;
  // Of "from two until four", the first is the start.
  return parameter.name === 'start_time' && moments.length === 2 && fitting.length === 0 ? (moments[0] ?? null) : null;
}
