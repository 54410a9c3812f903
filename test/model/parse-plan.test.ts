import { describe, expect, it } from 'vitest';
import { type PlanStep, parsePlan } from '../../src/model/parse-plan.js';
import { symbolOf } from '../../src/model/plan-symbol.js';
import { splitWords } from '../../src/model/words.js';

function parse(sentence: string, tokens: string) {
  const steps: PlanStep[] = tokens.split(' ').flatMap((token) => {
    const symbol = symbolOf(token);
    return symbol ? [{ symbol, probability: 0.9 }] : [];
  });
  return parsePlan(steps, sentence, splitWords(sentence));
}

const span = (text: string, start: number) => ({ kind: 'span', span: { text, start, end: start + text.length } });

describe('parsePlan', () => {
  it('reads parallel calls with the words they point at', () => {
    const sentence = "text Anna that I'm late and set an alarm for 7:30";
    const parsed = parse(
      sentence,
      '<fn:send_text_message> <arg:contact_name> <w:1> <w:1> <arg:message> <w:3> <w:4> <call_end> <also> <fn:set_timer_alarm> <arg:time> <w:10> <w:10> <call_end> <plan_end>',
    );
    expect(parsed).toEqual({
      ok: true,
      value: [
        {
          id: 'c1',
          function: 'send_text_message',
          args: { contact_name: span('Anna', 5), message: span("I'm late", 15) },
          target: null,
          after: [],
          confidence: 0.9,
        },
        {
          id: 'c2',
          function: 'set_timer_alarm',
          args: { time: span('7:30', 45) },
          target: null,
          after: [],
          confidence: 0.9,
        },
      ],
    });
  });

  it('reads one end for all calls as well as one end per call', () => {
    const each = parse(
      'wifi on lock it',
      '<fn:set_wifi> <arg:enabled> <on> <call_end> <also> <fn:set_car_lock> <arg:locked> <on> <call_end> <plan_end>',
    );
    const all = parse(
      'wifi on lock it',
      '<fn:set_wifi> <arg:enabled> <on> <also> <fn:set_car_lock> <arg:locked> <on> <plan_end>',
    );
    const bare = parse(
      'wifi on lock it',
      '<fn:set_wifi> <arg:enabled> <on> <fn:set_car_lock> <arg:locked> <on> <plan_end>',
    );
    expect(each.ok).toBe(true);
    expect(all).toEqual(each);
    expect(bare).toEqual(each);
  });

  it('puts a nested call before the call it fills', () => {
    const parsed = parse(
      'text Mom the weather in Paris',
      '<fn:send_text_message> <arg:contact_name> <w:1> <w:1> <arg:message> <fn:get_weather_forecast> <arg:location> <w:5> <w:5> <call_end> <call_end> <plan_end>',
    );
    expect(parsed.ok && parsed.value.map((call) => [call.id, call.function, call.after])).toEqual([
      ['c1', 'get_weather_forecast', []],
      ['c2', 'send_text_message', []],
    ]);
    expect(parsed.ok && parsed.value[1]?.args.message).toEqual({ kind: 'result', call: 'c1' });
  });

  it('takes a thing that is said twice at once as said once, and not one that is said again later', () => {
    const pause = '<fn:media_control> <arg:action> <val:pause> <call_end>';
    const twice = parse('hold on, pause it', `${pause} <also> ${pause} <plan_end>`);
    expect(twice).toMatchObject({ ok: true, value: [{ id: 'c1' }] });
    const again = parse('pause it then pause it', `${pause} <then> ${pause} <plan_end>`);
    expect(again).toMatchObject({ ok: true, value: [{ id: 'c1' }, { id: 'c2', after: ['c1'] }] });
  });

  it('asks once when two calls need the same reading', () => {
    const nested = '<fn:get_battery_level> <call_end>';
    const parsed = parse(
      'text Mom and Dad my battery',
      `<fn:send_text_message> <arg:contact_name> <w:1> <w:1> <arg:message> ${nested} <call_end> <also> <fn:send_text_message> <arg:contact_name> <w:3> <w:3> <arg:message> ${nested} <call_end> <plan_end>`,
    );
    expect(parsed.ok && parsed.value.map((call) => call.function)).toEqual([
      'get_battery_level',
      'send_text_message',
      'send_text_message',
    ]);
  });

  it('makes a sequel wait for all calls since the last one', () => {
    const call = (name: string) => `<fn:${name}> <call_end>`;
    const parsed = parse(
      'a b c d',
      `${call('open_trunk')} <also> ${call('flash_and_honk')} <then> ${call('lock_screen')} <then> ${call('take_screenshot')} <plan_end>`,
    );
    expect(parsed.ok && parsed.value.map((entry) => entry.after)).toEqual([[], [], ['c1', 'c2'], ['c3']]);
  });

  it('keeps the target apart from the arguments', () => {
    const parsed = parse(
      'open maps on my tablet',
      '<fn:open_app> <target> <w:3> <w:4> <arg:app_name> <w:1> <w:1> <call_end> <plan_end>',
    );
    expect(parsed.ok && parsed.value[0]?.target?.text).toBe('my tablet');
  });

  it.each([
    ['an unfinished plan', '<fn:set_wifi> <arg:enabled> <on> <call_end>'],
    ['a value without an argument', '<fn:set_wifi> <on> <call_end> <plan_end>'],
    ['an argument without a value', '<fn:set_wifi> <arg:enabled> <call_end> <plan_end>'],
    ['words that are not there', '<fn:open_app> <arg:app_name> <w:1> <w:90> <call_end> <plan_end>'],
    [
      'a call beside irrelevant',
      '<fn:set_wifi> <arg:enabled> <on> <call_end> <fn:irrelevant> <plan_end> <plan_end> <plan_end>',
    ],
    ['an argument outside a call', '<arg:enabled> <on> <plan_end>'],
  ])('refuses %s', (_, tokens) => {
    expect(parse('wifi on please', tokens).ok).toBe(false);
  });
});
