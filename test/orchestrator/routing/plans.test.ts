import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFunction } from '../../../src/catalog/catalog.js';
import type { Device } from '../../../src/core/device.js';
import type { Call } from '../../../src/core/plan.js';
import { dependenciesOf, planGraph } from '../../../src/orchestrator/plan-graph.js';
import { expandCalls } from '../../../src/orchestrator/routing/expand-calls.js';
import { Household } from '../../../src/orchestrator/routing/household.js';
import { callOf, chineseHouse, computer, family, home, house, phone, route } from './homes.js';

const light = (id: string, args: Call['args'], rest: Partial<Call> = {}): Call => ({
  ...callOf('set_light', args),
  id,
  ...rest,
});
const settled = (calls: readonly Call[], utterance: string, devices: readonly Device[] = house): readonly Call[] => {
  const choice = route(calls, { utterance, devices });
  if (!choice.settled) throw new Error(choice.clarification.question);
  return choice.calls;
};
const sketch = (calls: readonly Call[]) => calls.map(({ id, device, after }) => [id, device, after.join(' ')]);

describe('a call for several devices', () => {
  it('becomes a call for each, in parallel, and whoever waited for it waits for all', () => {
    const calls = [
      light('c1', { room: 'kitchen', power: false }),
      { ...callOf('lock_screen', {}), id: 'c2', after: ['c1'] },
      light('c3', { room: 'hall', power: true }, { after: ['c2'] }),
    ];
    const devices = [...house, computer('Tower')];
    expect(sketch(settled(calls, 'kitchen lights off, then lock the pc, then the hall light on', devices))).toEqual([
      ['c1', 'Kitchen ceiling', ''],
      ['c2', 'Counter light', ''],
      ['c3', 'Tower', 'c1 c2'],
      ['c4', 'Hall light', 'c3'],
    ]);
  });

  it('takes a result along to every device, and is never made of a result that others take', () => {
    const note: Call = { ...callOf('show_notification', { text: { $ref: 'c1' } }, 'both computers'), id: 'c2' };
    const devices = [phone('Pixel'), computer('Tower'), computer('ThinkPad')];
    const calls = [callOf('get_battery_level', {}), note];
    const told = settled(calls, 'show the battery level of the phone on both computers', devices);
    expect(told.map(({ args, device }) => [device, args])).toEqual([
      ['Pixel', {}],
      ['Tower', { text: { $ref: 'c1' } }],
      ['ThinkPad', { text: { $ref: 'c1' } }],
    ]);
    const both = [callOf('get_battery_level', {}, 'both phones'), note];
    const choice = route(both, {
      utterance: 'show the battery level of both phones on both computers',
      devices: [...devices, phone('Nokia')],
    });
    expect(choice).toMatchObject({ settled: false });
    if (!choice.settled) expect(choice.clarification.choices.map(({ label }) => label)).toEqual(['Pixel', 'Nokia']);
  });

  it('keeps ids as they are where nothing was multiplied', () => {
    const calls = [light('c4', { room: 'hall', power: true }), light('c7', { room: 'bedroom', power: true })];
    expect(sketch(settled(calls, 'hall light on, bedroom light on'))).toEqual([
      ['c4', 'Hall light', ''],
      ['c7', 'Bedroom light', ''],
    ]);
  });

  it('makes no more calls than a plan may hold', () => {
    const many = Array.from({ length: 60 }, (_, index) => home('light', `Lamp ${index}`, 'Hall'));
    const choice = route([light('c1', { power: false })], { utterance: 'all lights off', devices: many });
    expect(choice).toMatchObject({ settled: false, clarification: { choices: [] } });
    expect(
      route([light('c1', { power: false })], { utterance: 'all lights off', devices: many.slice(0, 50) }),
    ).toMatchObject({ settled: true });
  });
});

describe('several calls of one sentence', () => {
  it.each([
    [
      'turn on the light in the hall and all the lights in the kitchen',
      [
        ['hall', ['Hall light']],
        ['kitchen', ['Kitchen ceiling', 'Counter light']],
      ],
    ],
    [
      'all lights off in the kitchen, bedroom light off',
      [
        ['kitchen', ['Kitchen ceiling', 'Counter light']],
        ['bedroom', ['Bedroom light']],
      ],
    ],
    [
      'lights off in the kitchen and the hall',
      [
        ['kitchen', ['Kitchen ceiling', 'Counter light']],
        ['hall', ['Hall light']],
      ],
    ],
    [
      'kitchen and hall lights off',
      [
        ['kitchen', ['Kitchen ceiling', 'Counter light']],
        ['hall', ['Hall light']],
      ],
    ],
    [
      '客厅和书房的灯都关了',
      [
        ['客厅', ['客厅吊灯', '客厅落地灯']],
        ['书房', ['书房台灯']],
      ],
    ],
  ] as const)('%s', (utterance, rooms) => {
    const calls = rooms.map(([room], index) => light(`c${index + 1}`, { room, power: false }));
    const devices = /客/.test(utterance) ? chineseHouse : house;
    expect(settled(calls, utterance, devices).map(({ device }) => device)).toEqual(rooms.flatMap(([, names]) => names));
  });

  it.each([
    ['turn on the light in the kitchen, and all the lights in the living room', ['kitchen', 'living room']],
    ['turn on the desk lamp and turn off the light in the kitchen', [null, 'kitchen']],
    ['kitchen light on, hall light on, and all my friends are here', ['kitchen', 'hall']],
  ] as const)('asks for the kitchen light alone: %s', (utterance, rooms) => {
    const calls = rooms.map((room, index) => light(`c${index + 1}`, { power: true, ...(room ? { room } : {}) }));
    const choice = route(calls, { utterance, devices: house });
    expect(choice.settled ? [] : choice.clarification.choices.map(({ label }) => label)).toEqual([
      'Kitchen ceiling',
      'Counter light (Kitchen)',
    ]);
  });

  it('does not spread the number of one call over another', () => {
    const calls = [
      { ...callOf('set_wifi', { enabled: false }, 'all phones') },
      { ...callOf('take_a_photo', { camera: 'back' }), id: 'c2' },
    ];
    const two = [phone('a'), phone('b')];
    const choice = route(calls, { utterance: 'wifi off on all phones and take a photo', devices: two });
    expect(choice).toMatchObject({ settled: false });
    const blinds = [
      { ...callOf('set_cover', { position: 0, kind: 'blinds', room: 'living room' }) },
      { ...callOf('set_cover', { position: 0, kind: 'curtain', room: 'bedroom' }), id: 'c2' },
    ];
    expect(
      settled(blinds, 'close both blinds in the living room and the bedroom curtain').map(({ device }) => device),
    ).toEqual(['Living room blinds left', 'Living room blinds right', 'Bedroom curtain']);
  });

  it('asks about one call after the other, and keeps what was answered', () => {
    const calls = [
      light('c1', { room: 'kitchen', power: true }),
      { ...callOf('set_tv_power', { power: true }), id: 'c2' },
    ];
    const said = { utterance: 'kitchen light on and tv on', devices: house };
    const first = route(calls, said);
    const chosen = first.settled ? [] : (first.clarification.choices[1]?.calls ?? []);
    expect(chosen.map(({ device }) => device)).toEqual(['Counter light', null]);
    const second = route(chosen, said);
    const all = second.settled ? [] : (second.clarification.choices[0]?.calls ?? []);
    expect(route(all, said)).toMatchObject({
      settled: true,
      calls: [{ device: 'Counter light' }, { device: 'Samsung Frame' }],
    });
  });

  it('has a choice for all of them settle the whole call', () => {
    const calls = [
      light('c1', { power: false }),
      { ...callOf('control_vacuum', { action: 'dock' }), id: 'c2', after: ['c1'] },
    ];
    const said = { utterance: 'lights off, then dock the vacuum', devices: house };
    const choice = route(calls, said);
    const all = choice.settled ? [] : (choice.clarification.choices[0]?.calls ?? []);
    const end = route(all, said);
    expect(end.settled && end.calls).toHaveLength(10);
    expect(end.settled && end.calls[9]).toMatchObject({ device: 'Roomba', after: all.slice(0, 9).map(({ id }) => id) });
  });
});

describe('a garage door', () => {
  it('is written down as one, so that opening it needs a yes', () => {
    const calls = [callOf('set_cover', { position: 100, room: 'garage' })];
    expect(settled(calls, 'open up in the garage')[0]?.args).toEqual({ position: 100, room: 'garage', kind: 'garage' });
  });

  it.each(['garage', 'gate', 'door'])('so is a %s, whatever the sentence called it', (deviceClass) => {
    const devices = [home(deviceClass, 'Way in', 'Yard', { functions: ['set_cover'] })];
    const [call] = settled([callOf('set_cover', { position: 100 })], 'open up', devices);
    expect(call && findFunction('set_cover')?.risk(call.args)).toBe('confirm');
  });

  it('is not opened with the rest by a plural', () => {
    const devices = [home('garage', 'Left garage door', 'Garage'), home('garage', 'Right garage door', 'Garage')];
    const open = [callOf('set_cover', { position: 100, kind: 'garage' })];
    expect(route(open, { utterance: 'open the garage doors', devices }).settled).toBe(false);
    expect(route(open, { utterance: 'open all the garage doors', devices }).settled).toBe(true);
    const shut = [callOf('set_cover', { position: 0, kind: 'garage' })];
    expect(route(shut, { utterance: 'close the garage doors', devices }).settled).toBe(true);
  });
});

/** Devices with names, rooms and owners put together at random. */
const names = fc
  .tuple(
    fc.constantFrom('', "Dad's ", "Anna's ", '妈妈的', 'Big ', 'Left ', 'Kitchen ', '客厅'),
    fc.constantFrom('phone', 'light', 'lamp', 'tablet', '灯', '手机', 'Pixel 8', 'Pixel 7', 'Nokia'),
  )
  .map((parts) => parts.join(''));
const rooms = fc.constantFrom(null, 'Kitchen', 'Living room', '卧室', 'Master bedroom', 'Attic');
const household = fc
  .array(fc.tuple(names, rooms, fc.constantFrom('light', 'phone'), fc.constantFrom('ready', 'offline')), {
    minLength: 1,
    maxLength: 6,
  })
  .map((list) =>
    list.map(([name, room, kind, state], index): Device => {
      const facts = { id: `d${index}`, room, state: state === 'ready' ? ('ready' as const) : ('offline' as const) };
      return kind === 'light' ? home('light', name, room, facts) : phone(name, facts);
    }),
  );
const said = fc.oneof(
  names,
  rooms.map(String),
  fc.tuple(rooms, names).map(([room, name]) => `${room ?? ''} ${name}`),
);
const sentences = fc.constantFrom(
  '',
  'turn off the lights',
  'all lights off',
  'both phones',
  '灯都关了',
  'turn off the light',
  'every lamp in the kitchen',
  '两台手机都静音',
);

describe('whatever is said in whatever home', () => {
  const plans = fc.record({
    devices: household,
    utterance: sentences,
    target: fc.option(said),
    functionName: fc.constantFrom('set_light', 'set_wifi', 'send_text_message'),
    room: fc.option(rooms.map((room) => room ?? 'Cellar')),
    last: fc.constantFrom('d0', 'd1', 'nobody'),
  });
  const argsOf = (functionName: string, room: string | null): Call['args'] =>
    functionName === 'set_light'
      ? { power: true, ...(room === null ? {} : { room }) }
      : functionName === 'set_wifi'
        ? { enabled: true }
        : { contact_name: 'Anna', message: 'hi' };

  it('the chosen device offers the function, and no question offers another one', () => {
    fc.assert(
      fc.property(plans, ({ devices, utterance, target, functionName, room, last }) => {
        const choice = route([callOf(functionName, argsOf(functionName, room), target)], { utterance, devices, last });
        const offers = (call: Call): boolean =>
          call.device === null
            ? devices.every((device) => !device.functions.includes(functionName))
            : (devices.find(({ id }) => id === call.device)?.functions.includes(functionName) ?? false);
        const all = choice.settled ? [choice.calls] : choice.clarification.choices.map(({ calls }) => calls);
        expect(all.flat().every(offers)).toBe(true);
        if (!choice.settled) expect(choice.clarification.choices.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 1_000 },
    );
  });

  it('the chosen device is called by every word of the target, and stands in the room', () => {
    fc.assert(
      fc.property(plans, ({ devices, utterance, target, functionName, room }) => {
        const choice = route([callOf(functionName, argsOf(functionName, room), target)], { utterance, devices });
        if (!choice.settled) return;
        const known = new Household(devices);
        for (const call of choice.calls) {
          const device = known.devices.find((entry) => entry.device.id === call.device);
          const wanted = [target ?? '', functionName === 'set_light' ? (room ?? '') : ''].join(' ');
          // "null" stands for no room at all.
          const words = known.name(wanted).concepts.filter((concept) => concept !== 'null');
          if (device) expect(words.filter((concept) => !device.concepts.has(concept))).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('a new name for somebody else turns no device into another one', () => {
    fc.assert(
      fc.property(plans, names, ({ devices, target, functionName, room }, name) => {
        const call = callOf(functionName, argsOf(functionName, room), target);
        const before = route([call], { utterance: '', devices });
        const renamed = devices.map((device, index) => (index === devices.length - 1 ? { ...device, name } : device));
        const after = route([call], { utterance: '', devices: renamed });
        if (!after.settled || target === null) return;
        const known = new Household(renamed);
        const device = known.devices.find((entry) => entry.device.id === after.calls[0]?.device);
        const isOther = before.settled && before.calls[0]?.device !== after.calls[0]?.device;
        // Where the answer is another device, or was a question, the one now taken is called by all that was said.
        if (device && (isOther || !before.settled)) {
          const words = known.name(target).concepts.filter((concept) => concept !== 'null');
          expect(words.filter((concept) => !device.concepts.has(concept))).toEqual([]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('multiplying keeps the order, the results and every call', () => {
    const graphs = fc.array(
      fc.record({
        copies: fc.integer({ min: 1, max: 4 }),
        after: fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 3 }),
        takes: fc.option(fc.nat({ max: 7 })),
      }),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(graphs, (entries) => {
        const calls = entries.map(({ after, takes }, index): Call => {
          const from = takes !== null && takes < index ? `c${takes + 1}` : null;
          return {
            ...callOf('show_notification', { text: from ? { $ref: from } : 'x' }),
            id: `c${index + 1}`,
            after: after.filter((entry) => entry < index).map((entry) => `c${entry + 1}`),
          };
        });
        const isTaken = (call: Call): boolean =>
          calls.some((other) => JSON.stringify(other.args).includes(`"${call.id}"`));
        const copies = calls.map((call, index) => (isTaken(call) ? 1 : (entries[index]?.copies ?? 1)));
        const settledCalls = new Map(
          calls.map((call, index) => [
            call.id,
            Array.from({ length: copies[index] ?? 1 }, (_, at) => ({ ...call, device: `${call.id}/${at}` })),
          ]),
        );
        const expanded = expandCalls(calls, settledCalls);
        expect(planGraph(expanded).ok).toBe(true);
        expect(expanded.map(({ id }) => id)).toEqual(expanded.map((_, index) => `c${index + 1}`));
        expect(expanded.map(({ device }) => device)).toEqual(
          [...settledCalls.values()].flat().map(({ device }) => device),
        );
        const origin = new Map(expanded.map(({ id, device }) => [id, device?.split('/')[0] ?? '']));
        for (const call of expanded) {
          const old = calls.find(({ id }) => id === origin.get(call.id));
          const waits = new Set([...dependenciesOf(call)].map((id) => origin.get(id)));
          expect(waits).toEqual(new Set(old ? dependenciesOf(old) : []));
          for (const before of call.after)
            expect(call.after.filter((id) => origin.get(id) === origin.get(before))).toHaveLength(
              copies[calls.findIndex(({ id }) => id === origin.get(before))] ?? 0,
            );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a sentence of any words at all breaks nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ maxLength: 20 }), (utterance, target) => {
        for (const devices of [house, family, chineseHouse]) {
          const choice = route([callOf('set_light', { power: true, room: target }, null)], { utterance, devices });
          expect(choice.settled ? choice.calls.length : choice.clarification.choices.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });
});
