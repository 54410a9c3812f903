import type { Failure } from '../../core/failure.js';
import type { PlanDraft } from '../../core/plan-draft.js';
import type { Planner, PlannerRequest } from '../../core/ports/planner.js';
import { ok, type Result } from '../../core/result.js';
import type { TaughtExamples } from './taught-examples.js';

/** Answers sentences that the user taught from memory, and hands all others to the model. */
export class RecallingPlanner implements Planner {
  readonly #planner: Planner;
  readonly #examples: TaughtExamples;

  constructor(planner: Planner, examples: TaughtExamples) {
    this.#planner = planner;
    this.#examples = examples;
  }

  async plan(
    request: PlannerRequest,
    options: { signal: AbortSignal; timeoutMs: number },
  ): Promise<Result<PlanDraft, Failure>> {
    // What cannot be read anew is what was known before: the sentence is planned all the same.
    await this.#examples.refresh();
    const draft = this.#examples.recall(request.text)?.draft;
    const isOffered = draft?.calls.every(
      ({ function: name }) => request.functions.length === 0 || request.functions.includes(name),
    );
    return draft && isOffered ? ok(draft) : this.#planner.plan(request, options);
  }

  warmUp(options: { signal: AbortSignal; timeoutMs: number }): Promise<Result<void, Failure>> {
    return this.#planner.warmUp(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#planner[Symbol.asyncDispose]();
  }
}
