import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog } from '../../../src/catalog/catalog.js';
import { planDraftSchema } from '../../../src/core/plan-draft.js';
import { draftToolCalls, groundToolCalls } from '../../../src/model/tools/draft-tool-calls.js';

type Written = { name: string; arguments?: Record<string, unknown>; after?: number[]; device?: string };

const options = { offered: [], confidence: 0.7 };
const toolCalls = (written: readonly Written[]) =>
  written.map((call) => ({ arguments: {}, after: [], device: null, ...call }));
const draft = (sentence: string, ...written: Written[]) => draftToolCalls(sentence, toolCalls(written), options);
const why = (sentence: string, ...written: Written[]) => {
  const grounded = groundToolCalls(sentence, toolCalls(written), options);
  return grounded.ok ? null : grounded.error.reason;
};
const words = (text: string) => ({ kind: 'span', span: expect.objectContaining({ text }) });

describe('draftToolCalls', () => {
  it('points at the words of the sentence, and gives other text as literals', () => {
    const call = { name: 'send_text_message', arguments: { contact_name: 'anna', message: 'I am late' } };
    expect(draft("text Anna that I'm late", call)).toEqual({
      decision: 'plan',
      confidence: 0.7,
      readings: [],
      calls: [
        {
          id: 'c1',
          function: 'send_text_message',
          args: { contact_name: words('Anna'), message: { kind: 'literal', value: 'I am late' } },
          target: null,
          after: [],
          confidence: 0.7,
        },
      ],
    });
  });

  it('gives no calls as irrelevant', () => expect(draft('what is love')).toMatchObject({ decision: 'irrelevant' }));

  it('fills a parameter with an earlier result where the catalogue allows it', () => {
    const sentence = 'text Anna where I am';
    const location = { name: 'get_current_location' };
    const text = { name: 'send_text_message', arguments: { contact_name: 'Anna', message: '$1' } };
    expect(draft(sentence, location, text).calls[1]?.args).toMatchObject({ message: { kind: 'result', call: 'c1' } });
    expect(why(sentence, text)).toMatch(/message/);
    expect(why(sentence, location, { ...text, arguments: { contact_name: '$1', message: 'x' } })).toMatch(
      /contact_name/,
    );
    const photo = { name: 'send_photo', arguments: { contact_name: 'Anna', photo: '$1' } };
    expect(why(sentence, location, photo)).toMatch(/photo/);
    expect(draft(sentence, { name: 'take_a_photo' }, photo).decision).toBe('plan');
  });

  it('keeps order and device where the sentence and the answer hold them', () => {
    const sentence = 'lock the office laptop, then turn the wifi on';
    const lock = { name: 'lock_screen', device: 'office laptop' };
    const calls = draft(sentence, lock, {
      name: 'set_wifi',
      arguments: { enabled: true },
      after: [1],
      device: 'Pixel',
    }).calls;
    expect(calls).toMatchObject([{ target: { text: 'office laptop' } }, { target: null, after: ['c1'] }]);
    expect(why(sentence, { ...lock, after: [1] })).toMatch(/waits/);
    expect(why(sentence, { ...lock, after: [2] }, { name: 'lock_screen' })).toMatch(/waits/);
  });

  it.each<[string, string, Written]>([
    ['an unknown function', 'do it', { name: 'launch_rocket' }],
    ['irrelevant as a function', 'do it', { name: 'irrelevant' }],
    ['an unknown parameter', 'wifi on', { name: 'set_wifi', arguments: { enabled: true, network: 'home' } }],
    ['text for a switch', 'wifi on', { name: 'set_wifi', arguments: { enabled: 'on' } }],
    ['a value that is none of the choices', 'skip', { name: 'media_control', arguments: { action: 'skip' } }],
    ['a list for text', 'open Signal', { name: 'open_app', arguments: { app_name: ['Signal'] } }],
    ['an object for a number', 'volume 3', { name: 'set_volume', arguments: { level: { value: 3 } } }],
    ['words that are no number', 'volume up', { name: 'set_volume', arguments: { level: 'louder' } }],
    ['an invented number', 'call mom', { name: 'make_phone_call', arguments: { recipient: '+15550109999' } }],
    [
      'a bare invented number',
      'save Mira',
      { name: 'create_contact', arguments: { name: 'Mira', phone_number: 5_550_199 } },
    ],
    [
      'an invented e-mail address',
      'mail Anna hello',
      { name: 'send_email', arguments: { recipient: 'anna@example.com', content: 'hello' } },
    ],
    ['an invented page', 'open the news', { name: 'open_url', arguments: { url: 'https://news.example.com' } }],
    ['an invented time', 'set an alarm', { name: 'set_timer_alarm', arguments: { time: '07:00' } }],
    [
      'an invented date',
      'add a dentist appointment',
      { name: 'create_calendar_event', arguments: { title: 'dentist appointment', start_time: '2024-01-01T10:00' } },
    ],
    ['far too much text', 'text Anna', { name: 'send_text_message', arguments: { message: 'a'.repeat(500_000) } }],
    ['an invented duration', 'start a timer', { name: 'start_timer', arguments: { duration: 300 } }],
    ['invented degrees', 'warm the car', { name: 'set_climate_temperature', arguments: { temperature: 22 } }],
  ])('asks about %s', (_, sentence, call) => {
    expect(draft(sentence, call)).toMatchObject({ decision: 'clarify', calls: [] });
    expect(why(sentence, call)).not.toBeNull();
  });

  it('lets no function pass that was not offered', () => {
    const calls = toolCalls([{ name: 'lock_screen' }]);
    expect(draftToolCalls('lock it', calls, { ...options, offered: ['set_wifi'] }).decision).toBe('clarify');
  });

  it('asks when there are more calls than a plan may hold', () => {
    const many = Array.from({ length: 51 }, () => ({ name: 'lock_screen' }));
    expect(why('lock it', ...many)).toMatch(/50/);
  });

  it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    ['warm it to 72 °F', 'set_thermostat', { temperature: 72 }, { temperature: words('72 °F') }],
    ['heat to 21.5 degrees', 'set_thermostat', { temperature: 21.5 }, { temperature: words('21.5 degrees') }],
    ['volume to 20%', 'set_volume', { level: 20 }, { level: words('20%') }],
    ['volume to 7 out of 10', 'set_volume', { level: 70 }, { level: { kind: 'literal', value: 70 } }],
    ['volume all the way up', 'set_volume', { level: 100 }, { level: { kind: 'literal', value: 100 } }],
    ['brightness to level 3', 'change_screen_brightness', { level: 3 }, { level: words('level 3') }],
    ['timer for 10 minutes', 'start_timer', { duration: 10 }, { duration: words('10 minutes') }],
    ['timer for ten minutes', 'start_timer', { duration: 600 }, { duration: { kind: 'literal', value: 600 } }],
    ['timer for ten minutes', 'start_timer', { duration: 'ten minutes' }, { duration: words('ten minutes') }],
    [
      'save Mira 0171 5550199',
      'create_contact',
      { name: 'Mira', phone_number: '0171 5550199' },
      { phone_number: words('0171 5550199') },
    ],
    [
      'open bbc.co.uk',
      'open_url',
      { url: 'https://bbc.co.uk' },
      { url: { kind: 'literal', value: 'https://bbc.co.uk' } },
    ],
    ['客厅灯调到百分之三十', 'set_light', { room: '客厅', brightness: 30, color: null }, { room: words('客厅') }],
  ])('reads the value in %j for %s', (sentence, name, given, expected) => {
    const [call] = draft(sentence, { name, arguments: given }).calls;
    expect(call?.args).toMatchObject(expected);
  });

  it('leaves out what the model filled with nothing', () => {
    const call = { name: 'set_light', arguments: { room: '', power: true, brightness: null, color: null } };
    expect(Object.keys(draft('lights on', call).calls[0]?.args ?? {})).toEqual(['power']);
  });

  it('gives a draft of the right form for whatever is called with whatever', () => {
    const parameters = [...new Set(catalog.flatMap((entry) => entry.parameters.map(({ name }) => name)))];
    const call = fc.record({
      name: fc.constantFrom(...catalog.map(({ name }) => name)),
      arguments: fc.dictionary(
        fc.constantFrom(...parameters),
        fc.oneof(fc.string(), fc.constantFrom('$1', '$2'), fc.double(), fc.boolean(), fc.jsonValue()),
        {
          maxKeys: 3,
        },
      ),
      after: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
      device: fc.option(fc.string()),
    });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(call, { maxLength: 3 }), (sentence, written) => {
        const result = draftToolCalls(sentence, written, options);
        expect(planDraftSchema.safeParse(result).success).toBe(true);
        for (const [index, made] of result.calls.entries())
          for (const argument of Object.values(made.args)) {
            if (argument.kind === 'span')
              expect(sentence.slice(argument.span.start, argument.span.end)).toBe(argument.span.text);
            if (argument.kind === 'result') expect(Number(argument.call.slice(1))).toBeLessThanOrEqual(index);
          }
      }),
      { numRuns: 500 },
    );
  });
});
