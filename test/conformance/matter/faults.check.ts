import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cleanup } from '../../support/cleanup.js';
import { MatterDevice } from '../../support/matter-device.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { otherNetwork } from './networks.js';
import { MatterRig, never } from './rig.js';

let rig: MatterRig;
beforeEach(async () => {
  rig = await MatterRig.open();
  await rig.join();
});
afterEach(() => rig?.[Symbol.asyncDispose]());

const plug = { name: 'coffee machine', power: true };
const stateOf = (name: string) => rig.transport.devices().find((device) => device.name === name)?.state;

describe('a device that is switched off in the middle of a call', () => {
  it('ends the call unknown at its deadline, though the library hangs, and the next ones soon', async () => {
    await rig.device.fault('slow');
    const began = performance.now();
    const calling = rig.invoke('Coffee machine', 'set_switch', plug, { timeoutMs: 3_000 });
    await delay(500);
    rig.device.freeze();
    expect(await calling).toMatchObject({ status: 'unknown', since: expect.any(Number) });
    expect(performance.now() - began).toBeLessThan(4_000);
    // Nothing was sent to a device that does not answer: that is known.
    for (let tries = 0; tries < 3; tries++) {
      const started = performance.now();
      const outcome = await rig.invoke('Coffee machine', 'set_switch', plug, { timeoutMs: 20_000 });
      expect(outcome).toMatchObject({ status: 'failed' });
      expect(performance.now() - started).toBeLessThan(4_000);
    }
    await expect.poll(() => stateOf('Coffee machine'), { timeout: 10_000 }).toBe('offline');
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'DEVICE_NOT_READY', next: expect.stringContaining('gives no answer') },
    });
    // It goes on where it stood.
    rig.device.thaw();
    await rig.device.fault('none');
    await expect.poll(() => stateOf('Coffee machine'), { timeout: 60_000 }).toBe('ready');
    expect(await rig.invoke('Coffee machine', 'set_switch', plug)).toMatchObject({ status: 'done' });
    expect(await rig.device.attribute('Coffee machine', 'onOff', 'onOff')).toBe(true);
  });

  it('ends when the user cancels, and disposing takes less than five seconds', async () => {
    rig.device.freeze();
    const user = new AbortController();
    const calling = rig.invoke('Front door', 'set_door_lock', { locked: true }, { signal: user.signal });
    await delay(300);
    user.abort();
    expect(await calling).toMatchObject({ status: 'refused', by: 'user' });
    const pending = rig.invoke('Front door', 'set_door_lock', { locked: true }, { timeoutMs: 10_000 });
    const began = performance.now();
    await rig.transport[Symbol.asyncDispose]();
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(await pending).toMatchObject({ status: 'failed' });
    rig.device.thaw();
  });

  it('is forgotten all the same, and the user is told that it does not know', async () => {
    rig.device.freeze();
    expect(await rig.transport.forget(rig.id('Front door'), { signal: never(), timeoutMs: 3_000 })).toEqual({
      ok: true,
      value: { isTold: false },
    });
    expect(rig.transport.devices()).toEqual([]);
    rig.device.thaw();
  });
});

describe('a device that vanishes and returns', () => {
  it('is offline, and ready again after it has started anew', { timeout: 240_000 }, async () => {
    await using cleanup = new Cleanup();
    const folder = cleanup.use(temporaryFolder()).path;
    const options = { folder, port: 5541, discriminator: 0x200, name: 'Second home' };
    const first = cleanup.use(await MatterDevice.start(otherNetwork(), options));
    const shed = await rig.transport.commission(first.codes.manual, { signal: never(), timeoutMs: 60_000 });
    if (!shed.ok) throw new Error(shed.error.message);
    const id = shed.value.find(({ deviceClass }) => deviceClass === 'switch')?.id ?? '';
    const invoke = (power: boolean) =>
      rig.transport.invoke(
        id,
        { callId: 'c1', function: 'set_switch', args: { name: 'plug', power }, contacts: {} },
        { key: 'key', signal: never(), timeoutMs: 15_000 },
      );
    const state = () => rig.transport.devices().find((device) => device.id === id)?.state;
    expect(await invoke(true)).toMatchObject({ status: 'done' });
    await first.cutPower();
    expect(await invoke(false)).toMatchObject({ status: 'failed' });
    await expect.poll(state, { timeout: 20_000 }).toBe('offline');
    // Others go on as before.
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: true })).toMatchObject({ status: 'done' });
    const second = cleanup.use(await MatterDevice.start(otherNetwork(), options));
    const began = performance.now();
    await expect.poll(state, { timeout: 120_000, interval: 250 }).toBe('ready');
    process.stdout.write(`ready again ${Math.round(performance.now() - began)} ms after its start\n`);
    expect(await invoke(false)).toMatchObject({ status: 'done' });
    expect(await second.attribute('Coffee machine', 'onOff', 'onOff')).toBe(false);
  });

  it('is noticed without a call, by its silence', { timeout: 240_000 }, async () => {
    await rig.device.cutPower();
    const began = performance.now();
    await expect.poll(() => stateOf('Front door'), { timeout: 200_000, interval: 500 }).toBe('offline');
    process.stdout.write(`noticed after ${Math.round(performance.now() - began)} ms\n`);
  });
});
