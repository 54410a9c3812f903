import { createInterface } from 'node:readline';
import type { Plan } from '../../core/plan.js';
import type { Clock } from '../../core/ports/clock.js';
import type { Planner } from '../../core/ports/planner.js';
import type { Locale } from '../../core/utterance.js';
import type { LocalMoment } from '../../orchestrator/resolve/local-moment.js';
import { acceptUtterance } from '../accept-utterance.js';
import { planSentence } from '../plan-sentence.js';

/** A plan as `docs` and the catalogue show it: the measured form, kept stable. */
export function planJson(plan: Omit<Plan, 'hash'>): Record<string, unknown> {
  return {
    utterance: plan.utterance,
    decision: plan.decision,
    calls: plan.calls.map((call) => ({
      id: call.id,
      function: call.function,
      args: call.args,
      target: call.target,
      device: call.device,
      after: call.after,
    })),
    confidence: Math.round(plan.confidence * 1_000) / 1_000,
    ms: plan.ms,
    ...(plan.recalled ? { recalled: plan.recalled } : {}),
    ...(plan.clarification ? { clarification: plan.clarification } : {}),
  };
}

export interface BatchOptions {
  readonly now: LocalMoment;
  readonly locale: Locale;
  readonly signal: AbortSignal;
}

/**
 * Plans one utterance a line and writes one JSON a line, in the same order. A line that cannot be planned is `clarify`
 * with an `error`, so that the lines stay in step. Returns how many could not be planned.
 */
export async function planBatch(
  input: NodeJS.ReadableStream,
  write: (line: string) => void,
  dependencies: { planner: Planner; clock: Clock },
  options: BatchOptions,
): Promise<number> {
  let failures = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (options.signal.aborted) break;
    const utterance = acceptUtterance(line, 'cli', options.locale, dependencies.clock.now());
    const plan = utterance.ok
      ? await planSentence(utterance.value.text, options.locale, options.now, {
          ...dependencies,
          signal: options.signal,
        })
      : utterance;
    if (plan.ok) {
      write(`${JSON.stringify(planJson({ ...plan.value, utterance: line }))}\n`);
      continue;
    }
    failures += 1;
    const empty = { utterance: line, decision: 'clarify' as const, calls: [], confidence: 0, ms: 0 };
    write(`${JSON.stringify({ ...planJson(empty), error: plan.error })}\n`);
  }
  return failures;
}
