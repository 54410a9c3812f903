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
    ['a while', null],
  ])('%s', (said, seconds) => expect(durationOf(said)).toBe(seconds));
});

describe('lengths', () => {
  it.each([
    ['5 cm', 50],
    ['5 centimeters', 50],
    ['20 mm', 20],
    ['two inches', 51],
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
