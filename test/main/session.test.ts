import { describe, expect, it } from 'vitest';
import type { Device } from '../../src/core/device.js';
import type { Choice, Clarification, Plan } from '../../src/core/plan.js';
import type { PlanDraft } from '../../src/core/plan-draft.js';
import { systemClock } from '../../src/core/ports/clock.js';
import type { Planner } from '../../src/core/ports/planner.js';
import { ok } from '../../src/core/result.js';
import { Session } from '../../src/main/session.js';
import { RiskGate } from '../../src/trust/risk-gate.js';
import { done, FakeTransport } from '../fakes/fake-transport.js';
import { MemoryJournal } from '../fakes/memory-journal.js';
import { home } from '../orchestrator/routing/homes.js';

type Said = { function: string; args: Record<string, string | boolean>; after?: string[] };

/** A planner that knows what each sentence means. */
function plannerOf(meanings: Readonly<Record<string, readonly Said[]>>): Planner {
  return {
    plan: async ({ text }) => {
      const calls = (meanings[text] ?? []).map((call, index) => ({
        id: `c${index + 1}`,
        function: call.function,
        args: Object.fromEntries(
          Object.entries(call.args).map(([name, value]) => [name, { kind: 'literal' as const, value }]),
        ),
        target: null,
        after: call.after ?? [],
        confidence: 1,
      }));
      return ok({ decision: 'plan', calls, confidence: 1, readings: [] } satisfies PlanDraft);
    },
    warmUp: async () => ok(undefined),
    [Symbol.asyncDispose]: async () => {},
  };
}

function rig(meanings: Readonly<Record<string, readonly Said[]>>, devices: readonly Device[], answers: number[] = []) {
  const transport = new FakeTransport(async () => done(), devices);
  let keys = 0;
  const session = new Session({
    planner: plannerOf(meanings),
    transports: [transport],
    journal: new MemoryJournal(),
    clock: systemClock,
    newKey: () => {
      keys += 1;
      return `key-${keys}`;
    },
  });
  const asked: Clarification[] = [];
  const view = {
    choose: async (clarification: Clarification): Promise<Choice | null> => {
      asked.push(clarification);
      return clarification.choices[answers.shift() ?? -1] ?? null;
    },
    showPlan: (_plan: Plan) => {},
    onEvent: () => {},
  };
  const say = async (text: string) => {
    const utterance = { id: text, text, source: 'test' as const, locale: 'en-US' as const, at: 0 };
    const gate = new RiskGate({ grantAll: true, ask: null });
    const end = await session.carryOut(utterance, gate, view, new AbortController().signal);
    if (!end.ok) throw new Error(end.error.message);
    return end.value;
  };
  const sent = () => transport.invocations.map(({ deviceId }) => deviceId);
  return { say, sent, asked };
}

const lights = [
  home('light', 'Ceiling', 'Kitchen'),
  home('light', 'Counter', 'Kitchen'),
  home('light', 'Hall light', 'Hall'),
];
const off = { function: 'set_light', args: { power: false } };
const kitchen = { function: 'set_light', args: { power: false, room: 'kitchen' } };

describe('a session', () => {
  it('sends one sentence to several devices, each with its own receipt', async () => {
    const { say, sent } = rig({ 'kitchen lights off': [kitchen] }, lights);
    const { report } = await say('kitchen lights off');
    expect(report?.calls.map(({ deviceName, outcome }) => [deviceName, outcome.status])).toEqual([
      ['Ceiling', 'done'],
      ['Counter', 'done'],
    ]);
    expect(sent()).toEqual(['Ceiling', 'Counter']);
  });

  it('reports the one that is not ready instead of leaving it out', async () => {
    const dark = [...lights.slice(0, 1), { ...lights[1], state: 'offline', stateReason: 'It has no power.' } as Device];
    const { say } = rig({ 'all lights off': [off] }, dark);
    const { report } = await say('all lights off');
    expect(report?.calls.map(({ outcome }) => outcome)).toMatchObject([
      { status: 'done' },
      { status: 'refused', why: 'It has no power.' },
    ]);
  });

  it('asks once for each call that is open, and sends nothing before', async () => {
    const both = [kitchen, { ...off, after: ['c1'] }];
    const { say, sent, asked } = rig({ 'kitchen light off, then a light off': both }, lights, [1, 2]);
    await say('kitchen light off, then a light off');
    expect(asked.map(({ choices }) => choices.map(({ label }) => label))).toEqual([
      ['Ceiling (Kitchen)', 'Counter (Kitchen)'],
      ['Ceiling (Kitchen)', 'Counter (Kitchen)', 'Hall light'],
    ]);
    expect(sent()).toEqual(['Counter', 'Hall light']);
  });

  it('sends nothing where nobody answers', async () => {
    const { say, sent } = rig({ 'light off': [off] }, lights);
    expect(await say('light off')).toMatchObject({ plan: { decision: 'clarify', calls: [] }, report: null });
    expect(sent()).toEqual([]);
  });

  it('remembers the one used last, and nobody after several', async () => {
    const meanings = {
      'hall light off': [{ function: 'set_light', args: { power: false, room: 'hall' } }],
      'light off': [off],
      'kitchen lights off': [kitchen],
    };
    const { say, sent, asked } = rig(meanings, lights);
    await say('hall light off');
    await say('light off');
    expect(sent()).toEqual(['Hall light', 'Hall light']);
    await say('kitchen lights off');
    await say('light off');
    expect(asked).toHaveLength(1);
    expect(sent()).toHaveLength(4);
  });
});
