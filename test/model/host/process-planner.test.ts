import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../src/core/failure.js';
import { err } from '../../../src/core/result.js';
import { ProcessPlanner } from '../../../src/model/host/process-planner.js';

const request = { text: 'turn on the light', locale: 'en-US', functions: [] } as const;
const options = { signal: new AbortController().signal, timeoutMs: 5_000 };
const changed: Failure = { code: 'MODEL_CORRUPT', fault: 'user', message: 'It has changed.', next: 'Add it anew.' };

describe('ProcessPlanner', () => {
  it('loads nothing that was not verified, and verifies again for the next sentence', async () => {
    let verified = 0;
    await using planner = new ProcessPlanner({
      verify: async () => {
        verified += 1;
        return err(changed);
      },
    });
    expect(await planner.plan(request, options)).toEqual({ ok: false, error: changed });
    expect(await planner.plan(request, options)).toEqual({ ok: false, error: changed });
    expect(verified).toBe(2);
  });

  it('gives a verification its time and no more, and closing ends it', async () => {
    const planner = new ProcessPlanner({
      verify: async (signal) => {
        await once(signal, 'abort');
        throw signal.reason;
      },
      loadTimeoutMs: 50,
    });
    expect(await planner.plan(request, options)).toMatchObject({ ok: false, error: { code: 'MODEL_TIMEOUT' } });
    await planner[Symbol.asyncDispose]();
  });

  it('a verification that breaks is a failure, not an exception', async () => {
    await using planner = new ProcessPlanner({ verify: () => Promise.reject(new RangeError('EIO')) });
    expect(await planner.plan(request, options)).toMatchObject({
      ok: false,
      error: { code: 'MODEL_CRASHED', detail: expect.stringContaining('EIO') },
    });
  });
});
