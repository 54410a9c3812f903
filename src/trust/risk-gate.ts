import { findFunction } from '../catalog/catalog.js';
import type { Call, Plan } from '../core/plan.js';
import type { Gate, Verdict } from '../core/ports/gate.js';

/** What the user answers when asked about one call. */
export type Answer = 'allow' | 'deny';

/** Asks the user about one call of a plan, showing device, function and exact arguments. */
export type Ask = (plan: Plan, call: Call, options: { signal: AbortSignal }) => Promise<Answer>;

export interface RiskGateOptions {
  /** Everything that asks is granted for this run (the user said `--yes`). */
  readonly grantAll: boolean;
  /** Null where there is nobody to ask: what needs a yes is then denied. */
  readonly ask: Ask | null;
}

/**
 * Lets calls of risk `read` and `safe` pass and asks about those of risk `confirm`. Every verdict carries the hash of the
 * plan it was given for and is spent by one run: an edited plan, or the same plan again, is asked again.
 */
export class RiskGate implements Gate {
  readonly #options: RiskGateOptions;

  constructor(options: RiskGateOptions) {
    this.#options = options;
  }

  async review(plan: Plan, options: { signal: AbortSignal }): Promise<ReadonlyMap<Call['id'], Verdict>> {
    const verdicts = new Map<Call['id'], Verdict>();
    for (const call of plan.calls) verdicts.set(call.id, await this.#judge(plan, call, options.signal));
    return verdicts;
  }

  async #judge(plan: Plan, call: Call, signal: AbortSignal): Promise<Verdict> {
    const descriptor = findFunction(call.function);
    if (!descriptor) return { verdict: 'deny', by: 'gate', why: `There is no function ${call.function}.` };
    if (descriptor.risk(call.args) !== 'confirm' || this.#options.grantAll)
      return { verdict: 'allow', planHash: plan.hash };
    if (!this.#options.ask) {
      return {
        verdict: 'deny',
        by: 'gate',
        why: 'It needs your yes, and there is nobody to ask. Run it in a terminal, or add --yes.',
      };
    }
    const answer = await this.#options.ask(plan, call, { signal });
    return answer === 'allow'
      ? { verdict: 'allow', planHash: plan.hash }
      : { verdict: 'deny', by: 'user', why: 'You said no.' };
  }
}
