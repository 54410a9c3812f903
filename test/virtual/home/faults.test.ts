import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/core/failures.js';
import { VirtualHome, type VirtualHomeOptions } from '../../../src/virtual/home/virtual-home.js';
import { Cleanup } from '../../support/cleanup.js';
import { RawClient } from './raw-client.js';

const COFFEE = { command: 'tasmota_coffee_maker/cmnd/POWER', state: 'tasmota_coffee_maker/tele/STATE' };
const COFFEE_WILL = 'tasmota_coffee_maker/tele/LWT';

let cleanup = new Cleanup();
afterEach(async () => {
  await cleanup[Symbol.asyncDispose]();
  cleanup = new Cleanup();
});

async function start(options: VirtualHomeOptions = {}) {
  const home = cleanup.use(await VirtualHome.start({ latencyMs: 0, motionMs: 200, ...options }));
  const client = cleanup.use(await RawClient.connect(home.url));
  await client.quiet();
  return { home, client };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const is = (wanted: string) => (payload: string) => payload === wanted;

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('faults of one thing', () => {
  it('ignore: takes the command, does nothing, says nothing', async () => {
    const { home, client } = await start();
    home.faults.ignore('coffee_maker');
    const mark = client.received.length;
    await client.send(COFFEE.command, 'ON');
    await pause(300);
    expect(client.since(mark, COFFEE.state)).toEqual([]);
    expect(home.state()['coffee_maker']).toEqual({ on: false });
    expect(home.effects).toEqual([]);
    home.faults.heal('coffee_maker');
    await client.send(COFFEE.command, 'ON');
    await client.until(COFFEE.state, is('{"POWER":"ON"}'));
  });

  it('silent: does it, and never says so', async () => {
    const { home, client } = await start();
    home.faults.silent('coffee_maker');
    const mark = client.received.length;
    await client.send(COFFEE.command, 'ON');
    await pause(300);
    expect(client.since(mark, COFFEE.state)).toEqual([]);
    expect(home.state()['coffee_maker']).toEqual({ on: true });
    expect(home.effects).toMatchObject([{ thing: 'coffee_maker', command: 'ON', topic: COFFEE.command }]);
    expect(home.effects[0]?.at).toBeGreaterThan(Date.now() - 60_000);
  });

  it('wrongEcho: does it, and says otherwise, in every kind of fact', async () => {
    const { home, client } = await start();
    const cases = [
      ['coffee_maker', COFFEE.command, 'ON', COFFEE.state, '{"POWER":"OFF"}', { on: true }],
      [
        'back_door_lock',
        'home/back_door_lock/set',
        'UNLOCK',
        'home/back_door_lock/state',
        'LOCKED',
        { lock: 'unlocked' },
      ],
      [
        'bedroom_curtain',
        'home/bedroom_curtain/position/set',
        '50',
        'home/bedroom_curtain/position',
        '75',
        { position: 50 },
      ],
      [
        'living_room_tv',
        'home/living_room_tv/play/set',
        'cats',
        'home/living_room_tv/play',
        'cats?',
        { playing: 'cats' },
      ],
    ] as const;
    for (const [thing, command, payload, topic, echo, truth] of cases) {
      home.faults.wrongEcho(thing);
      await client.send(command, payload);
      await client.until(topic, is(echo));
      await client.quiet(150);
      expect(client.latest.get(topic)).toBe(echo);
      expect(home.state()[thing]).toMatchObject(truth);
    }
  });

  it('offline: the broker publishes the last will, and nothing is heard until it is healed', async () => {
    const { home, client } = await start();
    expect(client.latest.get(COFFEE_WILL)).toBe('Online');
    home.faults.offline('coffee_maker');
    await client.until(COFFEE_WILL, is('Offline'));
    const late = cleanup.use(await RawClient.connect(home.url));
    await late.until(COFFEE_WILL, is('Offline'));
    expect(late.received.find(({ topic }) => topic === COFFEE_WILL)?.retain).toBe(true);
    await client.send(COFFEE.command, 'ON');
    home.set('coffee_maker', { on: true });
    await pause(400);
    expect(home.effects).toEqual([]);
    expect(client.latest.get(COFFEE.state)).toBe('{"POWER":"OFF"}');
    // All others are still there.
    expect(client.latest.get('home/kitchen_sensor/availability')).toBe('online');
    home.faults.heal('coffee_maker');
    await client.until(COFFEE_WILL, is('Online'));
    // What a hand did meanwhile is told with the return.
    expect(client.latest.get(COFFEE.state)).toBe('{"POWER":"ON"}');
  });

  it('says its will in the words of its kind', async () => {
    const { home, client } = await start();
    for (const [thing, topic, offline] of [
      ['thermostat', 'zigbee2mqtt/Thermostat/availability', '{"state":"offline"}'],
      ['ceiling_fan', 'ceiling-fan/status', 'offline'],
      ['vacuum', 'valetudo/vacuum/$state', 'lost'],
      ['back_door_lock', 'home/back_door_lock/availability', 'offline'],
    ] as const) {
      home.faults.offline(thing);
      await client.until(topic, is(offline));
    }
  });

  it('knows no fault of a thing that is not there', async () => {
    const { home } = await start();
    for (const act of [home.faults.ignore, home.faults.silent, home.faults.wrongEcho, home.faults.offline]) {
      expect(() => act.call(home.faults, 'bathtub')).toThrow(/no "bathtub"/);
    }
  });
});

describe('faults of the home', () => {
  it('delay: every report comes that much later, in order', async () => {
    const { home, client } = await start({ motionMs: 100 });
    home.faults.delay(300);
    const sentAt = performance.now();
    await client.send(COFFEE.command, 'ON');
    await client.until(COFFEE.state, is('{"POWER":"ON"}'));
    expect(performance.now() - sentAt).toBeGreaterThan(290);
    const mark = client.received.length;
    await client.send('home/bedroom_curtain/set', 'OPEN');
    // Less delay half way overtakes nothing.
    await pause(40);
    home.faults.delay(0);
    await client.until('home/bedroom_curtain/position', is('100'));
    const positions = client.since(mark, 'home/bedroom_curtain/position').map(Number);
    expect(positions).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  });

  it('tells a change after the latency that the home was started with: 80 ms by itself', async () => {
    const home = cleanup.use(await VirtualHome.start());
    const client = cleanup.use(await RawClient.connect(home.url));
    await client.quiet();
    const sentAt = performance.now();
    await client.send(COFFEE.command, 'ON');
    await client.until(COFFEE.state, is('{"POWER":"ON"}'));
    const took = performance.now() - sentAt;
    expect(took).toBeGreaterThan(78);
    expect(took).toBeLessThan(1000);
  });

  it('dropBroker: all connections break, and the same broker comes back with what was retained', async () => {
    const { home, client } = await start();
    home.set('coffee_maker', { on: true });
    await client.until(COFFEE.state, is('{"POWER":"ON"}'));
    await home.faults.dropBroker({ backAfterMs: 400 });
    expect(await rejection(connectAsync(home.url, { reconnectPeriod: 0 }, false))).toMatchObject({
      code: 'ECONNREFUSED',
    });
    // It acts on nothing, and forgets nothing.
    home.set('heater', { on: true });
    await pause(600);
    const back = cleanup.use(await RawClient.connect(home.url));
    await back.until(COFFEE_WILL, is('Online'));
    await back.until('zigbee2mqtt/Heater', is('{"state":"ON","power":1480}'));
    await back.send(COFFEE.command, 'OFF');
    await back.until(COFFEE.state, is('{"POWER":"OFF"}'));
    expect(home.effects).toHaveLength(1);
  });
});

describe('the broker', () => {
  it('refuses a wrong password and nobody at all, and lets the right one in', async () => {
    const home = cleanup.use(await VirtualHome.start({ username: 'home', password: 'correct', latencyMs: 0 }));
    expect(home.url).not.toContain('correct');
    const once = { reconnectPeriod: 0 };
    for (const wrong of [{}, { username: 'home', password: 'wrong' }, { username: 'other', password: 'correct' }]) {
      expect(await rejection(connectAsync(home.url, { ...once, ...wrong }, false))).toMatchObject({ code: 5 });
    }
    const client = cleanup.use(await RawClient.connect(home.url, { username: 'home', password: 'correct' }));
    await client.send(COFFEE.command, 'ON');
    await client.until(COFFEE.state, is('{"POWER":"ON"}'));
  });

  it('listens on the port it is given, on the loopback interface alone, and is gone after stop', async () => {
    const first = await VirtualHome.start();
    const port = Number(new URL(first.url).port);
    await first.stop();
    await first.stop();
    expect(await rejection(connectAsync(first.url, { reconnectPeriod: 0 }, false))).toMatchObject({
      code: 'ECONNREFUSED',
    });
    const again = cleanup.use(await VirtualHome.start({ port }));
    expect(again.url).toBe(`mqtt://127.0.0.1:${port}`);
    expect(await rejection(VirtualHome.start({ port }))).toMatchObject({ code: 'EADDRINUSE' });
  });

  it('sends at once: a round trip takes less than 20 ms', async () => {
    const { client } = await start();
    const times: number[] = [];
    for (let trip = 0; trip < 21; trip += 1) {
      const payload = trip % 2 === 0 ? 'ON' : 'OFF';
      const sentAt = performance.now();
      // Both ends write again before the other has acknowledged: that is where waiting would show.
      void client.send('kitchen-light/light/relay/command', payload);
      await client.until('kitchen-light/light/relay/state', is(payload));
      times.push(performance.now() - sentAt);
    }
    const median = times.sort((a, b) => a - b)[10];
    expect(median).toBeLessThan(20);
  });

  it('does not break at what is not MQTT', async () => {
    const { home, client } = await start();
    const { connect } = await import('node:net');
    const socket = connect(Number(new URL(home.url).port), '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET / HTTP/1.1\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    await client.send(COFFEE.command, 'ON');
    await client.until(COFFEE.state, is('{"POWER":"ON"}'));
  });

  it('of others must have an address', async () => {
    for (const broker of ['', 'localhost', 'mqtts://localhost', 'http://localhost:1883']) {
      expect(hasCode(await rejection(VirtualHome.start({ broker })), 'BROKER_ADDRESS'), broker).toBe(true);
    }
  });
});
