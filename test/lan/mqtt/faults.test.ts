import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasMosquitto, Mosquitto } from '../../support/mosquitto.js';
import { type HomeRig, openHome } from './home-rig.js';

const brokers: readonly (readonly [string, boolean])[] = [
  ['its own broker', true],
  ['mosquitto', hasMosquitto()],
];

describe.each(brokers)('faults, through %s', (name, isThere) => {
  describe.skipIf(!isThere)('are told as they are', () => {
    let rig: HomeRig;
    let mosquitto: Mosquitto | null = null;
    beforeEach(async () => {
      mosquitto = name === 'mosquitto' ? await Mosquitto.start() : null;
      rig = await openHome({ home: { latencyMs: 20, ...(mosquitto ? { broker: mosquitto.url } : {}) } });
    });
    afterEach(async () => {
      await rig[Symbol.asyncDispose]();
      await mosquitto?.[Symbol.asyncDispose]();
    });
    const stateOf = (device: string) => rig.transport.devices().find((entry) => entry.name === device)?.state;

    it('a device that ignores the command', async () => {
      rig.home.faults.ignore('kitchen_light');
      const outcome = await rig.call('Kitchen Light', 'set_light', { power: true });
      expect(outcome).toMatchObject({ status: 'unknown', why: expect.stringContaining('has not reported back') });
      expect(rig.home.state()['kitchen_light']).toMatchObject({ on: false });
    });

    it('a device that does it in silence', async () => {
      rig.home.faults.silent('front_door_lock');
      expect(await rig.call('Front Door', 'set_door_lock', { locked: false })).toMatchObject({ status: 'unknown' });
      await expect.poll(() => rig.home.state()['front_door_lock']).toMatchObject({ lock: 'unlocked' });
    });

    it.each([
      ['Kitchen Light', 'set_light', { power: true }, 'kitchen_light'],
      ['Living Room Ceiling Light', 'set_light', { brightness: 40 }, 'living_room_ceiling_light'],
      ['Thermostat', 'set_thermostat', { temperature: 23 }, 'thermostat'],
      ['Coffee Maker', 'set_switch', { name: 'coffee maker', power: true }, 'coffee_maker'],
      ['Back Door', 'set_door_lock', { locked: false }, 'back_door_lock'],
      ['Ceiling Fan', 'set_fan', { speed: 50 }, 'ceiling_fan'],
      ['Garage Door', 'set_cover', { position: 100 }, 'garage_door'],
    ])('a device that reports otherwise: %s', async (device, functionName, args, thing) => {
      rig.home.faults.wrongEcho(thing);
      const outcome = await rig.call(device, functionName, args, { timeoutMs: 3_000 });
      expect(['failed', 'unknown']).toContain(outcome.status);
    });

    it('a device that reports another state, and stays at it, by its own word', async () => {
      rig.home.faults.wrongEcho('thermostat');
      const outcome = await rig.call('Thermostat', 'set_thermostat', { temperature: 23 });
      expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'STATE_DIFFERS' } });
    });

    it('a device that is offline: nothing is sent', async () => {
      rig.home.faults.offline('kitchen_light');
      await expect.poll(() => stateOf('Kitchen Light')).toBe('offline');
      const outcome = await rig.call('Kitchen Light', 'set_light', { power: true });
      expect(outcome).toMatchObject({
        status: 'failed',
        failure: { code: 'DEVICE_NOT_READY', next: expect.stringContaining('offline') },
      });
      expect(rig.home.effects).toEqual([]);
      rig.home.faults.heal('kitchen_light');
      await expect.poll(() => stateOf('Kitchen Light')).toBe('ready');
      expect(await rig.call('Kitchen Light', 'set_light', { power: true })).toMatchObject({ status: 'done' });
    });

    it('a device whose last will comes in mid-call', async () => {
      rig.home.faults.delay(5_000);
      const outcome = rig.call('Bedroom Light', 'set_light', { power: true });
      await expect.poll(() => rig.home.effects.length).toBe(1);
      rig.home.faults.offline('bedroom_light');
      expect(await outcome).toMatchObject({ status: 'unknown', why: expect.stringContaining('went offline') });
    });

    it('a call whose time is up, and one that the user cancels', async () => {
      rig.home.faults.silent('garage_door');
      expect(await rig.call('Garage Door', 'set_cover', { position: 100 }, { timeoutMs: 400 })).toMatchObject({
        status: 'unknown',
      });
      const user = new AbortController();
      const outcome = rig.call('Garage Door', 'set_cover', { position: 0 }, { signal: user.signal });
      await expect.poll(() => rig.home.effects.length).toBe(2);
      user.abort();
      expect(await outcome).toMatchObject({ status: 'unknown' });
    });

    it('two calls to one device, one after the other', async () => {
      const both = await Promise.all([
        rig.call('Thermostat', 'set_thermostat', { temperature: 21 }),
        rig.call('Thermostat', 'set_thermostat', { temperature: 24 }),
      ]);
      expect(both).toMatchObject([{ status: 'done' }, { status: 'done', prior: { temperature: 21 } }]);
      expect(rig.home.state()['thermostat']).toMatchObject({ target: 24 });
    });

    it.skipIf(name === 'mosquitto')('a broker that is cut in mid-call, and comes back', async () => {
      rig.home.faults.silent('kitchen_light');
      const outcome = rig.call('Kitchen Light', 'set_light', { power: true });
      await expect.poll(() => rig.home.effects.length).toBe(1);
      await rig.home.faults.dropBroker({ backAfterMs: 400 });
      expect(await outcome).toMatchObject({ status: 'unknown', why: expect.stringContaining('broker') });
      expect(rig.transport.devices().map(({ state }) => state)).not.toContain('ready');
      expect(rig.transport.devices()[0]?.stateReason).toMatch(/broker/);
      expect(await rig.call('Kitchen Light', 'set_light', { power: false })).toMatchObject({
        status: 'failed',
        failure: { code: 'DEVICE_NOT_READY' },
      });
      rig.home.faults.heal('kitchen_light');
      await expect.poll(() => stateOf('Kitchen Light'), { timeout: 10_000 }).toBe('ready');
      // What was sent before the cut is not sent again.
      expect(rig.home.effects.length).toBe(1);
      expect(await rig.call('Kitchen Light', 'set_light', { power: false })).toMatchObject({ status: 'done' });
    });

    it.skipIf(name !== 'mosquitto')('a broker that crashes in mid-call, and comes back empty', async () => {
      rig.home.faults.silent('kitchen_light');
      const outcome = rig.call('Kitchen Light', 'set_light', { power: true });
      await expect.poll(() => rig.home.effects.length).toBe(1);
      await mosquitto?.crash();
      expect(await outcome).toMatchObject({ status: 'unknown' });
      expect(stateOf('Kitchen Light')).toBe('offline');
      expect(rig.transport.problems()).toMatchObject([{ fault: 'link' }]);
      rig.home.faults.heal('kitchen_light');
      await mosquitto?.revive();
      await expect.poll(() => stateOf('Kitchen Light'), { timeout: 15_000 }).toBe('ready');
      expect(await rig.call('Kitchen Light', 'set_light', { power: false })).toMatchObject({ status: 'done' });
    });
  });
});
