import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { celsiusOf } from '../../../src/orchestrator/resolve/celsius.js';
import { clockTimeOf, formatClockTime } from '../../../src/orchestrator/resolve/clock-time.js';
import { durationOf } from '../../../src/orchestrator/resolve/duration.js';
import { millimetresOf } from '../../../src/orchestrator/resolve/length.js';
import { localDatetimeOf, parseMoment } from '../../../src/orchestrator/resolve/local-datetime.js';
import { numberOf } from '../../../src/orchestrator/resolve/number-words.js';
import { percentOf } from '../../../src/orchestrator/resolve/percent.js';
import { plainName, plainText } from '../../../src/orchestrator/resolve/plain-text.js';

/** A Saturday, ten in the morning. */
const now = parseMoment('2026-11-21T10:00');
if (!now) throw new Error('the test needs its moment');

describe('numbers', () => {
  it.each([
    ['7', 7],
    ['twenty', 20],
    ['twenty-one', 21],
    ['a hundred', 100],
    ['one hundred and five', 105],
    ['nineteen and a half', 19.5],
    ['minus five', -5],
    ['3.5', 3.5],
    ['2,5', 2.5],
    ['banana', null],
    ['', null],
  ])('%s', (said, value) => expect(numberOf(said)).toBe(value));
});

describe('percentages', () => {
  it.each([
    ['20 percent', 20],
    ['40%', 40],
    ['40 %', 40],
    ['sixty', 60],
    ['sixty per cent', 60],
    ['a quarter', 25],
    ['half', 50],
    ['three quarters', 75],
    ['a third', 33],
    ['seven tenths', 70],
    ['nine tenths', 90],
    ['three tenths', 30],
    ['two fifths', 40],
    ['Three-fifths', 60],
    ['7 tenths', 70],
    ['five eighths', 63],
    ['two quarters', 50],
    ['two-thirds', 67],
    ['a tenth', 10],
    ['4/5', 80],
    ['seven out of ten', 70],
    ['level three', 30],
    ['7.5 percent', 8],
    ['halfway down', 50],
    ['fully open', 100],
    ['all the way up', 100],
    ['fully closed', 0],
    ['all the way down', 0],
    ['completely shut', 0],
    ['medium high', null],
    ['80 percent closed', null],
    ['a quarter closed', null],
    ['not too bright', null],
    ['twenty or thirty', null],
    ['5 elevenths', null],
    ['seven halves', null],
    ['0', 0],
    ['100', 100],
    ['blue', null],
  ])('%s', (said, value) => expect(percentOf(said)).toBe(value));

  it('leaves what is above 100 to the schema', () => {
    const value = percentOf('140 percent');
    expect(value === null || value > 100).toBe(true);
  });
});

describe('temperatures', () => {
  it.each([
    ['21', 21],
    ['21 degrees', 21],
    ['21 °C', 21],
    ['70', 21.1],
    ['70 degrees', 21.1],
    ['70 degrees fahrenheit', 21.1],
    ['70 °F', 21.1],
    ['nineteen and a half', 19.5],
    ['20.5', 20.5],
    ['twenty-one and a quarter', 21.3],
    ['five below zero', -5],
    ['five degrees below', null],
    ['low 70s', null],
    ['two degrees warmer than 20', null],
    ['warm', null],
  ])('%s', (said, value) => expect(celsiusOf(said)).toBe(value));
});

describe('durations', () => {
  it.each([
    ['ten minutes', 600],
    ['10 min', 600],
    ['1 hour 20', 4_800],
    ['an hour', 3_600],
    ['an hour and a half', 5_400],
    ['half an hour', 1_800],
    ['two and a half hours', 9_000],
    ['90 seconds', 90],
    ['1 hour 5 minutes 3 seconds', 3_903],
    ['an hour and a quarter', 4_500],
    ['an hour and three quarters', 6_300],
    ['two hours and a half', 9_000],
    ['two hours and a quarter', 8_100],
    ['three quarters of an hour', 2_700],
    ['a quarter of an hour', 900],
    ['one and a quarter hours', 4_500],
    ['a minute and a half', 90],
    ['ten to fifteen minutes', null],
    ['five or six minutes', null],
    ['an hour less ten minutes', null],
    ['a day', null],
    ['five minutes and a day', null],
    ['minus five minutes', null],
    ['a while', null],
  ])('%s', (said, seconds) => expect(durationOf(said)).toBe(seconds));
});

describe('lengths', () => {
  it.each([
    ['5 cm', 50],
    ['5 centimeters', 50],
    ['20 mm', 20],
    ['two inches', 51],
    ['an inch and a half', 38],
    ['an inch and a quarter', 32],
    ['two inches and a half', 64],
    ['half an inch', 13],
    ['three quarters of an inch', 19],
    ['one and a half centimetres', 15],
    ['inch', 25],
    ['a few inches', null],
    ['two or three inches', null],
    ['a bit', null],
  ])('%s', (said, millimetres) => expect(millimetresOf(said)).toBe(millimetres));
});

describe('clock times', () => {
  it.each([
    ['7:30', '07:30'],
    ['7.30', '07:30'],
    ['7 am', '07:00'],
    ['7 pm', '19:00'],
    ['7:30 p.m.', '19:30'],
    ['half past six', '06:30'],
    ['half past six in the evening', '18:30'],
    ['quarter to 8', '07:45'],
    ['quarter past nine', '09:15'],
    ['noon', '12:00'],
    ['midnight', '00:00'],
    ['19:05', '19:05'],
    ['quarter to midnight', '23:45'],
    ['ten past noon', '12:10'],
    ['half past midnight', '00:30'],
    ['six thirty', '06:30'],
    ['five and twenty past four', '04:25'],
    ['eight tonight', '20:00'],
    ['tonight at eight', '20:00'],
    ['six tomorrow morning', '06:00'],
    ['nine oh five', '09:05'],
    ['oh six hundred', '06:00'],
    ['nine minutes to ten', '09:51'],
    ['seven on the dot', '07:00'],
    ['twelve in the morning', '00:00'],
    ['nine to ten', null],
    ['Friday at six', null],
    ['before seven', null],
    ['seven or eight', null],
    ['8 am in the evening', null],
    ['day after tomorrow at six', null],
    ['soon', null],
    ['25:00', null],
  ])('%s', (said, wanted) => {
    const time = clockTimeOf(said, now);
    expect(time ? formatClockTime(time) : null).toBe(wanted);
  });
});

describe('dates with times', () => {
  it.each([
    ['tomorrow at 3 pm', '2026-11-22T15:00'],
    ['Friday noon', '2026-11-27T12:00'],
    ['monday at 9:30', '2026-11-23T09:30'],
    ['tonight at 8', '2026-11-21T20:00'],
    ['the 5th of May at ten', '2027-05-05T10:00'],
    ['in two hours', '2026-11-21T12:00'],
    ['2026-12-24T18:00', '2026-12-24T18:00'],
    ['Friday at seven in the evening', '2026-11-27T19:00'],
    ['7 in the evening on friday', '2026-11-27T19:00'],
    ['Wednesday at half six in the evening', '2026-11-25T18:30'],
    ['the 3rd at noon', '2026-12-03T12:00'],
    ['the 28th at 8:30 in the morning', '2026-11-28T08:30'],
    ['the 21st of October at seven in the evening', '2027-10-21T19:00'],
    ['a week from tuesday at 3', '2026-12-01T15:00'],
    ['two weeks from tomorrow', '2026-12-06T09:00'],
    ['day after tomorrow at ten', '2026-11-23T10:00'],
    ['tonight, eight', '2026-11-21T20:00'],
    ['tonight at eight', '2026-11-21T20:00'],
    ['eight tonight', '2026-11-21T20:00'],
    ['tonight at twelve', '2026-11-22T00:00'],
    ['Wednesday week at two thirty', '2026-12-02T14:30'],
    ['Friday fortnight at noon', '2026-12-11T12:00'],
    ['a week on Monday at 16:40', '2026-11-30T16:40'],
    ['a fortnight on Monday', '2026-12-07T09:00'],
    ['a week tomorrow at ten', '2026-11-29T10:00'],
    ['tomorrow week at ten', '2026-11-29T10:00'],
    ['a week today at five', '2026-11-28T17:00'],
    ['Tuesday after next at three', '2026-12-01T15:00'],
    ['Friday of next week at 11', '2026-11-27T11:00'],
    ['four pm next week Tuesday', '2026-11-24T16:00'],
    ['next Sunday at 5 pm', '2026-11-29T17:00'],
    ['Saturday at 9 am', '2026-11-28T09:00'],
    ['Saturday at two', '2026-11-21T14:00'],
    ['nine fifteen tomorrow', '2026-11-22T09:15'],
    ['tomorrow at eight oh five', '2026-11-22T08:05'],
    ['september 16 11am', '2027-09-16T11:00'],
    ['the sixth of October, 10 o’clock in the morning', '2027-10-06T10:00'],
    ['jun 24 12 noon', '2027-06-24T12:00'],
    ['half eleven the 1st of March', '2027-03-01T11:30'],
    ['the second of May at ten', '2027-05-02T10:00'],
    ['the 31st at noon', '2026-12-31T12:00'],
    ['the last day of the month at 3 pm', '2026-11-30T15:00'],
    ['the end of next month', '2026-12-31T09:00'],
    ['the 5th of next month at 3', '2026-12-05T15:00'],
    ['Monday the 7th at 8:20', '2026-12-07T08:20'],
    ['this evening at half seven', '2026-11-21T19:30'],
    ['tomorrow evening', '2026-11-22T20:00'],
    ['in three days at noon', '2026-11-24T12:00'],
    ['12/24/2026 at 6 pm', '2026-12-24T18:00'],
    ['9 am', '2026-11-22T09:00'],
    ['26 july 7 in the morning', '2027-07-26T07:00'],
    ['28 August 9', '2027-08-28T09:00'],
    ['2 jan at 2a.m.', '2027-01-02T02:00'],
    // Words that would have to be dropped, or that contradict each other.
    ['Thursday the 14th at three', null],
    ['6 june 10', null],
    ['Wednesday weak at two', null],
    ['the 30th of February', null],
    ['next week', null],
    ['tomorrow or Sunday at three', null],
    ['Friday before noon', null],
    ['from ten to eleven on Friday', null],
    ['Friday afternoon at 8 am', null],
    ['Thursday night at one', null],
    ['Easter Monday at ten', null],
    ['every Friday at ten', null],
    ['the Friday after Christmas', null],
    ['whenever', null],
  ])('%s', (said, wanted) => expect(localDatetimeOf(said, now)).toBe(wanted));
});

describe('end times', () => {
  const start = { year: 2026, month: 11, day: 26, hour: 14, minute: 0 };
  it.each([
    ['quarter to three', '2026-11-26T14:45'],
    ['4:30', '2026-11-26T16:30'],
    ['half three', '2026-11-26T15:30'],
    ['16:00', '2026-11-26T16:00'],
    ['one', '2026-11-27T01:00'],
    ['9 am', '2026-11-27T09:00'],
    ['friday at 10', '2026-11-27T10:00'],
    ['thursday at four', '2026-11-26T16:00'],
    ['next thursday at four', '2026-11-26T16:00'],
    ['tomorrow at four', null],
    ['today at four', null],
  ])('%s', (said, wanted) => expect(localDatetimeOf(said, now, start)).toBe(wanted));
});

describe('texts', () => {
  it('takes quotation marks and punctuation off the ends only', () => {
    expect(plainText('"see you at 5, ok?"')).toBe('see you at 5, ok?');
    expect(plainText("I'm late")).toBe("I'm late");
  });

  it('leaves names without their articles and apostrophes', () => {
    expect(plainName("Dad's phone")).toBe("Dad's phone");
  });
});

describe('a word that is not understood', () => {
  /** Values of each kind, and words that stand for nothing that a resolver knows, or that would change the value. */
  const kinds: readonly [string, (said: string) => unknown, readonly string[]][] = [
    ['percent', percentOf, ['20 percent', 'a third', 'seven tenths', 'level 3', 'max', 'half', '7 out of 10']],
    ['celsius', celsiusOf, ['21', 'nineteen and a half', '70 degrees fahrenheit']],
    ['duration', durationOf, ['ten minutes', 'an hour and a half', '1 hour 20', 'half an hour']],
    ['length', millimetresOf, ['5 cm', 'an inch and a half', 'two inches']],
    ['clock time', (said) => clockTimeOf(said, now), ['7:30', 'half past six', 'eight in the evening', 'noon', '7 pm']],
    [
      'date',
      (said) => localDatetimeOf(said, now),
      ['tomorrow at 3 pm', 'Friday noon', 'the 5th of May at ten', 'Wednesday week'],
    ],
  ];
  const strange = fc.constantFrom(
    'not',
    'before',
    'after',
    'until',
    'less',
    'except',
    'or',
    'lunar',
    'every',
    'minus',
    'more than',
    'banana',
    'yesterday',
    'twice',
    'squared',
    'under',
    'or so later',
    'zwanzig',
  );

  it.each(kinds)('is never dropped from a %s', (_name, resolve, values) => {
    for (const value of values) expect([value, resolve(value)]).not.toEqual([value, null]);
    fc.assert(
      fc.property(fc.constantFrom(...values), strange, fc.nat({ max: 6 }), (value, word, at) => {
        const words = value.split(' ');
        words.splice(Math.min(at, words.length), 0, word);
        const said = words.join(' ');
        // "Minus 21" is a temperature of its own.
        if (resolve === celsiusOf && word === 'minus') return;
        expect([said, resolve(said)]).toEqual([said, null]);
      }),
      { numRuns: 400 },
    );
  });

  it.each(kinds)('nor is a second %s', (_name, resolve, values) => {
    for (const one of values)
      for (const other of values) {
        const said = `${one} or ${other}`;
        expect([said, resolve(said)]).toEqual([said, null]);
      }
  });
});

describe('any words at all', () => {
  const resolvers: readonly [string, (said: string) => unknown][] = [
    ['number', numberOf],
    ['percent', percentOf],
    ['celsius', celsiusOf],
    ['duration', durationOf],
    ['length', millimetresOf],
    ['clock time', (said) => clockTimeOf(said, now)],
    ['date', (said) => localDatetimeOf(said, now)],
  ];
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(
        'half',
        'past',
        'twenty',
        'a',
        'minus',
        ':',
        '7',
        '99999999999999999999',
        '%',
        'pm',
        'hour',
        'and',
      ),
      fc.string(),
    ),
    { maxLength: 8 },
  );

  it.each(resolvers)('%s answers with a value or null, and never NaN', (_name, resolve) => {
    fc.assert(
      fc.property(words, (parts) => {
        const value = resolve(parts.join(' '));
        expect(Number.isNaN(value)).toBe(false);
        if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
