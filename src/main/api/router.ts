import { implement } from '@orpc/server';
import { noteCalls } from '../../catalog/note-calls.js';
import { contract } from '../../core/api/contract.js';
import type { Failure } from '../../core/failure.js';
import type { Clock } from '../../core/ports/clock.js';
import type { Planner } from '../../core/ports/planner.js';
import { err, ok, type Result } from '../../core/result.js';
import type { TaughtExamples } from '../../model/taught/taught-examples.js';
import { momentOf } from '../../orchestrator/resolve/local-datetime.js';
import { acceptUtterance } from '../accept-utterance.js';
import { planSentence } from '../plan-sentence.js';
import { NOTHING, teach } from '../teaching.js';

export interface ApiDependencies {
  readonly planner: Planner;
  readonly taught: TaughtExamples;
  readonly clock: Clock;
}

/** The contract's procedures over one host. */
export function createRouter({ planner, taught, clock }: ApiDependencies) {
  const api = implement(contract);
  const never = new AbortController().signal;
  return api.router({
    plan: api.plan.handler(async ({ input, signal, errors }) => {
      const utterance = acceptUtterance(input.text, 'panel', input.locale, clock.now());
      const plan = utterance.ok
        ? await planSentence(utterance.value.text, input.locale, momentOf(new Date(clock.now())), {
            planner,
            clock,
            signal: signal ?? never,
          })
        : utterance;
      if (plan.ok) return plan.value;
      throw errors.FAILED({ message: plan.error.message, data: plan.error });
    }),
    taught: {
      list: api.taught.list.handler(async ({ errors }) => {
        const fresh = await taught.refresh();
        if (fresh.ok) return [...taught.all];
        throw errors.FAILED({ message: fresh.error.message, data: fresh.error });
      }),
      teach: api.taught.teach.handler(async ({ input, errors }) => {
        const plan = await taughtPlan(input.sentence, ok(input.means));
        if (plan.ok) return plan.value;
        throw errors.FAILED({ message: plan.error.message, data: plan.error });
      }),
      correct: api.taught.correct.handler(async ({ input, errors }) => {
        const means = input.calls.length === 0 ? NOTHING : noteCalls(input.calls);
        const plan = await taughtPlan(input.sentence, means === null ? err(notTeachable) : ok(means));
        if (plan.ok) return plan.value;
        throw errors.FAILED({ message: plan.error.message, data: plan.error });
      }),
      forget: api.taught.forget.handler(async ({ input, errors }) => {
        const forgotten = await taught.forget(input.sentence);
        if (forgotten.ok) return { forgotten: forgotten.value };
        throw errors.FAILED({ message: forgotten.error.message, data: forgotten.error });
      }),
    },
  });

  async function taughtPlan(said: string, means: Result<string, Failure>) {
    const utterance = acceptUtterance(said, 'panel', 'en-US', clock.now());
    if (!utterance.ok) return utterance;
    return means.ok ? teach(taught, { sentence: utterance.value.text, means: means.value }, clock) : means;
  }
}

const notTeachable: Failure = {
  code: 'MEANING_INVALID',
  fault: 'user',
  message: 'These calls wait for one another in a way that cannot be taught.',
  next: 'Let each call wait for all calls before it, or for none.',
};
