import { findFunction } from '../../catalog/catalog.js';
import { MAX_CALLS } from '../../core/plan.js';
import type { DraftArgument, DraftCall, PlanDraft } from '../../core/plan-draft.js';
import { err, ok, type Result } from '../../core/result.js';
import { findSpan } from '../grounding.js';
import { groundArgument, type Ungrounded } from './ground-argument.js';
import type { ToolCall } from './tool-call.js';

export interface DraftOptions {
  /** Catalogue names that may be called; an empty list means all. */
  readonly offered: readonly string[];
  /** 0..1, given to the draft and to each of its calls. */
  readonly confidence: number;
}

function draftCall(
  sentence: string,
  call: ToolCall,
  earlier: readonly DraftCall[],
  { offered, confidence }: DraftOptions,
): Result<DraftCall, Ungrounded> {
  const descriptor = findFunction(call.name);
  if (!descriptor || (offered.length > 0 && !offered.includes(call.name)))
    return err({ reason: `there is no function ${call.name}` });
  const unknown = Object.keys(call.arguments).find(
    (name) => !descriptor.parameters.some((entry) => entry.name === name),
  );
  if (unknown !== undefined) return err({ reason: `${call.name} has no parameter ${unknown}` });
  const args: Record<string, DraftArgument> = {};
  for (const parameter of descriptor.parameters) {
    const grounded = groundArgument(sentence, parameter, call.arguments[parameter.name], earlier);
    if (!grounded.ok) return grounded;
    if (grounded.value) args[parameter.name] = grounded.value;
  }
  const waits = [...new Set(call.after)].map((place) => earlier[place - 1]?.id ?? null);
  if (waits.includes(null)) return err({ reason: `${call.name} waits for a call that is not before it` });
  // A device that the sentence does not name is the model's filling: the choice is left to the devices there are.
  const target = call.device ? findSpan(sentence, call.device) : null;
  return ok({
    id: `c${earlier.length + 1}`,
    function: call.name,
    args,
    target: target && { text: target.text },
    after: waits.filter((id) => id !== null),
    confidence,
  });
}

/** The calls as draft calls in the answer's order, or why one of them may not pass. */
export function groundToolCalls(
  sentence: string,
  calls: readonly ToolCall[],
  options: DraftOptions,
): Result<readonly DraftCall[], Ungrounded> {
  if (calls.length > MAX_CALLS) return err({ reason: `there are more than ${MAX_CALLS} calls` });
  const drafts: DraftCall[] = [];
  for (const call of calls) {
    const draft = draftCall(sentence, call, drafts, options);
    if (!draft.ok) return draft;
    drafts.push(draft.value);
  }
  return ok(drafts);
}

/** A question back, for an answer that cannot be read or held to the sentence. */
export function clarifyDraft(confidence: number): PlanDraft {
  return { decision: 'clarify', calls: [], confidence, readings: [] };
}

/** The draft of a model's calls: none is `irrelevant`; one that the sentence does not carry makes the whole a question. */
export function draftToolCalls(sentence: string, calls: readonly ToolCall[], options: DraftOptions): PlanDraft {
  const { confidence } = options;
  if (calls.length === 0) return { decision: 'irrelevant', calls: [], confidence, readings: [] };
  const grounded = groundToolCalls(sentence, calls, options);
  return grounded.ok
    ? { decision: 'plan', calls: [...grounded.value], confidence, readings: [] }
    : clarifyDraft(confidence);
}
