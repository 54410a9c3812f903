import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFunction } from '../../../src/lan/device/define-function.js';
import { NativeTransport } from '../../../src/lan/native/native-transport.js';
import { CuttingProxy } from '../../support/cutting-proxy.js';
import { describeTransport } from '../../transport-contract.js';
import { Lamp, type NativeRig, pairedRig, startDevice, until, waiting } from './native-rig.js';

describeTransport('native', async () => {
  const rig = await pairedRig({ functions: [new Lamp().setLight] });
  return {
    transport: rig.transport,
    deviceId: rig.deviceId,
    call: { function: 'set_light', args: { power: true } },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
});

describe('NativeTransport', () => {
  let lamp: Lamp;
  let rig: NativeRig;
  beforeEach(async () => {
    lamp = new Lamp();
    rig = await pairedRig({ functions: [lamp.setLight] });
  });
  afterEach(() => rig[Symbol.asyncDispose]());

  it('lists the device as it describes itself, by its own id', () => {
    expect(rig.found()).toMatchObject({
      id: `native:${rig.device.id}`,
      kind: 'home',
      name: 'Lamp',
      room: 'kitchen',
      deviceClass: 'light',
      transport: 'native',
      state: 'ready',
      stateReason: null,
      virtual: false,
      functions: ['set_light'],
    });
  });

  it('carries out a call, with the receipt, the proof and the way back', async () => {
    expect(await rig.call('set_light', { power: true })).toEqual({
      status: 'done',
      proof: 'read-back',
      receipt: 'on',
      data: null,
      prior: { power: false },
    });
    expect(lamp.power).toBe(true);
  });

  it('leaves out the arguments that only chose the device', async () => {
    expect(await rig.call('set_light', { power: true, room: 'kitchen' })).toMatchObject({ status: 'done' });
  });

  it('passes on that the device will not have these arguments', async () => {
    expect(await rig.call('set_light', { brightness: 900 })).toMatchObject({ status: 'refused', by: 'device' });
    expect(lamp.runs).toEqual([]);
  });

  it('shows the state of the device as it changes', async () => {
    rig.device.setState('power', true);
    rig.device.setState('watts', 7.5);
    await until(() => rig.found()?.details['watts'] === '7.5');
    expect(rig.found()?.details).toEqual({ power: 'true', watts: '7.5' });
  });

  it('answers a call on the loopback in a few milliseconds', async () => {
    const took: number[] = [];
    for (let count = 0; count < 200; count += 1) {
      const start = performance.now();
      await rig.call('set_light', { power: count % 2 === 0 });
      took.push(performance.now() - start);
    }
    took.sort((one, other) => one - other);
    // Where a busy machine lets it: Nagle against delayed acknowledgements would cost 40 in every single one.
    expect(took[20]).toBeLessThan(20);
  });

  it('keeps its key, its pairings and its list in files that only the user reads', () => {
    for (const name of [
      'computer/identity.key',
      'computer/paired-devices.json',
      'device/identity.key',
      'device/device.json',
    ]) {
      expect(statSync(join(rig.folder, name)).mode & 0o777).toBe(0o600);
    }
    expect(readFileSync(join(rig.folder, 'computer/paired-devices.json'), 'utf8')).not.toContain('PRIVATE KEY');
  });

  it('knows its devices after a restart, ready or not', async () => {
    await rig.transport[Symbol.asyncDispose]();
    const again = rig.cleanup.use(
      new NativeTransport({ folder: join(rig.folder, 'computer'), identity: rig.identity }),
    );
    expect(await again.start(waiting)).toMatchObject({ ok: true });
    expect(again.devices()).toMatchObject([{ id: rig.deviceId, name: 'Lamp', state: 'ready' }]);
    await again[Symbol.asyncDispose]();
    await rig.device.stop();
    const later = rig.cleanup.use(
      new NativeTransport({ folder: join(rig.folder, 'computer'), identity: rig.identity }),
    );
    await later.start(waiting);
    expect(later.devices()).toMatchObject([{ id: rig.deviceId, name: 'Lamp', state: 'offline' }]);
    expect(later.devices()[0]?.stateReason).toContain('cannot be reached');
  });

  it('finds the device again at another address, once its key has answered there', async () => {
    const { port } = rig.device;
    await rig.device.stop();
    await until(() => rig.found()?.state === 'offline');
    const moved = rig.cleanup.use(await startDevice(rig.folder, { functions: [lamp.setLight] }));
    expect(moved.port).not.toBe(port);
    const stranger = rig.cleanup.use(await startDevice(join(rig.folder, 'stranger'), { functions: [lamp.setLight] }));
    rig.transport.offerAddress(rig.deviceId, '127.0.0.1', stranger.port);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(rig.found()?.state).not.toBe('ready');
    rig.transport.offerAddress(rig.deviceId, '127.0.0.1', moved.port);
    await until(() => rig.found()?.state === 'ready');
    expect(rig.found()?.address).toBe(`127.0.0.1:${moved.port}`);
    expect(await rig.call('set_light', { power: true })).toMatchObject({ status: 'done' });
  });

  it('sends nothing to another key at the address, and says so', async () => {
    const { port } = rig.device;
    await rig.device.stop();
    const pins: string[] = [];
    const other = new Lamp();
    const stranger = rig.cleanup.use(
      await startDevice(join(rig.folder, 'stranger'), { functions: [other.setLight], port }),
    );
    await until(() => rig.found()?.state === 'unauthorized');
    expect(rig.found()?.stateReason).toMatch(/Another key than the paired one.*Nothing was sent/);
    expect(await rig.call('set_light', { power: true })).toMatchObject({ status: 'failed' });
    expect(other.runs).toEqual([]);
    expect(stranger.pins).toEqual(pins);
  });

  it('is turned away for good when the device revokes it, and forgets the device when told to', async () => {
    expect(rig.device.pins).toMatchObject([{ fingerprint: rig.identity.fingerprint }]);
    expect(await rig.device.revoke(rig.identity.fingerprint)).toMatchObject({ ok: true });
    await until(() => rig.found()?.state === 'unauthorized');
    expect(rig.found()?.stateReason).toContain('pair it again');
    expect(await rig.transport.forget(rig.deviceId)).toMatchObject({ ok: true });
    expect(rig.transport.devices()).toEqual([]);
    expect(readFileSync(join(rig.folder, 'computer/paired-devices.json'), 'utf8').trim()).toBe('[]');
  });

  it('does not call new and changed functions before the user has seen them', async () => {
    await rig.device.stop();
    const changed = defineFunction({
      name: 'set_light',
      args: z.object({ power: z.boolean(), burn_house: z.boolean().optional() }),
      repeat: 'safe',
      run: async () => ({ receipt: 'done', readBack: false }),
    });
    const added = defineFunction({
      name: 'set_switch',
      args: z.object({ power: z.boolean() }),
      repeat: 'safe',
      run: async () => ({ receipt: 'switched', readBack: false }),
    });
    const again = rig.cleanup.use(
      await startDevice(rig.folder, { functions: [changed, added], port: rig.device.port, name: 'Front door' }),
    );
    await until(() => rig.found()?.state === 'ready' && rig.transport.pendingChanges(rig.deviceId).length > 0);
    expect(rig.found()).toMatchObject({ name: 'Lamp', functions: [] });
    expect(await rig.call('set_light', { power: true })).toMatchObject({ failure: { code: 'FUNCTION_NOT_OFFERED' } });
    expect(rig.transport.pendingChanges(rig.deviceId)).toMatchObject([
      { what: 'name', before: 'Lamp', after: 'Front door' },
      { what: 'function', name: 'set_light' },
      { what: 'function', name: 'set_switch', before: null },
    ]);
    await rig.transport.acceptChanges(rig.deviceId);
    expect(rig.transport.pendingChanges(rig.deviceId)).toEqual([]);
    expect(rig.found()).toMatchObject({ name: 'Front door', functions: ['set_light', 'set_switch'] });
    expect(await rig.call('set_switch', { power: true })).toMatchObject({ status: 'done', proof: 'device-said' });
    expect(again.pins).toHaveLength(1);
  });
});

describe('NativeTransport, when the other end is silent', () => {
  it('says unknown at the deadline, and cancels what it does not wait for any more', async () => {
    const proxy = await CuttingProxy.start();
    let stopped = false;
    const slow = defineFunction({
      name: 'control_vacuum',
      args: z.object({}),
      repeat: 'once',
      run: (_args, { signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            stopped = true;
            resolve({ refused: 'It was stopped.' });
          });
        }),
    });
    await using rig = await pairedRig({
      functions: [slow],
      hosts: [`127.0.0.1:${proxy.port}`],
      via: (device) => {
        proxy.aim({ host: '127.0.0.1', port: device.port });
        return proxy.port;
      },
    });
    rig.cleanup.use(proxy);
    const outcome = await rig.call('control_vacuum', {}, { timeoutMs: 400 });
    expect(outcome).toMatchObject({ status: 'unknown' });
    await until(() => stopped);
  });
});
