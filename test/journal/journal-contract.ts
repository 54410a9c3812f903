import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Journal, JournalCall } from '../../src/core/ports/journal.js';
import type { Utterance } from '../../src/core/utterance.js';
import { freezePlan } from '../../src/orchestrator/freeze-plan.js';
import { done } from '../fakes/fake-transport.js';

export const utterance = (id: string, at = 1): Utterance => ({
  id,
  text: `say ${id}`,
  source: 'cli',
  locale: 'en-US',
  at,
});

export const start = (key: string, utteranceId: string): Omit<JournalCall, 'endedAt' | 'outcome'> => ({
  key,
  utteranceId,
  callId: 'c1',
  function: 'open_app',
  args: { app_name: 'Clock' },
  deviceId: 'fake:1',
  deviceName: 'Fake',
  startedAt: Date.now(),
});

/** What every journal promises. */
export function describeJournal(name: string, open: () => Journal): void {
  describe(`journal: ${name}`, () => {
    let journal: Journal;
    beforeEach(() => {
      journal = open();
    });
    afterEach(() => journal[Symbol.asyncDispose]());

    it('shows who, plan, call, device and outcome, newest first', async () => {
      const plan = freezePlan({ utterance: 'say u1', decision: 'plan', calls: [], confidence: 1, ms: 1 });
      await journal.recordUtterance(utterance('u1', 1));
      await journal.recordUtterance(utterance('u2', 2));
      await journal.recordPlan('u1', plan);
      await journal.recordStart(start('k1', 'u1'));
      await journal.recordEnd('k1', done('ok'), 9);
      await journal.recordFailure('u2', { code: 'X', fault: 'model', message: 'm', next: 'n' });
      const history = await journal.history(10);
      if (!history.ok) throw new Error(history.error.message);
      expect(history.value.map((entry) => entry.utterance.id)).toEqual(['u2', 'u1']);
      expect(history.value[0]?.failure?.code).toBe('X');
      expect(history.value[1]).toMatchObject({
        plan: { hash: plan.hash },
        calls: [{ key: 'k1', endedAt: 9, outcome: { status: 'done' } }],
      });
      expect(await journal.history(1)).toMatchObject({ value: [{ utterance: { id: 'u2' } }] });
    });

    it('keeps the first outcome of a call', async () => {
      await journal.recordUtterance(utterance('u1'));
      await journal.recordStart(start('k1', 'u1'));
      await journal.recordEnd('k1', done('first'), 5);
      await journal.recordEnd('k1', { status: 'unknown', since: 1, why: 'late' }, 6);
      expect(await journal.history(1)).toMatchObject({
        value: [{ calls: [{ endedAt: 5, outcome: { status: 'done' } }] }],
      });
    });

    it('shows a call under way without an end', async () => {
      await journal.recordUtterance(utterance('u1'));
      await journal.recordStart(start('k1', 'u1'));
      expect(await journal.history(1)).toMatchObject({ value: [{ calls: [{ endedAt: null, outcome: null }] }] });
    });
  });
}
