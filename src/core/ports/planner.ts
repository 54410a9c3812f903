import type { Failure } from '../failure.js';
import type { PlanDraft } from '../plan-draft.js';
import type { Result } from '../result.js';
import type { Locale } from '../utterance.js';

export interface PlannerRequest {
  readonly text: string;
  readonly locale: Locale;
  /** Catalogue names the grammar may choose from; an empty list means all. */
  readonly functions: readonly string[];
}

/** Turns a sentence into a draft. Knows no device and no clock. */
export interface Planner extends AsyncDisposable {
  /**
   * Rejects never for an expected reason. Failures: MODEL_MISSING, MODEL_CORRUPT, MODEL_CRASHED, MODEL_TIMEOUT,
   * UTTERANCE_TOO_LONG, CANCELLED; of a planner behind an endpoint also ENDPOINT_REFUSED, ENDPOINT_KEY_MISSING,
   * ENDPOINT_UNREACHABLE, ENDPOINT_UNAUTHORIZED, ENDPOINT_BUSY, ENDPOINT_FAILED, ENDPOINT_UNREADABLE.
   */
  plan(
    request: PlannerRequest,
    options: { signal: AbortSignal; timeoutMs: number },
  ): Promise<Result<PlanDraft, Failure>>;
  /** Loads the model now rather than at the first sentence. */
  warmUp(options: { signal: AbortSignal; timeoutMs: number }): Promise<Result<void, Failure>>;
}
