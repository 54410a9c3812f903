import { describe, expect, it } from 'vitest';
import { catalog } from '../../../../src/catalog/catalog.js';
import { decide } from '../../../../src/model/profiles/octopus/decide.js';
import { octopusFunctions } from '../../../../src/model/profiles/octopus/octopus-functions.js';
import { partsOf } from './written.js';

const plan = (sentence: string, output: string, probability = 0.99, offered: readonly string[] = []) =>
  decide(partsOf(` ${output}<nexa_end>`, probability), sentence, offered);

/** The arguments of the only call, spans as their words between angle brackets. */
function argsOf(sentence: string, output: string) {
  const { decision, calls } = plan(sentence, output);
  if (decision !== 'plan') return decision;
  return Object.fromEntries(
    Object.entries(calls[0]?.args ?? {}).map(([name, value]) => {
      if (value.kind !== 'span') return [name, 'value' in value ? value.value : value];
      expect(sentence.slice(value.span.start, value.span.end)).toBe(value.span.text);
      return [name, `<${value.span.text}>`];
    }),
  );
}

describe('the table of published functions', () => {
  it('holds 21 functions, of which all but the last are in the catalogue with these parameters', () => {
    expect(octopusFunctions).toHaveLength(21);
    expect(octopusFunctions[20]?.name).toBeNull();
    for (const { name, parameters } of octopusFunctions.slice(0, 20)) {
      const ours = catalog.find((entry) => entry.name === name);
      const names = ours?.parameters.map((parameter) => parameter.name) ?? [];
      expect(ours, `${name}`).toBeDefined();
      for (const parameter of parameters) if (parameter) expect(names).toContain(parameter.name);
    }
  });

  it.each<[string, string, string, unknown]>([
    ['Take a selfie', "<nexa_0>('front')", 'take_a_photo', { camera: 'front' }],
    ["What's new in science?", "<nexa_1>('science', 'en')", 'get_trending_news', { query: '<science>' }],
    ['weather in new york please', "<nexa_2>('New York')", 'get_weather_forecast', { location: '<new york>' }],
    [
      'mail anna@example.com: lunch, are you free',
      "<nexa_3>('anna@example.com', 'Lunch', 'Are you free?')",
      'send_email',
      { recipient: '<anna@example.com>', title: '<lunch>', content: 'Are you free?' },
    ],
    ['youtube: knots', "<nexa_4>('knots')", 'search_youtube_videos', { query: '<knots>' }],
    [
      'walk me from the station to the zoo',
      "<nexa_5>('the station', 'the zoo', 'walking')",
      'find_route_google_maps',
      { origin: '<the station>', destination: '<the zoo>', mode: 'walking' },
    ],
    ['any smoke?', '<nexa_6>()', 'check_smoke_detector', {}],
    [
      'text Anna I’m   late',
      "<nexa_7>('Anna', 'I'm late')",
      'send_text_message',
      { contact_name: '<Anna>', message: '<I’m   late>' },
    ],
    ['call 555 010 0199', "<nexa_8>('+15550100199')", 'make_phone_call', { recipient: '<555 010 0199>' }],
    ['call Mom', "<nexa_8>('Mom')", 'make_phone_call', { recipient: '<Mom>' }],
    [
      'save Lee, 020 7946 0000',
      "<nexa_9>('Lee', '02079460000')",
      'create_contact',
      { name: '<Lee>', phone_number: '<020 7946 0000>' },
    ],
    [
      'wake me at seven thirty',
      "<nexa_10>('07:30', 'Wake up')",
      'set_timer_alarm',
      { time: '07:30', label: 'Wake up' },
    ],
    ['alarm for 19:30', "<nexa_10>('19:30', '')", 'set_timer_alarm', { time: '<19:30>' }],
    ['brightness to level 7', '<nexa_11>(7)', 'change_screen_brightness', { level: 70 }],
    ['brightness to 75%', "<nexa_11>('8')", 'change_screen_brightness', { level: '<75%>' }],
    ['full brightness', '<nexa_11>(10)', 'change_screen_brightness', { level: 100 }],
    ['ringer to three', "<nexa_13>(3, 'ring')", 'set_volume', { level: 30, volume_type: 'ring' }],
    ['pair my buds', "<nexa_14>('buds', 10)", 'connect_to_bluetooth_device', { device_name: '<buds>' }],
    ['no more calls please', '<nexa_15>(True)', 'enable_do_not_disturb', { enabled: true }],
    ['heat to 70 degrees', '<nexa_16>(70)', 'set_thermostat', { temperature: '<70 degrees>' }],
    ['heat to 21 °C', '<nexa_16>(70)', 'set_thermostat', { temperature: '<21 °C>' }],
    [
      'Spotify, some Bach, kitchen hub',
      "<nexa_17>('Spotify', 'Bach')",
      'play_music_on_speaker',
      { service: '<Spotify>', name: '<Bach>' },
    ],
    ['Dune on the TV', "<nexa_18>(None, 'Dune')", 'play_video_on_tv', { name: '<Dune>' }],
    ['lock up', "<nexa_19>('lock')", 'set_door_lock', { locked: true }],
    ['open the door', "<nexa_19>('open')", 'set_door_lock', { locked: false }],
  ])('%s', (sentence, output, name, args) => {
    expect(plan(sentence, output).calls[0]?.function).toBe(name);
    expect(argsOf(sentence, output)).toEqual(args);
  });
});

describe('several calls', () => {
  it('are parallel, each with its own confidence', () => {
    const { calls } = plan('selfie and any smoke?', "<nexa_0>('front');<nexa_6>()", 0.9);
    expect(calls.map(({ id, after, confidence }) => ({ id, after, confidence }))).toEqual([
      { id: 'c1', after: [], confidence: 0.9 },
      { id: 'c2', after: [], confidence: 0.9 },
    ]);
  });

  it('fill each other where the parameter takes such a result', () => {
    const { calls } = plan('text Anna the weather in Rome', "<nexa_7>('Anna', <nexa_2>('Rome'))");
    expect(calls.map((call) => [call.id, call.function])).toEqual([
      ['c1', 'get_weather_forecast'],
      ['c2', 'send_text_message'],
    ]);
    expect(calls[1]?.args.message).toEqual({ kind: 'result', call: 'c1' });
  });

  it.each([
    ['a photo as text', "<nexa_7>('Anna', <nexa_0>('front'))"],
    ['a call without a result', "<nexa_7>('Anna', <nexa_11>(7))"],
    ['a result where none goes', "<nexa_9>(<nexa_2>('Rome'), '5550100')"],
    ['nothing, nested', "<nexa_7>('Anna', <nexa_20>())"],
    ['nothing, beside a call', '<nexa_6>();<nexa_20>()'],
  ])('refuses %s', (_, output) => {
    expect(plan('text Anna 7 Rome 5550100', output)).toMatchObject({ decision: 'clarify', calls: [], readings: [] });
  });
});

describe('the decision', () => {
  it.each([
    ['irrelevant_function', '<nexa_20>()', 0.99, 'irrelevant'],
    ['an unsure irrelevant_function', '<nexa_20>()', 0.5, 'irrelevant'],
    ['a function below 0.3', '<nexa_6>()', 0.29, 'irrelevant'],
    ['a function at 0.3', '<nexa_6>()', 0.3, 'clarify'],
    ['a function below 0.8', '<nexa_6>()', 0.79, 'clarify'],
    ['a function at 0.8', '<nexa_6>()', 0.8, 'plan'],
  ] as const)('%s', (_, output, probability, decision) => {
    expect(plan('any smoke?', output, probability)).toMatchObject({ decision, confidence: probability });
  });

  it('asks with its one reading when it is unsure', () => {
    const draft = plan('any smoke?', '<nexa_6>()', 0.6);
    expect(draft.calls).toEqual([]);
    expect(draft.readings).toEqual([{ confidence: 0.6, calls: [expect.objectContaining({ id: 'c1' })] }]);
  });

  it('asks without a reading about an output that is no call', () => {
    const nothing = { decision: 'clarify', calls: [], readings: [] };
    expect(decide(partsOf(' I cannot'), 'hm', [])).toEqual({ ...nothing, confidence: 0 });
    expect(decide([], 'hm', [])).toEqual({ ...nothing, confidence: 0 });
    expect(plan('hm', '<nexa_6>(', 0.9)).toEqual({ ...nothing, confidence: 0.9 });
  });

  it('never gives a call that was not offered', () => {
    expect(plan('any smoke?', '<nexa_6>()', 0.99, ['take_a_photo'])).toMatchObject({
      decision: 'clarify',
      readings: [],
    });
    expect(plan('any smoke?', '<nexa_6>()', 0.99, ['check_smoke_detector']).decision).toBe('plan');
  });

  it.each([
    ['a required argument that is missing', 'text Anna', "<nexa_7>('Anna')"],
    ['a required argument that is empty', 'text Anna', "<nexa_7>('Anna', '')"],
    ['a choice that the catalogue does not have', 'take a photo', "<nexa_0>('side')"],
    ['a level above ten', 'brightness to 70', '<nexa_11>(70)'],
    ['a word for a switch', 'no calls', "<nexa_15>('maybe')"],
  ])('asks about %s', (_, sentence, output) => {
    expect(plan(sentence, output)).toMatchObject({ decision: 'clarify', calls: [], readings: [] });
  });
});
