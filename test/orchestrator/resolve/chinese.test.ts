import { describe, expect, it } from 'vitest';
import { celsiusOf } from '../../../src/orchestrator/resolve/celsius.js';
import { digitsFromChinese } from '../../../src/orchestrator/resolve/chinese-numbers.js';
import { clockTimeOf, formatClockTime } from '../../../src/orchestrator/resolve/clock-time.js';
import { durationOf } from '../../../src/orchestrator/resolve/duration.js';
import { millimetresOf } from '../../../src/orchestrator/resolve/length.js';
import { localDatetimeOf } from '../../../src/orchestrator/resolve/local-datetime.js';
import { percentOf } from '../../../src/orchestrator/resolve/percent.js';

/** A Saturday. */
const now = { year: 2026, month: 11, day: 21, hour: 10, minute: 0 };

describe('Chinese values', () => {
  it.each([
    ['二十一', '21'],
    ['十', '10'],
    ['两百零五', '205'],
    ['一百五', '150'],
    ['一百一十二', '112'],
    ['一千二', '1200'],
    ['三万五', '35000'],
    ['二零二六', '2026'],
    ['７点', '7点'],
    ['七点四十五', '7点45'],
  ])('numerals: %s -> %s', (said, digits) => expect(digitsFromChinese(said)).toBe(digits));

  it.each([
    ['百分之二十', 20],
    ['百分之85', 85],
    ['百分之百', 100],
    ['百分之一百', 100],
    ['一半', 50],
    ['三分之一', 33],
    ['四分之三', 75],
    ['八成', 80],
    ['三档', 30],
    ['第五档', 50],
    ['40', 40],
    ['六十', 60],
    ['最大', 100],
    ['最低', 0],
    ['七成二', 72],
    ['八成五', 85],
    ['百分之七点五', 8],
    ['调到最亮', 100],
    ['两三成', null],
    ['一半多', null],
    ['不要最亮', null],
    ['二十到三十', null],
    ['两百', null],
    ['红色', null],
  ])('share: %s -> %s', (said, share) => expect(percentOf(said)).toBe(share));

  it.each([
    ['二十一度', 21],
    ['21度', 21],
    ['十九度半', 19.5],
    ['二十一点五度', 21.5],
    ['华氏七十度', 21.1],
    ['26摄氏度', 26],
    ['零下五度', -5],
    ['二十', 20],
    ['二十三度七', 23.7],
    ['23度5', 23.5],
    ['二十三四度', null],
    ['十到二十度', null],
    ['二十度以下', null],
    ['很热', null],
  ])('degrees: %s -> %s', (said, degrees) => expect(celsiusOf(said)).toBe(degrees));

  it.each([
    ['十分钟', 600],
    ['半小时', 1800],
    ['半个钟头', 1800],
    ['一个半小时', 5400],
    ['两小时二十分', 8400],
    ['一小时二十', 4800],
    ['一刻钟', 900],
    ['三刻钟', 2700],
    ['90秒', 90],
    ['两分半钟', 150],
    ['一分三十秒', 90],
    ['五个小时', 18000],
    ['两个钟头零十分', 7800],
    ['一个小时零五分', 3900],
    ['两个小时又一刻钟', 8100],
    ['十到十五分钟', null],
    ['两三分钟', null],
    ['一个多小时', null],
    ['十几分钟', null],
    ['半天', null],
    ['一天', null],
    ['一会儿', null],
  ])('duration: %s -> %s', (said, seconds) => expect(durationOf(said)).toBe(seconds));

  it.each([
    ['早上七点', '07:00'],
    ['七点半', '07:30'],
    ['晚上八点一刻', '20:15'],
    ['下午三点四十', '15:40'],
    ['六点零五分', '06:05'],
    ['八点过五分', '08:05'],
    ['差五分九点', '08:55'],
    ['晚上十二点', '00:00'],
    ['中午十二点', '12:00'],
    ['中午一点半', '13:30'],
    ['凌晨两点', '02:00'],
    ['夜里十一点', '23:00'],
    ['中午', '12:00'],
    ['下午3:20', '15:20'],
    ['19点三刻', '19:45'],
    ['二十分钟后', '10:20'],
    ['两个小时以后', '12:00'],
    ['明天早上六点半', '06:30'],
    ['晚上七点十五分', '19:15'],
    ['中午十二点差五分', '11:55'],
    ['七八点', null],
    ['一两点', null],
    ['七点或八点', null],
    ['七点之前', null],
    ['周五早上六点', null],
    ['下午三点半到四点', null],
  ])('time: %s -> %s', (said, time) => {
    const found = clockTimeOf(said, now);
    expect(found && formatClockTime(found)).toBe(time);
  });

  it.each([
    ['明天下午三点', '2026-11-22T15:00'],
    ['后天早上九点半', '2026-11-23T09:30'],
    ['大后天', '2026-11-24T09:00'],
    ['今晚八点', '2026-11-21T20:00'],
    ['明早七点', '2026-11-22T07:00'],
    ['周三下午两点', '2026-11-25T14:00'],
    ['下周一上午十点', '2026-11-23T10:00'],
    ['下周三', '2026-11-25T09:00'],
    ['周五9:30', '2026-11-27T09:30'],
    ['下周二3点半', '2026-11-24T15:30'],
    ['星期天晚上六点', '2026-11-22T18:00'],
    ['这周六晚上七点', '2026-11-21T19:00'],
    ['五月三号上午十点', '2027-05-03T10:00'],
    ['12月25日晚上七点', '2026-12-25T19:00'],
    ['下个月5号', '2026-12-05T09:00'],
    ['二十八号三点', '2026-11-28T15:00'],
    ['3号', '2026-12-03T09:00'],
    ['三天后下午四点', '2026-11-24T16:00'],
    ['两个小时后', '2026-11-21T12:00'],
    ['半小时后', '2026-11-21T10:30'],
    ['明天下午', '2026-11-22T15:00'],
    ['周五四点', '2026-11-27T16:00'],
    ['周五十点', '2026-11-27T10:00'],
    ['周四九点半', '2026-11-26T09:30'],
    ['这礼拜四十二点钟', '2026-11-26T12:00'],
    ['周一二十点', '2026-11-23T20:00'],
    ['月底那天下午三点', '2026-11-30T15:00'],
    ['月底下午三点', '2026-11-30T15:00'],
    ['这个月最后一天上午十点', '2026-11-30T10:00'],
    ['这个月的最后一天', '2026-11-30T09:00'],
    ['下个月底', '2026-12-31T09:00'],
    ['二月底上午九点', '2027-02-28T09:00'],
    ['明天晚上十二点', '2026-11-23T00:00'],
    ['今晚十二点', '2026-11-22T00:00'],
    ['早上八点', '2026-11-22T08:00'],
    ['三刻钟后', '2026-11-21T10:45'],
    ['一周后上午十点', '2026-11-28T10:00'],
    ['两个星期后', '2026-12-05T09:00'],
    ['下周一二十号', null],
    ['九月初九', null],
    ['农历九月九号', null],
    ['腊月二十三', null],
    ['正月十五晚上七点', null],
    ['大年三十', null],
    ['中秋节晚上六点', null],
    ['上周三下午两点', null],
    ['周三或者周四下午两点', null],
    ['每周三下午两点', null],
    ['二月三十号', null],
    ['十三月五号', null],
    ['五月三号周一上午十点', '2027-05-03T10:00'],
    ['五月三号周二上午十点', null],
    ['周五下午三点之前', null],
    ['月初', null],
    ['三四号下午两点', null],
    ['不知道', null],
  ])('moment: %s -> %s', (said, moment) => expect(localDatetimeOf(said, now)).toBe(moment));

  it('a bare end time belongs to the day of the start', () => {
    const start = { year: 2026, month: 11, day: 25, hour: 14, minute: 0 };
    expect(localDatetimeOf('四点', now, start)).toBe('2026-11-25T16:00');
    expect(localDatetimeOf('十点半', now, start)).toBe('2026-11-25T22:30');
    expect(localDatetimeOf('下周三四点', now, start)).toBe('2026-11-25T16:00');
    expect(localDatetimeOf('周三四点', now, start)).toBe('2026-11-25T16:00');
    expect(localDatetimeOf('明天四点', now, start)).toBe(null);
  });

  it.each([
    ['三厘米', 30],
    ['五毫米', 5],
    ['半公分', 5],
    ['一点五厘米', 15],
    ['很多', null],
  ])('length: %s -> %s', (said, length) => expect(millimetresOf(said)).toBe(length));

  it.each([
    ['percent', percentOf, ['百分之二十', '八成', '三分之一', '最大']],
    ['celsius', celsiusOf, ['二十一度', '十九度半', '26摄氏度']],
    ['duration', durationOf, ['十分钟', '一个半小时', '一小时二十']],
    ['length', millimetresOf, ['三厘米', '一厘米半']],
    ['time', (said: string) => clockTimeOf(said, now), ['早上七点半', '差五分九点', '中午']],
    ['moment', (said: string) => localDatetimeOf(said, now), ['明天下午三点', '周五四点', '五月三号']],
  ] as const)('a word that is not understood is never dropped from a %s', (_name, resolve, values) => {
    for (const value of values) {
      expect([value, resolve(value)]).not.toEqual([value, null]);
      for (const word of ['不要', '农历', '初', '或者', '以前', '多', '几', '除了', '每', '香蕉', '上上', '两三']) {
        for (let at = 0; at <= value.length; at += 1) {
          const said = value.slice(0, at) + word + value.slice(at);
          expect([said, resolve(said)]).toEqual([said, null]);
        }
      }
    }
  });
});
