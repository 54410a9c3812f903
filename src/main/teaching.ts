import { join } from 'node:path';
import { readCalls } from '../catalog/call-notation.js';
import type { Failure } from '../core/failure.js';
import type { Plan } from '../core/plan.js';
import type { Clock } from '../core/ports/clock.js';
import { err, ok, type Result } from '../core/result.js';
import { draftOf } from '../model/taught/noted-draft.js';
import { TaughtExamples } from '../model/taught/taught-examples.js';
import { buildPlan } from '../orchestrator/build-plan.js';
import { momentOf } from '../orchestrator/resolve/local-datetime.js';
import { dataFolder } from './data-folder.js';

/** The word for "do nothing" in place of calls. */
export const NOTHING = 'nothing';

/** Opens the user's taught examples. Failure: TAUGHT_FAILED. */
export function openTaught(environment: NodeJS.ProcessEnv = process.env): Promise<Result<TaughtExamples, Failure>> {
  return TaughtExamples.open(join(dataFolder(environment), 'taught.jsonl'));
}

/**
 * Teaches that a sentence means calls, written in call notation, or `nothing`. The calls are settled and checked as if the
 * model had planned them; what would be asked about or refused is not stored. Returns the plan that the sentence now has.
 * Failures: MEANING_UNREADABLE, MEANING_INVALID, TAUGHT_FAILED.
 */
export async function teach(
  examples: TaughtExamples,
  { sentence, means }: { sentence: string; means: string },
  clock: Clock,
): Promise<Result<Plan, Failure>> {
  const calls = means.trim() === NOTHING ? ok([]) : readCalls(means);
  if (!calls.ok) return err(unreadable(means, calls.error.at, calls.error.reason));
  const draft = { ...draftOf(calls.value), recalled: { sentence, match: 'exact' as const } };
  const plan = buildPlan(draft, sentence, momentOf(new Date(clock.now())), 0);
  if (plan.decision === 'clarify') return err(invalid(plan.clarification?.question ?? ''));
  const stored = await examples.teach({
    sentence,
    means: means.trim() === NOTHING ? '' : means.trim(),
    at: clock.now(),
  });
  return stored.ok ? ok(plan) : stored;
}

function unreadable(means: string, at: number, reason: string): Failure {
  return {
    code: 'MEANING_UNREADABLE',
    fault: 'user',
    message: `The meaning can't be read: ${reason}, at "${means.slice(at).trim().slice(0, 24)}".`,
    next: 'Write calls like set_light(room="kitchen", power=true) & set_tv_power(power=false), or the word nothing.',
  };
}

function invalid(question: string): Failure {
  return {
    code: 'MEANING_INVALID',
    fault: 'user',
    message: `These calls can't be made: ${question.replace(/ Can you say it.*$/, '')}`,
    next: 'Give every parameter a value that it takes; docs/functions.md lists them.',
  };
}
