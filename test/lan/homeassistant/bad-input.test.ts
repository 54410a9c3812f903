import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceSchema } from '../../../src/core/device.js';
import type { Failure } from '../../../src/core/failure.js';
import { EntityStore, MAX_ENTITIES } from '../../../src/lan/homeassistant/home/entity-store.js';
import { Rig } from './rig.js';

/** The rig still does its work. */
async function works(rig: Rig): Promise<void> {
  await rig.until(() => rig.find('Kitchen light')?.state === 'ready');
  expect(await rig.invoke('Kitchen light', 'set_light', { power: true })).toMatchObject({ status: 'done' });
}

describe('what no Home Assistant should send', () => {
  it('a message of 10 MB is left unread and told of', async () => {
    await using rig = await Rig.open();
    rig.server.sendEntitiesEvent(`{"a":{"light.huge":{"s":"on","a":{"friendly_name":"${'x'.repeat(10_000_000)}"}}}}`);
    await rig.until(() => rig.problems().includes('HA_MESSAGE_TOO_BIG'));
    expect(rig.find('light.huge')).toBeUndefined();
    await works(rig);
  });

  it('a message of 40 MB ends the connection before it is in memory, and a new one follows', async () => {
    await using rig = await Rig.open();
    const before = rig.server.connections;
    rig.server.sendRaw('x'.repeat(40_000_000));
    await rig.until(() => rig.server.connections > before);
    expect(rig.problems()).toContain('HA_MESSAGE_TOO_BIG');
    await works(rig);
  });

  it.each([
    ['no JSON', 'hello'],
    ['half a message', '{"id":3,"type":"eve'],
    ['null', 'null'],
    ['a list of nulls', '[null,null]'],
    ['a number', '7'],
    ['an event for nobody', '{"id":999999,"type":"event","event":{}}'],
    ['a pong for nobody', '{"id":999999,"type":"pong"}'],
    ['a result of another type', '{"id":"x","type":"result","success":"perhaps"}'],
    ['an unknown type', '{"id":1,"type":"surprise"}'],
  ])('%s', async (_name, text) => {
    await using rig = await Rig.open();
    rig.server.sendRaw(text);
    await works(rig);
  });

  it.each([
    ['no object', '7'],
    ['null', 'null'],
    ['a list', '[1,2]'],
    ['states that are not objects', '{"a":{"light.a":7,"light.b":null,"light.c":[],"light.d":"on"}}'],
    ['states without a state', '{"a":{"light.a":{"a":{}}},"c":{"light.kitchen":{"+":{"s":{}}}}}'],
    ['ids that are none', '{"a":{"__proto__.x":{"s":"on"},"LIGHT.A":{"s":"on"},"light":{"s":"on"},"../x":{"s":"on"}}}'],
    ['changes that are not objects', '{"c":{"light.kitchen":7}}'],
    ['times that are none', '{"c":{"light.kitchen":"x"},"a":{"light.a":{"s":5,"lc":"never"}}}'],
  ])('an event that is %s is a problem, and nothing more', async (_name, event) => {
    await using rig = await Rig.open();
    const names = rig.names();
    rig.server.sendEntitiesEvent(event);
    await rig.until(() => rig.problems().some((code) => /HA_BAD_ENTITIES|HA_MESSAGE_UNREADABLE/.test(code)));
    expect(rig.names()).toEqual(names);
    await works(rig);
  });

  it('attributes of other types count as absent', async () => {
    await using rig = await Rig.open({}, ({ house }) => {
      house.set('light.kitchen', 'off', { supported_color_modes: 7, brightness: 'much', friendly_name: { a: 1 } });
      house.set('climate.living_room', 'heat', { min_temp: 'cold', temperature: [], supported_features: 'all' });
      house.set('media_player.living_room_tv', 'off', { source_list: 'Netflix' });
    });
    expect(rig.find('light.kitchen')).toMatchObject({ functions: ['set_light', 'get_device_state'] });
    expect(await rig.invoke('light.kitchen', 'set_light', { brightness: 5 })).toMatchObject({ status: 'refused' });
    expect(rig.device('Living room thermostat').functions).not.toContain('set_thermostat');
  });

  it('hostile names stay text, on one line, short, and touch no prototype', async () => {
    const names: Readonly<Record<string, string>> = {
      markup: '<img src=x onerror=alert(1)>',
      control: 'a\u0000b\u001b[2Jc\r\nd',
      turned: 'safe\u202Egnp.exe\u200B',
      long: 'x'.repeat(3_000),
      proto: '__proto__',
      empty: '\u0007\u200B',
    };
    await using rig = await Rig.open({}, ({ house }) => {
      for (const [id, name] of Object.entries(names)) house.set(`light.${id}`, 'on', { friendly_name: name });
      house.changeLists({
        areas: [{ area_id: 'kitchen', name: '__proto__', aliases: ['constructor'], floor_id: '__proto__' }],
      });
    });
    const shown = rig.transport.devices().filter(({ id }) => id.startsWith('homeassistant:light.'));
    expect(shown.map(({ name }) => name)).toEqual([
      '<img src=x onerror=alert(1)>',
      expect.stringMatching(/^a b \[2Jc d$/),
      'safegnp.exe',
      expect.stringMatching(/^x{80}…$/),
      '__proto__',
      'light.empty',
    ]);
    expect(rig.device('Kitchen light')).toMatchObject({ room: '__proto__', groups: ['constructor'] });
    for (const device of rig.transport.devices()) expect(deviceSchema.safeParse(device).success).toBe(true);
    expect(Object.keys(Object.prototype)).toEqual([]);
    await works(rig);
  });

  it('registries that are no lists leave names and rooms away', async () => {
    await using rig = await Rig.open({}, ({ house }) => {
      Object.assign(house.registries, { areas: 'none', devices: [7, null, { id: 5 }] });
    });
    expect(rig.problems()).toEqual(
      expect.arrayContaining(['HA_AREA_REGISTRY_UNREADABLE', 'HA_DEVICE_REGISTRY_UNREADABLE']),
    );
    expect(rig.device('Kitchen light').room).toBeNull();
    await works(rig);
  });

  it('of 7,000 entities 5,000 are kept, and that is told', async () => {
    await using rig = await Rig.open({}, ({ house }) => {
      for (let at = 0; at < 7_000; at += 1)
        house.set(`sensor.number_${at}`, String(at), { friendly_name: `Number ${at}` });
      house.set('light.last', 'on', { friendly_name: 'Last light' });
    });
    expect(rig.find('Last light')).toBeDefined();
    expect(rig.transport.devices().length).toBeLessThanOrEqual(MAX_ENTITIES + 2);
    expect(rig.transport.devices().length).toBeGreaterThan(4_900);
    expect(rig.problems()).toContain('HA_TOO_MANY_ENTITIES');
    await works(rig);
  });
});

describe('the store of states', () => {
  it('takes any JSON without breaking, and knows only real ids', () => {
    const id = fc.oneof(fc.constantFrom('light.a', 'light.b', '__proto__', 'constructor'), fc.string());
    const state = fc.oneof(
      fc.record({ s: fc.string(), a: fc.dictionary(fc.string(), fc.jsonValue()) }, { requiredKeys: [] }),
      fc.record({ '+': fc.jsonValue(), '-': fc.jsonValue() }, { requiredKeys: [] }),
      fc.jsonValue(),
    );
    const event = fc.record(
      { a: fc.dictionary(id, state), c: fc.dictionary(id, state), r: fc.array(id) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 5 }), (events) => {
        const store = new EntityStore(() => {});
        for (const one of events) store.apply(JSON.parse(JSON.stringify(one)), { isFirst: false });
        for (const entity of store.all()) expect(entity.id).toMatch(/^[a-z0-9_]+\.[a-z0-9_]+$/);
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what a change leaves out, and drops what it takes away (subscribe_entities: c, "+", "-")', () => {
    const problems: Failure[] = [];
    const store = new EntityStore((failure) => problems.push(failure));
    store.apply(
      { a: { 'light.a': { s: 'on', a: { brightness: 10, rgb_color: [1, 2, 3] }, c: 'one' } } },
      { isFirst: true },
    );
    store.apply(
      { c: { 'light.a': { '+': { a: { brightness: 20 }, c: { id: 'two' } }, '-': { a: ['rgb_color'] } } } },
      { isFirst: false },
    );
    expect(store.get('light.a')).toMatchObject({ state: 'on', attributes: { brightness: 20 }, contextId: 'two' });
    expect(store.get('light.a')?.attributes).not.toHaveProperty('rgb_color');
    store.apply({ a: { 'light.b': { s: 'off', a: {} } } }, { isFirst: true });
    expect(store.get('light.a')).toBeUndefined();
    expect(problems).toEqual([]);
  });
});
