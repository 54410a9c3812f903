import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingNames } from '../../../src/lan/mqtt/abbreviations.js';
import { parseAnnouncement } from '../../../src/lan/mqtt/discovery.js';
import { EntityRegistry, MAX_ENTITIES } from '../../../src/lan/mqtt/entity-registry.js';
import { functionsOfThing } from '../../../src/lan/mqtt/functions/home-functions.js';
import { thingsOf } from '../../../src/lan/mqtt/things.js';

const parse = (topic: string, payload: unknown) =>
  parseAnnouncement('homeassistant', topic, typeof payload === 'string' ? payload : JSON.stringify(payload));

const entitiesOf = (topic: string, payload: unknown) => {
  const announcement = parse(topic, payload);
  return announcement.kind === 'entities' ? announcement.entities : announcement;
};

describe('parseAnnouncement', () => {
  it('expands abbreviations and the base topic', () => {
    const entities = entitiesOf('homeassistant/switch/garden/config', {
      '~': 'home/garden',
      name: 'Garden pump',
      cmd_t: '~/set',
      stat_t: 'state/~',
      pl_on: true,
      avty: [{ t: '~/there', val_tpl: '{{ value_json.state }}', pl_avail: 'yes' }],
      uniq_id: 'pump1',
      dev: { ids: ['a', 'b'], name: 'Pump', mf: 'Makers', mdl: 'P1', sa: 'Garden' },
    });
    expect(entities).toMatchObject([
      {
        component: 'switch',
        uniqueId: 'pump1',
        name: 'Garden pump',
        area: 'Garden',
        physical: { id: 'a', name: 'Pump', manufacturer: 'Makers', model: 'P1' },
        config: {
          topics: { command_topic: 'home/garden/set', state_topic: 'state/home/garden' },
          texts: { payload_on: 'True' },
        },
        availability: [{ topic: 'home/garden/there', online: 'yes', offline: 'offline' }],
      },
    ]);
  });

  it('reads whole devices; what stands beside the components counts for all; a bare platform removes', () => {
    const entities = entitiesOf('homeassistant/device/node1/config', {
      dev: { ids: 'node1', name: 'Node' },
      o: { name: 'maker' },
      stat_t: 'node1/state',
      cmps: {
        one: { p: 'sensor', uniq_id: 'n1t', dev_cla: 'temperature', val_tpl: '{{ value_json.t }}' },
        two: { p: 'switch', cmd_t: 'node1/set' },
        gone: { p: 'light' },
        strange: { p: 'camera', t: 'x' },
      },
    });
    expect(entities).toMatchObject([
      { component: 'sensor', uniqueId: 'n1t', config: { topics: { state_topic: 'node1/state' } } },
      { component: 'switch', uniqueId: 'switch.node1.two', physical: { id: 'node1' } },
    ]);
  });

  it('takes an empty payload as the end, and leaves other topics alone', () => {
    expect(parse('homeassistant/light/x/config', '')).toEqual({ kind: 'entities', entities: [] });
    expect(parse('homeassistant/camera/x/config', '{}')).toEqual({ kind: 'ignored' });
    expect(parse('homeassistant/a/b/c/d/config', '{}')).toEqual({ kind: 'ignored' });
    expect(parse('other/light/x/config', '{}')).toEqual({ kind: 'ignored' });
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a wildcard in a topic', { cmd_t: 'home/#' }],
    ["the broker's own topics", { stat_t: '$SYS/broker' }],
    ['a topic that is a number', { cmd_t: 5 }],
    ['a name that is an object', { name: {} }],
    ['an endless topic', { cmd_t: 'x'.repeat(5_000) }],
    ['an endless payload', { name: 'x'.repeat(300_000) }],
    ['availability without a topic', { avty: [{ pl_avail: 'x' }] }],
    ['availability with a wildcard', { avty_t: '+' }],
  ])('counts %s as malformed', (_, payload) => {
    expect(parse('homeassistant/switch/x/config', payload)).toMatchObject({ kind: 'malformed' });
  });

  it('caps and cleans names', () => {
    const entities = entitiesOf('homeassistant/switch/x/config', { name: `\u001b[31m${'x'.repeat(500)}\n` });
    expect(entities).toMatchObject([{ name: expect.stringMatching(/^\[31mx{96}…$/) }]);
  });

  it('never throws and never touches a prototype, whatever is announced', () => {
    const keys = fc.oneof(
      fc.constantFrom('__proto__', 'constructor', 'prototype', '~', 'p', 'cmps', 'dev', 'avty', 'unique_id', 'schema'),
      fc.constantFrom(...settingNames.keys(), ...settingNames.values()),
      fc.string(),
    );
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('~/set', '{{ value_json.__proto__.x }}', 'light', 'json', '{{ value | int }}', '#', ''),
        fc.string(),
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.array(fc.tuple(keys, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
      ),
    })).value;
    const payloads = fc.oneof(
      fc.string(),
      // Written by hand, so that "__proto__" stands in the JSON.
      fc
        .array(fc.tuple(keys, values), { maxLength: 12 })
        .map(
          (entries) =>
            `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`,
        ),
    );
    const topics = fc.oneof(
      fc
        .constantFrom('light', 'device', 'cover', 'climate', 'text', 'vacuum', 'sensor')
        .map((name) => `homeassistant/${name}/x/config`),
      fc.string().map((name) => `homeassistant/${name}/config`),
    );
    const before = [Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)];
    fc.assert(
      fc.property(topics, payloads, fc.string(), (topic, payload, state) => {
        const registry = new EntityRegistry('homeassistant');
        registry.take(topic, payload);
        for (const reading of registry.readings()) {
          expect(reading.topic).not.toMatch(/[+#]/);
          reading.take(state);
          reading.take(payload);
        }
        for (const thing of thingsOf(registry.parts(), { id: 'x', name: 'x' })) {
          functionsOfThing(thing);
          expect(thing.name.length).toBeLessThanOrEqual(210);
        }
        registry.problems();
      }),
      { numRuns: 1_500 },
    );
    expect([Object.getOwnPropertyNames(Object.prototype), Object.getOwnPropertyNames(Array.prototype)]).toEqual(before);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });
});

describe('EntityRegistry', () => {
  const announce = (registry: EntityRegistry, object: string, payload: unknown) =>
    registry.take(`homeassistant/switch/${object}/config`, JSON.stringify(payload));

  it('keeps at most so many entities, and says so', () => {
    const registry = new EntityRegistry('homeassistant');
    for (let index = 0; index < MAX_ENTITIES + 5; index += 1) announce(registry, `s${index}`, { cmd_t: `s/${index}` });
    expect(registry.parts().length).toBe(MAX_ENTITIES);
    expect(registry.problems()).toMatchObject([{ code: 'DISCOVERY_TOO_MANY' }]);
    registry.take('homeassistant/switch/s0/config', '');
    announce(registry, 'late', { cmd_t: 's/late' });
    expect(registry.parts().length).toBe(MAX_ENTITIES);
  });

  it('counts what is malformed until it is put right', () => {
    const registry = new EntityRegistry('homeassistant');
    announce(registry, 'a', { cmd_t: '#' });
    announce(registry, 'b', []);
    expect(registry.problems()).toMatchObject([{ code: 'DISCOVERY_MALFORMED', message: expect.stringMatching(/^2 /) }]);
    announce(registry, 'a', { cmd_t: 'a' });
    registry.take('homeassistant/switch/b/config', '');
    expect(registry.problems()).toEqual([]);
  });

  it('keeps a part that is announced again without a change', () => {
    const registry = new EntityRegistry('homeassistant');
    announce(registry, 'a', { cmd_t: 'a' });
    const [part] = registry.parts();
    expect(announce(registry, 'a', { cmd_t: 'a' })).toBe(null);
    expect(registry.parts()[0]).toBe(part);
    announce(registry, 'a', { cmd_t: 'b' });
    expect(registry.parts()[0]).not.toBe(part);
  });

  it('gives a unique id to the first that announces it', () => {
    const registry = new EntityRegistry('homeassistant');
    announce(registry, 'a', { cmd_t: 'a', uniq_id: 'same' });
    announce(registry, 'b', { cmd_t: 'b', uniq_id: 'same' });
    expect(registry.parts().map((part) => part.entity.config.topics.command_topic)).toEqual(['a']);
  });
});
