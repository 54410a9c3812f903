import { afterEach, describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/core/failures.js';
import { VirtualHome } from '../../../src/virtual/home/virtual-home.js';
import { Cleanup } from '../../support/cleanup.js';
import { hasMosquitto, Mosquitto } from '../../support/mosquitto.js';
import { readEntities } from './discovery-reader.js';
import { RawClient } from './raw-client.js';

let cleanup = new Cleanup();
afterEach(async () => {
  await cleanup[Symbol.asyncDispose]();
  cleanup = new Cleanup();
});

const is = (wanted: string) => (payload: string) => payload === wanted;

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe.skipIf(!hasMosquitto())('the virtual home behind mosquitto', () => {
  it('is all there for a late subscriber, obeys, tells, and leaves nothing behind', async () => {
    const broker = cleanup.use(await Mosquitto.start());
    const home = cleanup.use(await VirtualHome.start({ broker: broker.url, latencyMs: 0, motionMs: 100 }));
    expect(home.url).toBe(broker.url);
    const client = cleanup.use(await RawClient.connect(broker.url));
    await client.quiet();
    const devices = new Set(readEntities(client.received).map(({ deviceName }) => deviceName));
    expect(devices).toEqual(new Set(home.things.map(({ name }) => name)));
    expect(client.received.every(({ retain }) => retain)).toBe(true);

    await client.send('zigbee2mqtt/Front Door/set', 'UNLOCK');
    await client.until('zigbee2mqtt/Front Door', (payload) => payload.includes('"state":"UNLOCK"'));
    await client.send('home/bedroom_curtain/position/set', '40');
    await client.until('home/bedroom_curtain/position', is('40'));
    expect(home.state()).toMatchObject({ front_door_lock: { lock: 'unlocked' }, bedroom_curtain: { position: 40 } });

    home.faults.offline('ceiling_fan');
    await client.until('ceiling-fan/status', is('offline'));
    home.faults.heal('ceiling_fan');
    await client.until('ceiling-fan/status', is('online'));
    expect(hasCode(await rejection(home.faults.dropBroker()), 'BROKER_NOT_OURS')).toBe(true);

    await home.stop();
    const after = cleanup.use(await RawClient.connect(broker.url));
    await after.quiet();
    expect(after.received).toEqual([]);
  });

  it('connects with the right password, and says so when it is wrong or nobody is there', async () => {
    const broker = cleanup.use(await Mosquitto.start({ username: 'home', password: 'correct' }));
    const given = { broker: broker.url, username: 'home' };
    const home = cleanup.use(await VirtualHome.start({ ...given, password: 'correct', latencyMs: 0 }));
    const client = cleanup.use(await RawClient.connect(broker.url, { username: 'home', password: 'correct' }));
    await client.send('kitchen-light/light/relay/command', 'ON');
    await client.until('kitchen-light/light/relay/state', is('ON'));
    expect(home.effects).toHaveLength(1);
    expect(hasCode(await rejection(VirtualHome.start({ ...given, password: 'wrong' })), 'BROKER_REFUSED')).toBe(true);
    const nobody = 'mqtt://127.0.0.1:1';
    expect(hasCode(await rejection(VirtualHome.start({ broker: nobody })), 'BROKER_REFUSED')).toBe(true);
  });

  it('takes back what it retained even for a thing that is cut off when the home stops', async () => {
    const broker = cleanup.use(await Mosquitto.start());
    const home = cleanup.use(await VirtualHome.start({ broker: broker.url, latencyMs: 0 }));
    home.faults.offline('heater');
    const client = cleanup.use(await RawClient.connect(broker.url));
    await client.until('zigbee2mqtt/Heater/availability', is('{"state":"offline"}'));
    await home.stop();
    const after = cleanup.use(await RawClient.connect(broker.url));
    await after.quiet();
    expect(after.received).toEqual([]);
  });

  it('comes back when the broker does, which has forgotten everything', async () => {
    const broker = cleanup.use(await Mosquitto.start());
    cleanup.use(await VirtualHome.start({ broker: broker.url, latencyMs: 0 }));
    await broker.crash();
    await broker.revive();
    const client = cleanup.use(await RawClient.connect(broker.url));
    await client.until('zigbee2mqtt/Heater/availability', is('{"state":"online"}'));
    await client.until('home/kitchen_sensor/availability', is('online'));
    await client.send('kitchen-light/light/relay/command', 'ON');
    await client.until('kitchen-light/light/relay/state', is('ON'));
  });
});
