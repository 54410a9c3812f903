import { describe, expect, it } from 'vitest';
import { findFunction } from '../../../src/catalog/catalog.js';
import type { ParameterDescriptor } from '../../../src/catalog/function-descriptor.js';
import { groundMoment } from '../../../src/model/tools/ground-moment.js';
import { momentWords } from '../../../src/model/tools/moment-words.js';

function parameter(name: string): ParameterDescriptor {
  const functions = ['create_calendar_event', 'set_timer_alarm'].map(findFunction);
  const found = functions.flatMap((entry) => entry?.parameters ?? []).find((entry) => entry.name === name);
  if (!found) throw new RangeError(`no parameter ${name}`);
  return found;
}

describe('momentWords', () => {
  it.each([
    ['set an alarm for half past six', ['half past six']],
    ['wake me at seven thirty in the morning', ['seven thirty in the morning']],
    ['dentist two pm tomorrow', ['two pm tomorrow']],
    ['alarm for 6 and another for 7:15', ['6', '7:15']],
    ['alarm for quarter to five', ['quarter to five']],
    ['in ten minutes', ['in ten minutes']],
    ['turn the volume to five', ['five']],
    ['明天下午三点和老王开会', ['明天下午三点']],
    ['早上七点半叫我', ['早上七点半']],
    ['二十分钟后叫我', ['二十分钟后']],
    ['call mom', []],
    ['把灯打开', []],
    ['', []],
  ])('finds in %j %j', (sentence, expected) => {
    const found = momentWords(sentence);
    expect(found.map(({ text }) => text)).toEqual(expected);
    for (const { text, start, end } of found) expect(sentence.slice(start, end)).toBe(text);
  });
});

describe('groundMoment', () => {
  it.each([
    ['wake me at half past six', 'time', '06:30', 'half past six'],
    ['wake me at half past six', 'time', 'half past six', 'half past six'],
    ['text Anna I come at 5 and set an alarm for 7:15', 'time', '07:15', '7:15'],
    ['alarms for quarter to five and for eight pm', 'time', '16:45', 'quarter to five'],
    ['lunch with Olga tomorrow at 1 pm', 'start_time', '2019-03-02T13:00', 'tomorrow at 1 pm'],
    ['lunch with Olga tomorrow at 1 pm', 'start_time', '1 pm', 'tomorrow at 1 pm'],
    ['block 2 to 4 pm on Friday', 'end_time', '2024-05-03T16:00', '4 pm on Friday'],
    ['周五下午三点安排一个会议', 'start_time', '2024-05-03T15:00', '周五下午三点'],
    ['明早六点半叫醒我', 'time', '06:30', '明早六点半'],
  ])('in %j finds for %s = %j the words %j', (sentence, name, value, expected) =>
    expect(groundMoment(sentence, parameter(name), value)?.text).toBe(expected),
  );

  it.each([
    ['set an alarm', 'time', '07:00'],
    ['set an alarm called tomorrowland', 'time', 'tomorrowland'],
    ['alarms for six and for eight', 'time', '07:00'],
    ['lunch tomorrow at 1 pm', 'end_time', '2019-03-02T14:00'],
  ])('in %j finds no words for %s = %j', (sentence, name, value) =>
    expect(groundMoment(sentence, parameter(name), value)).toBeNull(),
  );
});
