import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MatterController } from '../../../src/lan/matter/matter-controller.js';
import { loadMatter } from '../../../src/lan/matter/matter-library.js';
import { MatterTransport } from '../../../src/lan/matter/matter-transport.js';
import { Cleanup } from '../../support/cleanup.js';
import { MatterDevice } from '../../support/matter-device.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { otherNetwork } from './networks.js';
import { MatterRig, never } from './rig.js';

let rig: MatterRig;
beforeAll(async () => {
  rig = await MatterRig.open({ name: 'First home' });
});
afterAll(() => rig?.[Symbol.asyncDispose]());

describe('adding a device', () => {
  it('tells a code that is none', async () => {
    for (const code of ['', 'hello', '12345678901', '3497-011-2333', `MT:${'A'.repeat(500)}`, 'MT:!!']) {
      expect(await rig.transport.commission(code, { signal: never(), timeoutMs: 5_000 })).toMatchObject({
        ok: false,
        error: { code: 'BAD_SHARE_CODE' },
      });
    }
  });

  it('tells a code that no device waits for', async () => {
    const matter = await loadMatter();
    const code = matter.ManualPairingCodeCodec.encode({ discriminator: 0x100, passcode: 20202021 });
    const began = performance.now();
    expect(await rig.transport.commission(code, { signal: never(), timeoutMs: 4_000 })).toMatchObject({
      ok: false,
      error: { code: 'DEVICE_NOT_FOUND' },
    });
    expect(performance.now() - began).toBeLessThan(6_000);
  });

  it('tells a wrong code, without waiting for the end of the time', async () => {
    const matter = await loadMatter();
    const code = matter.ManualPairingCodeCodec.encode({ discriminator: 3840, passcode: 12344321 });
    const began = performance.now();
    expect(await rig.transport.commission(code, { signal: never(), timeoutMs: 60_000 })).toMatchObject({
      ok: false,
      error: { code: 'WRONG_SHARE_CODE' },
    });
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(rig.transport.devices()).toEqual([]);
  });

  it('ends when the user has enough', async () => {
    const matter = await loadMatter();
    const code = matter.ManualPairingCodeCodec.encode({ discriminator: 0x100, passcode: 20202021 });
    const user = new AbortController();
    const adding = rig.transport.commission(code, { signal: user.signal, timeoutMs: 60_000 });
    setTimeout(() => user.abort(), 300);
    expect(await adding).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  });

  it('adds by number the one device that the number means, though another waits with the same passcode', async () => {
    await using other = await MatterDevice.start(otherNetwork(), {
      name: 'Second home',
      discriminator: 0x200,
      port: 5541,
    });
    const added = await rig.transport.commission(other.codes.manual, {
      name: 'Cabin',
      signal: never(),
      timeoutMs: 60_000,
    });
    expect(added).toMatchObject({
      ok: true,
      value: expect.arrayContaining([expect.objectContaining({ groups: ['Cabin'] })]),
    });
    await other.change('Coffee machine', 'onOff', { onOff: true });
    expect(await rig.invoke('Coffee machine', 'get_device_state', { name: 'coffee machine' })).toMatchObject({
      data: { value: 'on' },
    });
    expect(await rig.device.attribute('Coffee machine', 'onOff', 'onOff')).toBe(false);
    expect(await rig.transport.forget(rig.id('Coffee machine'), { signal: never(), timeoutMs: 10_000 })).toEqual({
      ok: true,
      value: { isTold: true },
    });
    expect(rig.transport.devices()).toEqual([]);
  });

  it('adds by the text of a QR code, in any case', async () => {
    const added = await rig.transport.commission(` ${rig.device.codes.qr.toLowerCase()} `, {
      signal: never(),
      timeoutMs: 60_000,
    });
    expect(added).toMatchObject({ ok: true });
    expect(rig.transport.devices()).toHaveLength(10);
  });

  it('follows what the other apps change: a new name, and a thing that its bridge has lost', async () => {
    await rig.device.change('Balcony', 'bridgedDeviceBasicInformation', { nodeLabel: 'Garden' });
    await expect.poll(() => rig.transport.devices().map(({ name }) => name), { timeout: 10_000 }).toContain('Garden');
    await rig.device.change('Balcony', 'bridgedDeviceBasicInformation', { reachable: false });
    const garden = () => rig.transport.devices().find(({ name }) => name === 'Garden')?.state;
    await expect.poll(garden, { timeout: 10_000 }).toBe('offline');
    await rig.device.change('Balcony', 'bridgedDeviceBasicInformation', { reachable: true });
    await expect.poll(garden, { timeout: 10_000 }).toBe('ready');
  });
});

describe('a device that belongs to another app already', () => {
  it('is added by the code with which that app shares it, and obeys both', async () => {
    await using cleanup = new Cleanup();
    const matter = await loadMatter();
    const home = cleanup.use(
      await MatterDevice.start(otherNetwork(), { name: 'Third home', discriminator: 0x300, port: 5542 }),
    );
    const app = cleanup.use(await MatterController.open(matter, cleanup.use(temporaryFolder()).path));
    const theirs = await app.commission(home.codes.manual, { signal: never(), timeoutMs: 60_000 });
    // The device does not take its own printed code any more; what the network still says of it leads nowhere.
    const again = await rig.transport.commission(home.codes.manual, { signal: never(), timeoutMs: 4_000 });
    expect(['DEVICE_NOT_FOUND', 'DEADLINE']).toContain(again.ok ? 'added' : again.error.code);
    const [passcode, discriminator, iterations, salt] = [43217654, 0xa5a, 1_000, randomBytes(32)];
    const pakePasscodeVerifier = await matter.PaseClient.generatePakePasscodeVerifier(
      matter.Environment.default.get(matter.Crypto),
      passcode,
      { iterations, salt },
    );
    await theirs.invoke(
      { endpoint: 0, cluster: 'administratorCommissioning', name: 'openCommissioningWindow' },
      { commissioningTimeout: 180, pakePasscodeVerifier, discriminator, iterations, salt },
      AbortSignal.timeout(10_000),
    );
    const code = matter.ManualPairingCodeCodec.encode({ discriminator, passcode });
    const added = await rig.transport.commission(code, { name: 'Shared', signal: never(), timeoutMs: 60_000 });
    if (!added.ok) throw new Error(JSON.stringify(added.error));
    const plug = added.value.find(({ deviceClass }) => deviceClass === 'switch');
    const outcome = await rig.transport.invoke(
      plug?.id ?? '',
      { callId: 'c1', function: 'set_switch', args: { name: 'plug', power: true }, contacts: {} },
      { key: 'key', signal: never(), timeoutMs: 10_000 },
    );
    expect(outcome).toMatchObject({ status: 'done', prior: { power: false } });
    const endpoint = Number(plug?.id.split('-')[1]);
    const wanted = [{ cluster: 'onOff', names: ['onOff'] }] as const;
    const seen = await theirs.read(endpoint, wanted, AbortSignal.timeout(10_000));
    expect(seen.get('onOff')).toEqual({ onOff: true });
    expect(await rig.transport.forget(plug?.id ?? '', { signal: never(), timeoutMs: 10_000 })).toEqual({
      ok: true,
      value: { isTold: true },
    });
    // It still obeys the app that it came from.
    await theirs.invoke({ endpoint, cluster: 'onOff', name: 'off' }, undefined, AbortSignal.timeout(10_000));
    expect(await home.attribute('Coffee machine', 'onOff', 'onOff')).toBe(false);
  });
});

describe('the fabric', () => {
  it('is readable by its owner alone', () => {
    expect(statSync(rig.folder).mode & 0o777).toBe(0o700);
    const modes = readdirSync(rig.folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => [name, statSync(join(rig.folder, name)).mode & 0o777]);
    expect(modes).toEqual(expect.arrayContaining([['fabric.json', 0o600]]));
    for (const [, mode] of modes) expect(mode).toBe(0o600);
  });

  it('is not opened twice', async () => {
    await using second = new MatterTransport({ folder: rig.folder, virtual: true });
    await second.start({ signal: never(), timeoutMs: 20_000 });
    expect(second.problems()).toMatchObject([{ code: 'MATTER_IN_USE' }]);
    expect(second.devices()).toEqual([]);
    expect(await rig.invoke('Coffee machine', 'get_device_state', { name: 'it' })).toMatchObject({ status: 'done' });
  });

  it('is left alone when it is damaged, and says so', async () => {
    await using cleanup = new Cleanup();
    await rig.transport[Symbol.asyncDispose]();
    const path = join(rig.folder, 'fabric.json');
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, whole.slice(0, 200));
    const damaged = cleanup.use(new MatterTransport({ folder: rig.folder, virtual: true }));
    await damaged.start({ signal: never(), timeoutMs: 20_000 });
    expect(damaged.problems()).toMatchObject([{ code: 'FABRIC_UNREADABLE' }]);
    expect(readFileSync(path, 'utf8')).toBe(whole.slice(0, 200));
    writeFileSync(path, whole);
    const again = cleanup.use(new MatterTransport({ folder: rig.folder, virtual: true }));
    await again.start({ signal: never(), timeoutMs: 30_000 });
    expect(again.devices().map(({ state }) => state)).toEqual(Array.from({ length: 10 }, () => 'ready'));
  });
});
