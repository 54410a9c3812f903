import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Call, Plan } from '../../src/core/plan.js';
import { systemClock } from '../../src/core/ports/clock.js';
import type { Verdict } from '../../src/core/ports/gate.js';
import { freezePlan } from '../../src/orchestrator/freeze-plan.js';
import { type RunEvent, runPlan } from '../../src/orchestrator/run-plan.js';
import { type Answer, done, FakeTransport, fakeDevice } from '../fakes/fake-transport.js';
import { MemoryJournal } from '../fakes/memory-journal.js';

const call = (id: string, overrides: Partial<Call> = {}): Call => ({
  id,
  function: 'open_app',
  args: { app_name: id },
  target: null,
  device: 'fake:1',
  after: [],
  ...overrides,
});

const planOf = (...calls: Call[]): Plan =>
  freezePlan({ utterance: 'x', decision: 'plan', calls, confidence: 1, ms: 0 });

const allowAll = (plan: Plan): ReadonlyMap<string, Verdict> =>
  new Map(plan.calls.map(({ id }) => [id, { verdict: 'allow', planHash: plan.hash }]));

function rig(answer?: Answer, devices = [fakeDevice()]) {
  const transport = new FakeTransport(answer, devices);
  const journal = new MemoryJournal();
  let keys = 0;
  const newKey = (): string => {
    keys += 1;
    return `key-${keys}`;
  };
  const events: RunEvent[] = [];
  const dependencies = { transports: [transport], journal, clock: systemClock, newKey };
  const run = (plan: Plan, verdicts = allowAll(plan), signal = new AbortController().signal) =>
    runPlan('utterance', plan, verdicts, dependencies, { signal, onEvent: (event) => events.push(event) });
  return { transport, journal, run, events };
}

const statuses = (report: Awaited<ReturnType<typeof runPlan>>): readonly string[] =>
  report.calls.map(({ outcome }) => outcome.status);

describe('runPlan', () => {
  it('starts calls at once when nothing holds them', async () => {
    let under = 0;
    let most = 0;
    const { run } = rig(async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 20));
      under -= 1;
      return done();
    });
    expect(statuses(await run(planOf(call('c1'), call('c2'), call('c3'))))).toEqual(['done', 'done', 'done']);
    expect(most).toBe(3);
  });

  it('fills a nested value with the result of the earlier call, and only then sends', async () => {
    const { run, transport } = rig(async ({ function: name }) =>
      name === 'get_weather_forecast' ? done('rain') : done(),
    );
    await run(
      planOf(
        call('c1', { function: 'get_weather_forecast', args: {} }),
        call('c2', { function: 'send_text_message', args: { contact_name: 'Mom', message: { $ref: 'c1' } } }),
      ),
    );
    expect(transport.invocations.map(({ invocation }) => invocation.args)).toEqual([
      {},
      { contact_name: 'Mom', message: 'rain' },
    ]);
  });

  it('stops only what depends on a failed call', async () => {
    const { run, transport } = rig(async ({ callId }) =>
      callId === 'c1' ? { status: 'failed', failure: { code: 'X', fault: 'device', message: 'm', next: 'n' } } : done(),
    );
    const report = await run(
      planOf(call('c1'), call('c2', { after: ['c1'] }), call('c3'), call('c4', { after: ['c2'] })),
    );
    expect(statuses(report)).toEqual(['failed', 'refused', 'done', 'refused']);
    expect(transport.invocations.map(({ invocation }) => invocation.callId).sort()).toEqual(['c1', 'c3']);
  });

  it('sends nothing that was not allowed, and nothing of a plan other than the approved one', async () => {
    const { run, transport } = rig();
    const plan = planOf(call('c1'), call('c2'));
    expect(statuses(await run(plan, new Map([['c1', { verdict: 'allow', planHash: plan.hash } as const]])))).toEqual([
      'done',
      'refused',
    ]);
    const edited: Plan = { ...plan, calls: [call('c1', { args: { app_name: 'another' } }), call('c2')] };
    expect(statuses(await run(edited, allowAll(plan)))).toEqual(['refused', 'refused']);
    expect(transport.invocations).toHaveLength(1);
  });

  it('takes an approval once', async () => {
    const { run, transport } = rig();
    const plan = planOf(call('c1'));
    const verdicts = allowAll(plan);
    expect(statuses(await run(plan, verdicts))).toEqual(['done']);
    expect(statuses(await run(plan, verdicts))).toEqual(['refused']);
    expect(transport.invocations).toHaveLength(1);
  });

  it('has the start on record before the first byte, and sends nothing when it cannot be written', async () => {
    const seen: (string | undefined)[] = [];
    const { run, journal, transport } = rig(async (_invocation, { key }) => {
      seen.push(journal.calls.find((entry) => entry.key === key)?.key);
      return done();
    });
    await run(planOf(call('c1'), call('c2')));
    expect(seen).toEqual(['key-1', 'key-2']);
    journal.failWith = { code: 'JOURNAL_FULL', fault: 'tentacle', message: 'full', next: 'free some' };
    expect(statuses(await run(planOf(call('c3'))))).toEqual(['refused']);
    expect(transport.invocations).toHaveLength(2);
  });

  it('refuses circles and unknown references before anything is sent', async () => {
    const { run, transport } = rig();
    expect(statuses(await run(planOf(call('c1', { after: ['c2'] }), call('c2', { after: ['c1'] }))))).toEqual([
      'refused',
      'refused',
    ]);
    expect(statuses(await run(planOf(call('c1', { after: ['c9'] }))))).toEqual(['refused']);
    expect(transport.invocations).toHaveLength(0);
  });

  it('does not send what was cancelled before its turn', async () => {
    const stop = new AbortController();
    const { run, transport } = rig(async () => {
      stop.abort();
      return done();
    });
    const plan = planOf(call('c1'), call('c2', { after: ['c1'] }));
    expect(statuses(await run(plan, allowAll(plan), stop.signal))).toEqual(['done', 'refused']);
    expect(transport.invocations).toHaveLength(1);
  });

  it('sends nothing to a device that is not ready', async () => {
    const { run, transport } = rig(undefined, [
      fakeDevice({ state: 'unauthorized', stateReason: 'Allow debugging on the phone.' }),
    ]);
    const report = await run(planOf(call('c1')));
    expect(report.calls[0]?.outcome).toEqual({ status: 'refused', by: 'device', why: 'Allow debugging on the phone.' });
    expect(transport.invocations).toHaveLength(0);
  });

  it('ends every call of any plan exactly once, in order, whatever fails', async () => {
    const graphs = fc.integer({ min: 1, max: 50 }).chain((count) =>
      fc.record({
        after: fc.tuple(
          ...Array.from({ length: count }, (_, index) =>
            fc.uniqueArray(fc.nat({ max: Math.max(0, index - 1) }), { maxLength: Math.min(3, index) }),
          ),
        ),
        failing: fc.uniqueArray(fc.nat({ max: count - 1 })),
        delays: fc.array(fc.nat({ max: 2 }), { minLength: count, maxLength: count }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(graphs, async ({ after, failing, delays }) => {
        const ended: string[] = [];
        const { run, transport, journal, events } = rig(async ({ callId }) => {
          const index = Number(callId.slice(1)) - 1;
          for (const before of after[index] ?? []) expect(ended).toContain(`c${before + 1}`);
          for (let turn = 0; turn < (delays[index] ?? 0); turn += 1) await Promise.resolve();
          ended.push(callId);
          return failing.includes(index) ? { status: 'unknown', since: 0, why: 'lost' } : done();
        });
        const calls = after.map((before, index) =>
          call(`c${index + 1}`, { after: before.map((entry) => `c${entry + 1}`) }),
        );
        const report = await run(planOf(...calls));
        expect(report.calls.map((entry) => entry.call)).toEqual(calls.map(({ id }) => id));
        const sent = transport.invocations.map(({ invocation }) => invocation.callId);
        expect(new Set(sent).size).toBe(sent.length);
        expect(journal.calls.every(({ outcome }) => outcome !== null)).toBe(true);
        expect(events.filter(({ type }) => type === 'ended')).toHaveLength(calls.length);
      }),
      { numRuns: 200 },
    );
  });
});
