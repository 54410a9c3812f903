import type { Call, Plan } from '../plan.js';

export type Verdict =
  | { readonly verdict: 'allow'; readonly planHash: string }
  | { readonly verdict: 'deny'; readonly by: 'user' | 'gate'; readonly why: string };

/** Answers per call, before it is dispatched. An approval is bound to the plan's hash and used once. */
export interface Gate {
  /** Asks for everything that this plan needs, at once, so that the user sees it whole. */
  review(plan: Plan, options: { signal: AbortSignal }): Promise<ReadonlyMap<Call['id'], Verdict>>;
}
