import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualHome } from '../../../src/virtual/home/virtual-home.js';
import { availabilityOf, commandTopicsOf, type Entity, readEntities, stateTopicsOf } from './discovery-reader.js';
import { RawClient } from './raw-client.js';

/** What Home Assistant requires of a component beyond its identity, and what these devices promise to report. */
const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  light: ['command_topic', 'state_topic'],
  climate: ['temperature_command_topic', 'temperature_state_topic', 'current_temperature_topic', 'modes'],
  lock: ['command_topic', 'state_topic'],
  cover: ['command_topic', 'state_topic', 'device_class'],
  vacuum: ['command_topic', 'state_topic', 'supported_features'],
  fan: ['command_topic', 'state_topic', 'percentage_command_topic', 'percentage_state_topic'],
  switch: ['command_topic', 'state_topic'],
  text: ['command_topic', 'state_topic'],
  select: ['command_topic', 'state_topic', 'options'],
  number: ['command_topic', 'state_topic', 'min', 'max'],
  sensor: ['state_topic', 'unit_of_measurement'],
  binary_sensor: ['state_topic', 'device_class'],
  scene: ['command_topic', 'payload_on'],
};

let home: VirtualHome;
let late: RawClient;
let entities: readonly Entity[];

beforeAll(async () => {
  home = await VirtualHome.start({ latencyMs: 0 });
  // A subscriber that comes when everything has been said: it sees what is retained, and nothing else.
  late = await RawClient.connect(home.url);
  await late.quiet();
  entities = readEntities(late.received);
});

afterAll(async () => {
  await late?.[Symbol.asyncDispose]();
  await home?.stop();
});

describe('discovery of the virtual home', () => {
  it('is all retained for a late subscriber, and complete', () => {
    expect(late.received.length).toBeGreaterThan(60);
    expect(late.received.every(({ retain }) => retain)).toBe(true);
    for (const { component, uniqueId, config } of entities) {
      const required = REQUIRED[component];
      expect(required, `${component} of ${uniqueId}`).toBeDefined();
      for (const key of required ?? []) expect(config, `${uniqueId} in ${component}`).toHaveProperty(key);
    }
    expect(new Set(entities.map(({ uniqueId }) => uniqueId)).size).toBe(entities.length);
  });

  it('comes in both forms, with and without abbreviations and ~', () => {
    const configs = late.received.filter(({ topic }) => topic.endsWith('/config'));
    const [whole, single] = [true, false].map((isWhole) =>
      configs.filter(({ topic }) => topic.startsWith('homeassistant/device/') === isWhole),
    );
    expect(whole?.length).toBeGreaterThanOrEqual(5);
    expect(single?.length).toBeGreaterThanOrEqual(20);
    for (const form of [whole, single]) {
      expect(form?.some(({ payload }) => payload.includes('"stat_t"'))).toBe(true);
      expect(form?.some(({ payload }) => payload.includes('"state_topic"'))).toBe(true);
      expect(form?.some(({ payload }) => payload.includes('"~":'))).toBe(true);
    }
    // With a node in the topic, and without.
    expect(single?.some(({ topic }) => topic.split('/').length === 4)).toBe(true);
    expect(single?.some(({ topic }) => topic.split('/').length === 5)).toBe(true);
  });

  it('names every thing of the home once, in its area', () => {
    const devices = new Map(entities.map(({ deviceName, area }) => [deviceName, area ?? null]));
    expect(devices).toEqual(new Map(home.things.map(({ name, area }) => [name, area])));
    expect(home.things.map(({ id }) => id)).toEqual(Object.keys(home.state()));
    expect(home.things.filter(({ area }) => area === null).map(({ id }) => id)).toEqual(['scenes']);
    expect(home.things.length).toBe(22);
  });

  it('says by its origin that nothing of it is real', () => {
    for (const { config } of entities) expect(config['origin']).toMatchObject({ name: 'Tentacle virtual home' });
  });

  it('has a retained state on every state topic, and every device is available', () => {
    for (const entity of entities) {
      const { topic, online } = availabilityOf(entity);
      expect(late.latest.get(topic), topic).toBe(online);
      for (const stateTopic of stateTopicsOf(entity)) {
        // Nothing plays: an empty payload cannot be retained.
        if (entity.component === 'text') expect(late.latest.has(stateTopic)).toBe(false);
        else expect(late.latest.get(stateTopic), `${entity.uniqueId}: ${stateTopic}`).toBeTruthy();
      }
    }
  });

  it('has a listening device behind every command topic', async () => {
    const topics = new Set(entities.flatMap(commandTopicsOf));
    expect(topics.size).toBeGreaterThanOrEqual(28);
    for (const topic of topics) {
      // Every device refuses this word by saying its state again; a text takes it. Scenes have no state.
      if (topic.includes('/scene/')) continue;
      const mark = late.received.length;
      await late.send(topic, 'nonsense');
      const before = home.effects.length;
      for (let tries = 0; tries < 100 && late.received.length - mark < 2; tries += 1) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      expect(late.received.length - mark, topic).toBeGreaterThanOrEqual(2);
      expect(home.effects.length - before).toBeLessThanOrEqual(1);
    }
  });
});

describe('a home in Chinese', () => {
  it('has the same things under other names', async () => {
    await using chinese = await VirtualHome.start({ rooms: 'zh', latencyMs: 0 });
    await using client = await RawClient.connect(chinese.url);
    await client.quiet();
    await client.send('zigbee2mqtt/客厅吸顶灯/set', { state: 'ON' });
    await client.until('zigbee2mqtt/客厅吸顶灯', (payload) => payload.includes('"state":"ON"'));
    expect(chinese.state()['living_room_ceiling_light']).toMatchObject({ on: true });
    expect(Object.keys(chinese.state())).toEqual(Object.keys(home.state()));
    const areas = new Set(readEntities(client.received).map(({ area }) => area));
    expect(areas).toEqual(new Set(['客厅', '卧室', '厨房', '走廊', '车库', undefined]));
  });
});
