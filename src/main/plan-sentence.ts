import type { Failure } from '../core/failure.js';
import type { Plan } from '../core/plan.js';
import type { Clock } from '../core/ports/clock.js';
import type { Planner } from '../core/ports/planner.js';
import { ok, type Result } from '../core/result.js';
import type { Locale } from '../core/utterance.js';
import { buildPlan } from '../orchestrator/build-plan.js';
import type { LocalMoment } from '../orchestrator/resolve/local-moment.js';

/** Loading included: the first sentence waits for the model. */
export const PLAN_TIMEOUT_MS = 10_000;

/** From a clean sentence to a plan whose devices are still open. `now` is what "tomorrow" is counted from. */
export async function planSentence(
  text: string,
  locale: Locale,
  now: LocalMoment,
  { planner, clock, signal }: { planner: Planner; clock: Clock; signal: AbortSignal },
): Promise<Result<Plan, Failure>> {
  const begun = clock.monotonic();
  const draft = await planner.plan({ text, locale, functions: [] }, { signal, timeoutMs: PLAN_TIMEOUT_MS });
  if (!draft.ok) return draft;
  return ok(buildPlan(draft.value, text, now, Math.round((clock.monotonic() - begun) * 10) / 10));
}
