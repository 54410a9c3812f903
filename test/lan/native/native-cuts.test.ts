import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFunction } from '../../../src/lan/device/define-function.js';
import { CuttingProxy } from '../../support/cutting-proxy.js';
import { type NativeRig, pairedRig, until } from './native-rig.js';

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('a connection that is cut in the middle of a call', () => {
  let proxy: CuttingProxy;
  let rig: NativeRig;
  const runs = new Map<string, number>();
  const random = chance(7);
  /** The device's runs do not end before this does. */
  let hold: Promise<void> = Promise.resolve();

  beforeAll(async () => {
    proxy = await CuttingProxy.start();
    const openTrunk = defineFunction({
      name: 'open_trunk',
      args: z.object({}),
      repeat: 'once',
      run: async (_args, { key }) => {
        runs.set(key, (runs.get(key) ?? 0) + 1);
        await Promise.all([hold, new Promise((resolve) => setTimeout(resolve, random() * 25))]);
        return { receipt: `open ${key}`, readBack: true };
      },
    });
    rig = await pairedRig({
      functions: [openTrunk],
      hosts: [`127.0.0.1:${proxy.port}`],
      via: (device) => {
        proxy.aim({ host: '127.0.0.1', port: device.port });
        return proxy.port;
      },
    });
    rig.cleanup.use(proxy);
  });
  afterAll(() => rig[Symbol.asyncDispose]());

  /** What a call and its answer weigh on the wire, so that the cuts fall before, within and after all of it. */
  const CALL_BYTES = 2_600;
  const CUTS = 220;

  it(`gives one outcome and never runs twice, ${CUTS} times`, { timeout: 180_000 }, async () => {
    const tally: Record<string, number> = {};
    let calls = 0;
    proxy.cuts = 0;
    for (; proxy.cuts < CUTS && calls < 2 * CUTS; calls += 1) {
      // Being offered an address ends the wait before the next try.
      rig.transport.offerAddress(rig.deviceId, '127.0.0.1', proxy.port);
      await until(() => rig.found()?.state === 'ready');
      const key = randomUUID();
      const calling = rig.call('open_trunk', {}, { key, timeoutMs: 15_000 });
      const timer = setTimeout(() => proxy.cut(), random() * 30);
      if (random() < 0.7) {
        clearTimeout(timer);
        proxy.cutAfter(Math.floor(random() * CALL_BYTES));
      }
      const outcome = await calling;
      clearTimeout(timer);
      const ran = runs.get(key) ?? 0;
      expect(ran).toBeLessThanOrEqual(1);
      if (outcome.status === 'done')
        expect({ ran, receipt: outcome.receipt }).toEqual({ ran: 1, receipt: `open ${key}` });
      if (outcome.status === 'failed') expect(ran).toBe(0);
      tally[outcome.status] = (tally[outcome.status] ?? 0) + 1;
    }
    // A cut that was set for a number of bytes may fall after its call.
    expect(proxy.cuts).toBeGreaterThanOrEqual(CUTS);
    // The device was back at once every time: nearly all end well, and none is left unknown.
    expect(tally['done'] ?? 0).toBeGreaterThan(calls * 0.9);
    expect((tally['done'] ?? 0) + (tally['failed'] ?? 0)).toBe(calls);
  });

  it('waits for a call that goes on while the connection is away', async () => {
    await until(() => rig.found()?.state === 'ready');
    const key = randomUUID();
    let release = (): void => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const calling = rig.call('open_trunk', {}, { key });
    await until(() => runs.has(key));
    proxy.aim(null);
    proxy.cut();
    release();
    await new Promise((resolve) => setTimeout(resolve, 300));
    proxy.aim({ host: '127.0.0.1', port: rig.device.port });
    expect(await calling).toMatchObject({ status: 'done', receipt: `open ${key}` });
    expect(runs.get(key)).toBe(1);
  });

  it('says unknown when the device stays away, and failed when it was away before', async () => {
    rig.transport.offerAddress(rig.deviceId, '127.0.0.1', proxy.port);
    await until(() => rig.found()?.state === 'ready');
    const key = randomUUID();
    let release = (): void => {};
    hold = new Promise((resolve) => {
      release = resolve;
    });
    const calling = rig.call('open_trunk', {}, { key, timeoutMs: 1_500 });
    await until(() => runs.has(key));
    proxy.aim(null);
    proxy.cut();
    release();
    expect(await calling).toMatchObject({ status: 'unknown' });
    await until(() => rig.found()?.state === 'offline');
    expect(await rig.call('open_trunk')).toMatchObject({ status: 'failed', failure: { code: 'DEVICE_NOT_READY' } });
  });
});
