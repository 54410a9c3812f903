import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createDevice } from '../../../src/lan/device/create-device.js';
import { defineFunction } from '../../../src/lan/device/define-function.js';
import { loadIdentity } from '../../../src/lan/native/identity.js';
import { NativeTransport } from '../../../src/lan/native/native-transport.js';
import { CuttingProxy } from '../../support/cutting-proxy.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { invoke, Lamp, pairedRig, until, waiting } from '../native/native-rig.js';

describe('the device of the protocol page', () => {
  it('is what the page shows, and works', async () => {
    const code = readFileSync('test/lan/device/desk-lamp.ts', 'utf8').trim();
    const shown = code.replace("'../../../src/lan/device/public.js'", "'tentacle/device'");
    expect(readFileSync('docs/protocol.md', 'utf8')).toContain(`\`\`\`ts\n${shown}\n\`\`\``);
    using home = temporaryFolder();
    vi.stubEnv('HOME', home.path);
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { lamp } = await import('./desk-lamp.js');
    await using _ = lamp;
    const pin = /PIN (\d{8})/.exec(String(log.mock.calls[0]?.[0]))?.[1] ?? '';
    log.mockRestore();
    vi.unstubAllEnvs();
    const folder = join(home.path, 'computer');
    await using transport = new NativeTransport({ folder, identity: await loadIdentity(folder) });
    const paired = await transport.pair(`127.0.0.1:${lamp.port}`, pin, waiting);
    expect(paired).toMatchObject({ ok: true, value: { name: 'Desk lamp', room: 'study', functions: ['set_light'] } });
    const outcome = await invoke(transport, transport.devices()[0]?.id ?? '', 'set_light', { power: true });
    expect(outcome).toMatchObject({ status: 'done', proof: 'read-back', receipt: 'on' });
  });
});

describe('createDevice', () => {
  it('keeps its id and its key over restarts, and no other device has them', async () => {
    using folder = temporaryFolder();
    const start = async (name: string) => {
      await using device = await createDevice({
        name,
        kind: 'home',
        folder: join(folder.path, name),
        functions: [],
        onPin: () => {},
        host: '127.0.0.1',
      });
      return { id: device.id, fingerprint: device.fingerprint };
    };
    const [one, again, other] = [await start('one'), await start('one'), await start('other')];
    expect(again).toEqual(one);
    expect(other.id).not.toBe(one.id);
    expect(other.fingerprint).not.toBe(one.fingerprint);
  });

  it('offers no two functions of one name, and none whose name is not one', async () => {
    using folder = temporaryFolder();
    const { setLight } = new Lamp();
    const options = { name: 'x', kind: 'home' as const, folder: folder.path, onPin: () => {}, host: '127.0.0.1' };
    await expect(createDevice({ ...options, functions: [setLight, setLight] })).rejects.toMatchObject({
      failure: { code: 'BAD_FUNCTION' },
    });
    const bad = { name: 'Set Light', args: z.object({}), repeat: 'safe' as const };
    expect(() => defineFunction({ ...bad, run: async () => ({ receipt: '', readBack: false }) })).toThrow(
      'lower_snake',
    );
  });

  it('moves only as long as the computer is there: the lease is renewed over the wire, and ends with the cable', async () => {
    await using proxy = await CuttingProxy.start();
    let moving = 0;
    const shade = defineFunction({
      name: 'set_cover',
      args: z.object({ position: z.number() }),
      repeat: 'safe',
      moving: { leaseMs: 400 },
      run: async ({ position }, { signal }) => {
        moving += 1;
        const endsAt = performance.now() + position * 20;
        while (!signal.aborted && performance.now() < endsAt) await new Promise((resolve) => setTimeout(resolve, 10));
        moving -= 1;
        return signal.aborted ? { refused: 'It stopped half way.' } : { receipt: `at ${position} %`, readBack: true };
      },
    });
    await using rig = await pairedRig({
      functions: [shade],
      hosts: [`127.0.0.1:${proxy.port}`],
      via: (device) => {
        proxy.aim({ host: '127.0.0.1', port: device.port });
        return proxy.port;
      },
    });
    // One second and a half, on a lease of less than half a second.
    expect(await rig.call('set_cover', { position: 75 })).toMatchObject({ status: 'done', receipt: 'at 75 %' });
    const calling = rig.call('set_cover', { position: 100 }, { timeoutMs: 1_900 });
    await until(() => moving === 1);
    proxy.silence(true);
    const pulled = performance.now();
    await until(() => moving === 0);
    expect(performance.now() - pulled).toBeLessThan(1_200);
    expect(await calling).toMatchObject({ status: 'unknown' });
  });

  it('lets a computer go that has gone silent, and finds it again', async () => {
    await using proxy = await CuttingProxy.start();
    const lamp = new Lamp();
    await using rig = await pairedRig({
      functions: [lamp.setLight],
      hosts: [`127.0.0.1:${proxy.port}`],
      via: (device) => {
        proxy.aim({ host: '127.0.0.1', port: device.port });
        return proxy.port;
      },
    });
    proxy.silence(true);
    await until(() => rig.found()?.state !== 'ready', 20_000);
    rig.device.setState('power', true);
    proxy.silence(false);
    proxy.cut();
    await until(() => rig.found()?.state === 'ready', 20_000);
    expect(rig.found()?.details).toEqual({ power: 'true' });
  });
});
