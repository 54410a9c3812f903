import type { AddedFunction } from '../catalog/added-functions.js';
import type { PlanDraft } from '../core/plan-draft.js';

/** The sentence has more words than the model can take in. */
export class SentenceTooLong extends RangeError {}

/** A model in memory that turns sentences into drafts, one at a time: what every profile provides. */
export interface PlanningModel extends AsyncDisposable {
  /** Functions beyond the catalogue that the model's file carries, if it can carry any. */
  readonly addedFunctions?: readonly AddedFunction[];
  /**
   * Plans one sentence with the catalogue functions named in `functions` (all when empty). Throws
   * {@link SentenceTooLong}, or the signal's reason.
   */
  plan(text: string, functions: readonly string[], signal: AbortSignal): Promise<PlanDraft>;
}
