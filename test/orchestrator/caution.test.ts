import { describe, expect, it } from 'vitest';
import type { DraftArgument, DraftCall } from '../../src/core/plan-draft.js';
import { cautionOf } from '../../src/orchestrator/caution.js';

/** A call whose values are these words of the sentence. */
function call(utterance: string, name: string, ...values: readonly string[]): DraftCall {
  const args = Object.fromEntries(
    values.map((text, index): [string, DraftArgument] => {
      const start = utterance.indexOf(text);
      return [`p${index}`, { kind: 'span', span: { start, end: start + text.length, text } }];
    }),
  );
  return { id: 'c1', function: name, args, target: null, after: [], confidence: 1 };
}

const kindOf = (utterance: string, name: string, ...values: readonly string[]): string | null =>
  /said not to|leave something out|wait for|sounds like a question/.exec(
    cautionOf(utterance, [call(utterance, name, ...values)]) ?? '',
  )?.[0] ?? null;

describe('cautionOf', () => {
  it.each([
    ['never open the garage', 'set_cover', 'said not to'],
    ["please don't unlock the front door", 'set_door_lock', 'said not to'],
    ['you should not lock the car', 'set_car_lock', 'said not to'],
    ['别给妈妈打电话', 'make_phone_call', 'said not to'],
    ['不要打开车库门', 'set_cover', 'said not to'],
    ['turn off all lights except the hallway', 'set_light', 'leave something out'],
    ['除了走廊，其他的灯都关掉', 'set_light', 'leave something out'],
    ['turn off the lights in ten minutes', 'set_light', 'wait for'],
    ['turn on the heater, wait five minutes, turn it off', 'set_switch', 'wait for'],
    ['close the blinds when I leave', 'set_cover', 'wait for'],
    ['turn off the TV at 10 pm', 'set_tv_power', 'wait for'],
    ['lock the doors every night', 'set_door_lock', 'wait for'],
    ['十分钟后关灯', 'set_light', 'wait for'],
    ['如果下雨就关窗', 'control_window', 'wait for'],
    ['is the trunk open?', 'open_trunk', 'sounds like a question'],
    ['are the car windows closed', 'control_window', 'sounds like a question'],
    ['车锁好了吗', 'set_car_lock', 'sounds like a question'],
    ['蓝牙开着吗', 'set_bluetooth', 'sounds like a question'],
  ])('%s (%s) is asked about: %s', (utterance, name, wanted) => {
    expect(kindOf(utterance, name)).toBe(wanted);
  });

  it.each([
    ["don't forget to lock the car", 'set_car_lock'],
    ["don't let anyone disturb me", 'enable_do_not_disturb'],
    ["Don't ring Marek, just lock the front door", 'set_door_lock'],
    ['别忘了锁车', 'set_car_lock'],
    ['别打电话，把灯关了', 'set_light'],
    ['is it possible to lock the back door', 'set_door_lock'],
    ['could you turn off the lights?', 'set_light'],
    ['能把车锁了吗', 'set_car_lock'],
    ['is the front door locked?', 'get_device_state'],
    ['turn the lights off if you can', 'set_light'],
    ['no wait, the kitchen light', 'set_light'],
    ['set the light to 21 percent', 'set_light'],
  ])('%s (%s) is not', (utterance, name) => {
    expect(kindOf(utterance, name)).toBeNull();
  });

  it.each([
    ['volume up', 'max', true],
    ['the bedroom light is too bright', 'max', true],
    ['dim the lights a little', 'min', true],
    ['把音量调小一点', 'min', true],
    ['turn it all the way down', 'min', false],
    ['volume up to the max', 'max', false],
    ['mute the phone', 'min', false],
    ['open the blinds', 'max', false],
    ['音量调到最大', 'max', false],
  ] as const)('%s as %s: asked about is %s', (utterance, value, isAsked) => {
    const level: DraftCall = { ...call(utterance, 'set_volume'), args: { level: { kind: 'level', value } } };
    expect(cautionOf(utterance, [level])?.includes('a little up or down') ?? false).toBe(isAsked);
  });

  it.each([
    ['text Mom and Anna happy birthday', 'Mom', 'happy birthday', true],
    ['给妈妈和小王发短信说我到了', '妈妈', '我到了', true],
    ['text Mom that Anna and I are late', 'Mom', 'Anna and I are late', false],
    ['text Mom hello and lock the car', 'Mom', 'hello', false],
  ])('%s to %s: asked about is %s', (utterance, contact, message, isAsked) => {
    const [to, text] = [call(utterance, 'x', contact).args['p0'], call(utterance, 'x', message).args['p0']];
    if (!to || !text) throw new RangeError('no words');
    const sent: DraftCall = { ...call(utterance, 'send_text_message'), args: { contact_name: to, message: text } };
    expect(cautionOf(utterance, [sent])?.includes('more people') ?? false).toBe(isAsked);
  });

  it.each([
    ['把前门锁上，厨房灯不用开', '厨房', true],
    ['lock the door, and do not open the garage', 'garage', true],
    ['锁上前门，别关客厅的灯', '客厅', true],
    ['don’t ring Marek, text him', 'Marek', false],
    ['别打电话，把客厅的灯关了', '客厅', false],
    ['热水器别开着了', '热水器', false],
  ])('%s, with a call for %s: asked about is %s', (utterance, value, isAsked) => {
    const caution = cautionOf(utterance, [call(utterance, 'set_light', value)]);
    expect(caution?.includes('A part of that says not to') ?? false).toBe(isAsked);
  });

  it('looks only at words that no call takes up', () => {
    const said = "text Anna I'll be there in ten minutes, don't wait until 9";
    expect(kindOf(said, 'send_text_message', 'Anna', "I'll be there in ten minutes, don't wait until 9")).toBeNull();
    expect(kindOf('remind me in ten minutes', 'start_timer', 'ten minutes')).toBeNull();
    expect(kindOf('play Don’t Stop Me Now', 'play_music', 'Don’t Stop Me Now')).toBeNull();
  });
});
