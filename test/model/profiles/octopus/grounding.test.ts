import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DraftArgument } from '../../../../src/core/plan-draft.js';
import { findSpan } from '../../../../src/model/grounding.js';
import { findPhoneNumber, holdsInventedAddress } from '../../../../src/model/profiles/octopus/addresses.js';
import { decide } from '../../../../src/model/profiles/octopus/decide.js';
import { saidHours } from '../../../../src/model/profiles/octopus/said-hours.js';
import { eventMoments } from '../../../../src/model/profiles/octopus/said-moments.js';
import { saidNumbers } from '../../../../src/model/profiles/octopus/said-numbers.js';
import { localDatetimeOf } from '../../../../src/orchestrator/resolve/local-datetime.js';
import { partsOf } from './written.js';

const decision = (sentence: string, output: string) => decide(partsOf(` ${output}<nexa_end>`), sentence, []).decision;

const wordsOf = (value: DraftArgument | null) =>
  value?.kind === 'span' ? `<${value.span.text}>` : value?.kind === 'literal' ? value.value : null;

describe('findSpan', () => {
  it.each([
    ['Call ANNA now', 'anna', 'ANNA'],
    ['say  "it’s   on" twice', "it's on", 'it’s   on'],
    ['costs $5 (a+b)', '$5 (a+b)', '$5 (a+b)'],
    ['给妈妈打电话', '妈妈', '妈妈'],
    ['call İpek and Anna', 'Anna', 'Anna'],
    ['Anna', ' Anna ', 'Anna'],
  ])('in %j finds %j', (sentence, words, found) => {
    const span = findSpan(sentence, words);
    expect(span?.text).toBe(found);
    expect(sentence.slice(span?.start, span?.end)).toBe(found);
  });

  it.each([
    ['call Annabel', 'Anna'],
    ['call 5551234', '555'],
    ['call Anna', ''],
    ['call Anna', 'Anne'],
  ])('in %j does not find %j', (sentence, words) => {
    expect(findSpan(sentence, words)).toBeNull();
  });

  it('finds every whole word of every sentence, and takes no word for a pattern', () => {
    const word = fc.string({ minLength: 1, unit: 'grapheme-ascii' }).filter((said) => /^\S+$/u.test(said));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (said) => {
        const sentence = said.join(' ');
        for (const one of said) expect(findSpan(sentence, one)).not.toBeNull();
      }),
    );
  });
});

describe('addresses', () => {
  it.each([
    ['call 555-010-0199', '5550100199', '555-010-0199'],
    ['call (555) 010 0199 now', '+15550100199', '(555) 010 0199'],
    ['call 07700 900123', '+447700900123', '07700 900123'],
    ['dial 911', '911', '911'],
  ])('in %j %s is %j', (sentence, number, said) => {
    expect(findPhoneNumber(sentence, number)?.text.trim()).toBe(said);
  });

  it.each([
    ['call Anna', '+15550100199'],
    ['call 555-010-0199', '555-010-019'],
    ['call 555-010-0199', '555-010-0198'],
    ['call 555-010-0199', '010-0199'],
    ['room 12', '912'],
    ['call Anna', 'none'],
  ])('in %j %s is not said', (sentence, number) => {
    expect(findPhoneNumber(sentence, number)).toBeNull();
  });

  it.each([
    ['write to Anna', 'anna@example.com'],
    ['write to bob@example.co.uk', 'bob@example.co'],
    ['write to jimbob@example.com', 'bob@example.com'],
    ['open the news', 'https://example.com/news'],
    ['open example.com', 'example.com/login'],
    ['tell Anna my number', 'my number is 555 0100'],
  ])('in %j nobody said %j', (sentence, text) => {
    expect(holdsInventedAddress(text, sentence)).toBe(true);
  });

  it.each([
    ['write to Anna@Example.com.', 'anna@example.com'],
    ['open example.com/news, please', 'https://www.example.com/news/'],
    ['tell Anna my number is 5550100', 'My number is 555-0100'],
    ['I am late', 'I am late, see you at 7:30'],
  ])('in %j, %j is borne out', (sentence, text) => {
    expect(holdsInventedAddress(text, sentence)).toBe(false);
  });

  it.each([
    ['call Anna', "<nexa_8>('+15550100199')"],
    ['save Lee', "<nexa_9>('Lee', '5550100')"],
    ['save Lee', "<nexa_9>('Lee', 'unknown')"],
    ['mail Anna I am late', "<nexa_3>('anna@example.com', 'Late', 'I am late')"],
    ['text Anna the link', "<nexa_7>('Anna', 'https://example.com')"],
    ['look for knots', "<nexa_4>('www.knots.example')"],
    ['text Anna my number', "<nexa_7>('Anna', 'It is +1 555 010 0199')"],
  ])('%j with %s becomes a question', (sentence, output) => {
    expect(decision(sentence, output)).toBe('clarify');
  });
});

describe('levels and degrees', () => {
  it('reads numbers in digits and in words, with their unit', () => {
    const said = saidNumbers('set twenty-five percent, 7, a hundred, 72 °F and 8.5% at 7:30').map(
      ({ value, isPercent, span }) => [value, isPercent, span.text],
    );
    expect(said).toEqual([
      [25, true, 'twenty-five percent'],
      [7, false, '7'],
      [100, false, 'a hundred'],
      [72, false, '72 °F'],
      [8.5, true, '8.5%'],
    ]);
  });

  it.each([
    ['turn the brightness down', '<nexa_11>(10)'],
    ['turn the volume up', "<nexa_13>(8, 'media')"],
    ['brightness to 5%', '<nexa_11>(10)'],
    ['brightness to the minimum', '<nexa_11>(10)'],
    ['make it warmer', '<nexa_16>(75)'],
    ['heat to 70 degrees', '<nexa_16>(80)'],
  ])('%j bears out no %s', (sentence, output) => {
    expect(decision(sentence, output)).toBe('clarify');
  });
});

describe('alarms', () => {
  it.each<[string, number[]]>([
    ['wake me at 7', [7, 19]],
    ['wake me at 7am', [7]],
    ['wake me at 7:30 p.m.', [19]],
    ['wake me at seven thirty pm', [19]],
    ['wake me at 1930', [19]],
    ['alarm at twenty-two hundred', [22]],
    ['at a quarter to five', [4, 16]],
    ['at noon', [12]],
    ['at midnight', [0]],
    ["at nine o'clock pm", [21]],
    ['at 12 am', [0]],
    ['in 20 minutes', []],
    ['volume at 7%', []],
    ['wake me tomorrow', []],
  ])('%j says %j', (sentence, hours) => {
    expect([...saidHours(sentence)].sort((one, other) => one - other)).toEqual(hours);
  });

  it.each([
    ['wake me up early', '07:00'],
    ['wake me at 7 pm', '07:00'],
    ['wake me at 6', '07:00'],
    ['wake me in 20 minutes', '20:00'],
    ['wake me at 7', '7 in the morning'],
    ['wake me at 7', '07:75'],
  ])('%j with %s becomes a question', (sentence, time) => {
    expect(decision(sentence, `<nexa_10>('${time}', 'Alarm')`)).toBe('clarify');
  });
});

describe('calendar events', () => {
  const none = { startHour: null, endHour: null };

  const now = { year: 2026, month: 3, day: 4, hour: 8, minute: 0 };

  // The last column is what the resolvers read in these words on Wednesday, 4 March 2026; null becomes a question.
  it.each<[string, string, string | null, string | null, string | null]>([
    ['add lunch tomorrow at noon', 'lunch', '<tomorrow at noon>', null, '2026-03-05T12:00'],
    ['lunch with Bob on Friday at three', 'lunch with Bob', '<on Friday at three>', null, '2026-03-06T15:00'],
    ['review on May 5th from 3 to 4 pm', 'review', '<May 5th from 3 to 4 pm>', '<4 pm>', null],
    ['sync on Friday at 10am until 11am', 'sync', '<on Friday at 10am until 11am>', '<11am>', null],
    ['lunch tomorrow with Bob at noon', 'lunch', 'tomorrow noon', null, '2026-03-05T12:00'],
    ['dentist at 3 pm with Dr Who on Friday', 'dentist', 'on Friday at 3 pm', null, '2026-03-06T15:00'],
    ['add dinner at half past six tomorrow', 'dinner', '<half past six tomorrow>', null, '2026-03-05T18:30'],
    ['event "Monday sync" on Tuesday at 9 am', 'Monday sync', '<on Tuesday at 9 am>', null, '2026-03-10T09:00'],
    ['put lunch tomorrow in my calendar', 'lunch tomorrow', '<tomorrow>', null, '2026-03-05T09:00'],
    ['add a meeting with Anna', 'meeting with Anna', null, null, null],
    ['on Monday or on Tuesday, lunch', 'lunch', null, null, null],
  ])('%j', (sentence, title, start, end, read) => {
    const moments = eventMoments(sentence, title, { startHour: null, endHour: 1 });
    const words = wordsOf(moments?.start ?? null);
    expect(words).toBe(start);
    expect(wordsOf(moments?.end ?? null)).toBe(end);
    if (typeof words === 'string') expect(localDatetimeOf(words.replace(/[<>]/gu, ''), now)).toBe(read);
  });

  it('takes the hour that the model means, and its own words for it', () => {
    const sentence = 'lunch on Friday at 12:30 and a call at 5 pm';
    expect(wordsOf(eventMoments(sentence, 'lunch', { startHour: 12, endHour: null })?.start ?? null)).toMatch(
      /^<(?:on )?Friday at 12:30>$/u,
    );
    expect(eventMoments(sentence, 'lunch', none)).toBeNull();
  });

  it('leaves out an end that only the model says', () => {
    const output = "<nexa_12>('lunch', '2024-03-01-12-00', '2024-03-01-13-00')";
    const draft = decide(partsOf(` ${output}<nexa_end>`), 'lunch tomorrow at noon', []);
    expect(Object.keys(draft.calls[0]?.args ?? {})).toEqual(['title', 'start_time']);
  });

  it('asks when the sentence says no date and no time', () => {
    expect(decision('add lunch', "<nexa_12>('lunch', '2024-03-01-12-00', '2024-03-01-13-00')")).toBe('clarify');
  });
});
