import { connectAsync } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/core/failures.js';
import { VirtualOvmsCar } from '../../../src/virtual/ovms/virtual-ovms-car.js';
import { Cleanup } from '../../support/cleanup.js';
import { hasMosquitto, Mosquitto } from '../../support/mosquitto.js';
import { RawClient } from '../home/raw-client.js';

let cleanup = new Cleanup();
afterEach(async () => {
  await cleanup[Symbol.asyncDispose]();
  cleanup = new Cleanup();
});

const brokers: readonly (readonly [string, boolean])[] = [
  ['its own broker', true],
  ['mosquitto', hasMosquitto()],
];

describe.each(brokers)('the virtual OVMS car, through %s', (name, isThere) => {
  const start = async (options: Parameters<typeof VirtualOvmsCar.start>[0] = {}) => {
    const mosquitto = name === 'mosquitto' ? cleanup.use(await Mosquitto.start()) : null;
    const broker = mosquitto ? { broker: mosquitto.url } : {};
    const car = cleanup.use(await VirtualOvmsCar.start({ latencyMs: 0, ...broker, ...options }));
    const raw = cleanup.use(await RawClient.connect(car.url));
    await raw.quiet();
    return { car, raw, top: car.prefix };
  };

  describe.skipIf(!isThere)('speaks as a module does', () => {
    it('keeps its metrics at the broker, in the words of OVMS', async () => {
      const { raw, top } = await start();
      expect(raw.latest.get(`${top}/metric/v/e/locked`)).toBe('yes');
      expect(raw.latest.get(`${top}/metric/v/b/soc`)).toBe('62.5');
      expect(raw.latest.get(`${top}/metric/v/t/pressure`)).toBe('241,240.5,250,251.3');
      expect(raw.received.every(({ retain }) => retain)).toBe(true);
    });

    it('runs commands of its shell, and answers where it was asked', async () => {
      const { car, raw, top } = await start();
      await raw.send(`${top}/client/me/command/7`, 'unlock 1234');
      expect(await raw.until(`${top}/client/me/response/7`, (text) => text !== '')).toBe('Vehicle unlocked\n');
      await raw.until(`${top}/metric/v/e/locked`, (text) => text === 'no');
      expect(car.state().get('v.e.locked')).toBe(false);
      await raw.send(`${top}/client/me/command/8`, 'lock 9');
      expect(await raw.until(`${top}/client/me/response/8`, (text) => text !== '')).toMatch(/^Error: .*locked/);
      await raw.send(`${top}/client/me/command/9`, 'charge stop\nlock 1234');
      await raw.until(`${top}/client/me/response/9`, (text) => text === 'Charge has been stopped\nVehicle locked\n');
      expect(car.lines.map(({ line }) => line)).toEqual(['unlock 1234', 'lock 9', 'charge stop', 'lock 1234']);
    });

    it('charges only with the cable in', async () => {
      const { car, raw, top } = await start({ metrics: { 'v.c.pilot': false } });
      await raw.send(`${top}/client/me/command/1`, 'charge start');
      await raw.until(`${top}/client/me/response/1`, (text) => text === 'Error: Could not start charge\n');
      expect(car.state().get('v.c.charging')).toBe(false);
    });

    it('tells what has changed with its next report, and sooner when asked', async () => {
      const { car, raw, top } = await start({ reportMs: 150 });
      car.set('v.b.soc', 50);
      await raw.quiet(400);
      expect(raw.latest.get(`${top}/metric/v/b/soc`)).toBe('62.5');
      await raw.send(`${top}/client/me/request/metric`, 'v.b.*, v.e.on');
      await raw.until(`${top}/metric/v/b/soc`, (text) => text === '50');
      await raw.send(`${top}/client/me/active`, '1');
      await raw.quiet();
      car.set('v.b.soc', 49);
      await raw.until(`${top}/metric/v/b/soc`, (text) => text === '49');
    });

    it('says by its last will that it is gone, and is there again', async () => {
      const { car, raw, top } = await start();
      car.faults.cut();
      await raw.until(`${top}/metric/s/v3/connected`, (text) => text === 'no');
      car.faults.restore();
      await raw.until(`${top}/metric/s/v3/connected`, (text) => text === 'yes');
    });

    it('runs what waited for it at QoS 1 when it comes back, as modules do; QoS 0 does not wait', async () => {
      const { car, raw, top } = await start();
      car.faults.cut();
      await raw.until(`${top}/metric/s/v3/connected`, (text) => text === 'no');
      const client = await connectAsync(car.url);
      await client.publishAsync(`${top}/client/me/command/1`, 'unlock 1234', { qos: 0 });
      await client.publishAsync(`${top}/client/me/command/2`, 'charge start', { qos: 1 });
      await client.endAsync();
      car.faults.restore();
      await expect.poll(() => car.state().get('v.c.charging'), { timeout: 5_000 }).toBe(true);
      expect(car.lines.map(({ line }) => line)).toEqual(['charge start']);
    });

    it('leaves nothing behind at a foreign broker', async () => {
      const { car } = await start();
      if (name !== 'mosquitto') return;
      await car.stop();
      const after = cleanup.use(await RawClient.connect(car.url));
      await after.quiet();
      expect(after.received).toEqual([]);
    });
  });
});

describe('the virtual OVMS car', () => {
  it('says so when no broker is there', async () => {
    const error: unknown = await VirtualOvmsCar.start({ broker: 'mqtt://127.0.0.1:1' }).catch((caught) => caught);
    expect(hasCode(error, 'BROKER_REFUSED')).toBe(true);
  });
});
