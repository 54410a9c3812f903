import { describe, expect, it } from 'vitest';
import { TentacleError } from '../../src/core/failure.js';
import type { Outcome } from '../../src/core/outcome.js';
import { readBack } from '../../src/core/outcomes.js';
import { carryOut } from '../../src/lan/carry-out.js';
import type { LanCall } from '../../src/lan/lan-call.js';
import { fakeDevice } from '../fakes/fake-transport.js';

const invocation = { callId: 'c1', function: 'set_wifi', args: { enabled: true }, contacts: {} };

function run(work: (call: LanCall) => Promise<Outcome>, options: { signal?: AbortSignal; timeoutMs?: number } = {}) {
  const signal = options.signal ?? new AbortController().signal;
  return carryOut(fakeDevice(), invocation, { key: 'k', signal, timeoutMs: options.timeoutMs ?? 1_000 }, work);
}

const refusedByPeer = new TentacleError({ code: 'OUT_OF_RANGE', fault: 'device', message: 'Too hot.', next: 'Less.' });

describe('carryOut', () => {
  it('passes on what the function says', async () => {
    expect(await run(async () => readBack('on'))).toMatchObject({ status: 'done', receipt: 'on' });
  });

  it('does not run for a device that is unknown, not ready or does not offer the function', async () => {
    const options = { key: 'k', signal: new AbortController().signal, timeoutMs: 100 };
    const never = () => Promise.reject(new Error('was run'));
    expect(await carryOut(undefined, invocation, options, never)).toMatchObject({
      failure: { code: 'DEVICE_UNKNOWN' },
    });
    const offline = fakeDevice({ state: 'offline', stateReason: 'Plug it in.' });
    expect(await carryOut(offline, invocation, options, never)).toMatchObject({
      failure: { code: 'DEVICE_NOT_READY', next: 'Plug it in.' },
    });
    expect(await carryOut(fakeDevice({ functions: [] }), invocation, options, never)).toMatchObject({
      failure: { code: 'FUNCTION_NOT_OFFERED' },
    });
  });

  it('calls silence before sending a failure, and after it unknown', async () => {
    const silent = () => new Promise<never>(() => {});
    expect(await run(silent, { timeoutMs: 20 })).toMatchObject({ status: 'failed', failure: { code: 'DEADLINE' } });
    const sent = (call: LanCall) => {
      call.markSent();
      return silent();
    };
    expect(await run(sent, { timeoutMs: 20 })).toMatchObject({ status: 'unknown' });
  });

  it('tells the answer of a device from a broken link', async () => {
    const failing = (error: Error) =>
      run(async (call) => {
        call.markSent();
        throw error;
      });
    expect(await failing(refusedByPeer)).toMatchObject({ status: 'failed', failure: { code: 'OUT_OF_RANGE' } });
    expect(await failing(new Error('ECONNRESET'))).toMatchObject({ status: 'unknown' });
    expect(await run(() => Promise.reject(new Error('ECONNREFUSED')))).toMatchObject({
      status: 'failed',
      failure: { code: 'LINK_LOST', detail: 'ECONNREFUSED' },
    });
  });

  it('says which side of sending a cancellation fell on', async () => {
    const controller = new AbortController();
    const running = run((call) => {
      call.markSent();
      controller.abort();
      return new Promise<never>(() => {});
    }, controller);
    expect(await running).toMatchObject({ status: 'unknown' });
    expect(await run(async () => readBack('on'), { signal: AbortSignal.abort() })).toMatchObject({ status: 'refused' });
  });
});
