import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineFunction } from '../../../src/lan/device/define-function.js';
import { DeviceCalls } from '../../../src/lan/device/device-calls.js';
import { DeviceClock } from '../../../src/lan/device/device-clock.js';
import { OutcomeFile } from '../../../src/lan/device/outcome-file.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

let folder: ReturnType<typeof temporaryFolder>;
let now = 0;
let runs: string[] = [];
let finish: (() => void) | null = null;
beforeEach(() => {
  folder = temporaryFolder();
  now = 0;
  runs = [];
  finish = null;
});
afterEach(() => folder[Symbol.dispose]());

const args = z.object({ power: z.boolean().optional() });
const quick = defineFunction({
  name: 'set_light',
  args,
  repeat: 'safe',
  run: async (_args, { key }) => {
    runs.push(key);
    return { receipt: `run ${runs.length}`, readBack: true };
  },
});
const once = defineFunction({
  name: 'open_trunk',
  args,
  repeat: 'once',
  run: async (_args, { key }) => {
    runs.push(key);
    return { receipt: 'open', readBack: true };
  },
});
/** Runs until it is told to end, or stopped. */
const held = (repeat: 'safe' | 'once', moving?: { leaseMs: number }) =>
  defineFunction({
    name: 'control_vacuum',
    args,
    repeat,
    ...(moving ? { moving } : {}),
    run: (_args, { signal, key }) =>
      new Promise((resolve) => {
        runs.push(key);
        finish = () => resolve({ receipt: 'ended', readBack: true });
        signal.addEventListener('abort', () => resolve({ receipt: 'stopped', readBack: true }));
      }),
  });

async function openCalls(functions = [quick, once]) {
  const clock = new DeviceClock(() => now);
  const calls = new DeviceCalls(functions, clock, await OutcomeFile.open(folder.path));
  const request = (name: string, key: string, more: { owner?: string; args?: unknown; ttlMs?: number } = {}) => ({
    owner: 'a',
    key,
    function: name,
    args: {},
    issued: clock.reading(),
    ttlMs: 5_000,
    ...more,
  });
  return { calls, clock, request };
}

describe('DeviceCalls', () => {
  it('runs a key once, and gives its outcome as often as it is asked', async () => {
    const { calls, request } = await openCalls();
    const sent = request('set_light', 'k1');
    const [one, two] = await Promise.all([calls.call(sent), calls.call(sent)]);
    expect(one).toEqual({ status: 'done', proof: 'read-back', receipt: 'run 1' });
    expect(two).toEqual(one);
    expect(await calls.call(sent)).toEqual(one);
    expect(runs).toEqual(['k1']);
    expect(await calls.status('a', 'k1', 0)).toEqual({ state: 'done', outcome: one });
    await calls[Symbol.asyncDispose]();
  });

  it('keeps the keys of different computers apart, and a key to its call', async () => {
    const { calls, request } = await openCalls();
    await calls.call(request('set_light', 'k1'));
    await calls.call(request('set_light', 'k1', { owner: 'b' }));
    expect(runs).toEqual(['k1', 'k1']);
    expect(await calls.status('c', 'k1', 0)).toEqual({ state: 'unknown' });
    expect(await calls.call(request('set_light', 'k1', { args: { power: true } }))).toMatchObject({ reason: 'key' });
    await calls[Symbol.asyncDispose]();
  });

  it('refuses what is stale, from before a restart, from the future, unknown or ill-formed, and runs nothing', async () => {
    const { calls, clock, request } = await openCalls();
    const late = request('set_light', 'k1');
    now += 5_001;
    expect(await calls.call(late)).toMatchObject({ status: 'refused', reason: 'stale' });
    const restarted = { ...request('set_light', 'k2'), issued: { epoch: randomUUID(), ms: clock.reading().ms } };
    expect(await calls.call(restarted)).toMatchObject({ reason: 'stale' });
    const future = { ...request('set_light', 'k3'), issued: { ...clock.reading(), ms: clock.reading().ms + 2_100 } };
    expect(await calls.call(future)).toMatchObject({ reason: 'stale' });
    expect(await calls.call(request('no_such', 'k4'))).toMatchObject({ reason: 'function' });
    expect(await calls.call(request('set_light', 'k5', { args: { power: 'x' } }))).toMatchObject({
      reason: 'arguments',
    });
    expect(runs).toEqual([]);
    await calls[Symbol.asyncDispose]();
  });

  it('refuses a replay when the outcome is forgotten, however long it claimed to live', async () => {
    const { calls, request } = await openCalls();
    const recorded = request('set_light', 'k1', { ttlMs: 1e12 });
    await calls.call(recorded);
    now += 599_000;
    expect(await calls.call(recorded)).toMatchObject({ status: 'done' });
    now += 2_000;
    expect(await calls.status('a', 'k1', 0)).toEqual({ state: 'unknown' });
    expect(await calls.call(recorded)).toMatchObject({ status: 'refused', reason: 'stale' });
    expect(runs).toEqual(['k1']);
    await calls[Symbol.asyncDispose]();
  });

  it('remembers across a restart what must not run twice', async () => {
    const first = await openCalls();
    const done = await first.calls.call(first.request('open_trunk', 'k1'));
    await first.calls[Symbol.asyncDispose]();
    const second = await openCalls();
    expect(await second.calls.call(second.request('open_trunk', 'k1'))).toEqual(done);
    expect(runs).toEqual(['k1']);
    await second.calls[Symbol.asyncDispose]();
  });

  it('says unknown of a call that a power cut ended, and does not run it again', async () => {
    const first = await openCalls([held('once')]);
    void first.calls.call(first.request('control_vacuum', 'k1'));
    while (runs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    // The same files, while the first has not come to write the end: as after a crash.
    const second = await openCalls([held('once')]);
    expect(await second.calls.call(second.request('control_vacuum', 'k1'))).toMatchObject({ status: 'unknown' });
    expect(runs).toEqual(['k1']);
    await second.calls[Symbol.asyncDispose]();
    await first.calls[Symbol.asyncDispose]();
  });

  it('tells what runs from what ended, and stops it when asked', async () => {
    const { calls, request } = await openCalls([held('safe')]);
    const running = calls.call(request('control_vacuum', 'k1'));
    expect(await calls.status('a', 'k1', 20)).toEqual({ state: 'running' });
    const waited = calls.status('a', 'k1', 5_000);
    finish?.();
    expect(await waited).toMatchObject({ state: 'done', outcome: { receipt: 'ended' } });
    await running;
    const other = calls.call(request('control_vacuum', 'k2'));
    expect(calls.cancel('b', 'k2')).toMatchObject({ state: 'done' });
    expect(calls.cancel('a', 'k2')).toEqual({ state: 'running' });
    expect(await other).toMatchObject({ receipt: 'stopped' });
    await calls[Symbol.asyncDispose]();
  });

  it('refuses a call that was cancelled before it came', async () => {
    const { calls, request } = await openCalls();
    calls.cancel('a', 'k1');
    expect(await calls.call(request('set_light', 'k1'))).toMatchObject({ status: 'refused', reason: 'gone' });
    expect(runs).toEqual([]);
    await calls[Symbol.asyncDispose]();
  });

  it('stops what moves when nobody renews its lease, and not before', async () => {
    const { calls, request } = await openCalls([held('once', { leaseMs: 200 })]);
    const started = performance.now();
    const moving = calls.call(request('control_vacuum', 'k1'));
    for (let count = 0; count < 4; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, 80));
      expect(calls.renew('b', 'k1')).toEqual({ state: 'unknown' });
      expect(calls.renew('a', 'k1')).toEqual({ state: 'running' });
    }
    expect(await moving).toMatchObject({ receipt: 'stopped' });
    expect(performance.now() - started).toBeGreaterThan(450);
    await calls[Symbol.asyncDispose]();
  });

  it('says what a function threw', async () => {
    const broken = defineFunction({
      name: 'set_fan',
      args,
      repeat: 'safe',
      run: () => Promise.reject(new Error('Stuck.')),
    });
    const { calls, request } = await openCalls([broken]);
    expect(await calls.call(request('set_fan', 'k1'))).toEqual({ status: 'failed', message: 'Stuck.' });
    await calls[Symbol.asyncDispose]();
  });
});
