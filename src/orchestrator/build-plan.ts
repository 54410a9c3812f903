import { argumentsSchema } from '../catalog/arguments-schema.js';
import { callTitle } from '../catalog/call-title.js';
import { findFunction } from '../catalog/catalog.js';
import type { FunctionDescriptor } from '../catalog/function-descriptor.js';
import type { Argument, Call, CallArguments, Plan } from '../core/plan.js';
import { MAX_CALLS } from '../core/plan.js';
import type { DraftCall, PlanDraft } from '../core/plan-draft.js';
import { err, ok, type Result } from '../core/result.js';
import { cautionOf } from './caution.js';
import { freezePlan } from './freeze-plan.js';
import type { LocalMoment } from './resolve/local-moment.js';
import { plainName } from './resolve/plain-text.js';
import { resolveArgument } from './resolve/resolve-argument.js';
import { wholeSpan } from './whole-span.js';

/** Why a call could not be settled, as a question to the user. */
export interface Unsettled {
  readonly question: string;
}

/**
 * Settles a draft into a plan: words become values in the catalogue's forms, every call is checked against its schema,
 * and what cannot be settled comes back as a question. Devices are chosen later; `ms` is the time spent so far.
 */
export function buildPlan(draft: PlanDraft, utterance: string, now: LocalMoment, ms: number): Plan {
  const recalled = draft.recalled ? { recalled: draft.recalled } : {};
  const base = { utterance, confidence: draft.confidence, ms, ...recalled };
  if (draft.decision === 'irrelevant') return freezePlan({ ...base, decision: 'irrelevant', calls: [] });
  if (draft.decision === 'clarify')
    return freezePlan({ ...base, decision: 'clarify', calls: [], ...readings(draft, utterance, now) });
  const calls = settleCalls(draft.calls, utterance, now);
  // What the user taught means what they said it means.
  const caution = calls.ok && !draft.recalled ? cautionOf(utterance, draft.calls) : null;
  if (calls.ok && caution !== null) {
    const choices = [{ label: calls.value.map(describeCall).join(', then '), calls: calls.value }];
    return freezePlan({ ...base, decision: 'clarify', calls: [], clarification: { question: caution, choices } });
  }
  return calls.ok
    ? freezePlan({ ...base, decision: 'plan', calls: calls.value })
    : freezePlan({
        ...base,
        decision: 'clarify',
        calls: [],
        clarification: { question: calls.error.question, choices: [] },
      });
}

/** What is asked when there is no reading, one, or several. */
const questions = [
  'I am not sure what to do. Can you say it in other words?',
  'I am not sure. Do you mean this?',
  'Which of these do you mean?',
];

/** The readings a planner hesitates between, as choices. */
function readings(draft: PlanDraft, utterance: string, now: LocalMoment): Pick<Plan, 'clarification'> {
  const choices = draft.readings.flatMap((reading) => {
    const calls = settleCalls(reading.calls, utterance, now);
    return calls.ok ? [{ label: calls.value.map(describeCall).join(', then '), calls: [...calls.value] }] : [];
  });
  return { clarification: { question: questions[Math.min(choices.length, 2)] ?? '', choices } };
}

/** A call in a few words, for a choice: `Set volume: 20, ring`. */
export function describeCall(call: Call): string {
  const title = callTitle(call.function, call.args);
  const values = Object.values(call.args).map((value) => {
    if (typeof value === 'boolean') return value ? 'on' : 'off';
    return typeof value === 'object' ? 'the result' : String(value);
  });
  return values.length === 0 ? title : `${title}: ${values.join(', ')}`;
}

function settleCalls(drafts: readonly DraftCall[], utterance: string, now: LocalMoment): Result<Call[], Unsettled> {
  if (drafts.length > MAX_CALLS)
    return err({ question: `A plan may hold ${MAX_CALLS} calls at most. Can you split the sentence?` });
  const calls: Call[] = [];
  for (const draft of drafts) {
    const call = settleCall(draft, utterance, now);
    if (!call.ok) return call;
    calls.push(call.value);
  }
  return ok(calls);
}

function settleCall(draft: DraftCall, utterance: string, now: LocalMoment): Result<Call, Unsettled> {
  const descriptor = findFunction(draft.function);
  if (!descriptor) return err({ question: `I know no function "${draft.function}". Can you say it in other words?` });
  const args = settleArguments(draft, descriptor, utterance, now);
  if (!args.ok) return args;
  const checked = argumentsSchema(descriptor, { refs: true }).safeParse(args.value);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    return err({
      question: `${descriptor.title}: ${String(issue?.path[0] ?? 'it')} ${issue?.message ?? 'is not clear'}. Can you say it again?`,
    });
  }
  return ok({
    id: draft.id,
    function: draft.function,
    args: args.value,
    target: draft.target ? plainName(draft.target.text) : null,
    device: null,
    after: [...draft.after],
  });
}

function settleArguments(
  draft: DraftCall,
  descriptor: FunctionDescriptor,
  utterance: string,
  now: LocalMoment,
): Result<CallArguments, Unsettled> {
  const settled: Record<string, Argument> = {};
  for (const parameter of descriptor.parameters) {
    const cut = draft.args[parameter.name];
    if (!cut) continue;
    const given = wholeSpan(cut, parameter.type, utterance);
    const value = resolveArgument(parameter, given, { now, settled });
    if (value === null) {
      const words =
        given.kind === 'span' ? given.span.text : given.kind === 'literal' ? String(given.value) : parameter.name;
      return err({
        question: `${descriptor.title}: I can't read "${words}" as a ${parameter.type}. Can you say it another way?`,
      });
    }
    settled[parameter.name] = value;
  }
  return ok(settled);
}
