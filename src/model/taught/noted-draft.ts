import type { NotedCall } from '../../catalog/call-notation.js';
import type { DraftArgument, DraftCall, PlanDraft } from '../../core/plan-draft.js';

/** Noted calls as a draft, numbered in order of execution; no calls mean that nothing is to be done. */
export function draftOf(calls: readonly NotedCall[]): PlanDraft {
  const drafts: DraftCall[] = [];
  let group: string[] = [];
  let waitsFor: readonly string[] = [];

  const add = (noted: NotedCall, after: readonly string[]): string => {
    const args: Record<string, DraftArgument> = {};
    for (const [name, value] of Object.entries(noted.args)) {
      args[name] = typeof value === 'object' ? { kind: 'result', call: add(value, []) } : { kind: 'literal', value };
    }
    const id = `c${drafts.length + 1}`;
    const target = noted.target === null ? null : { text: noted.target };
    drafts.push({ id, function: noted.function, args, target, after: [...after], confidence: 1 });
    return id;
  };

  for (const call of calls) {
    if (call.joiner === 'then') {
      waitsFor = group;
      group = [];
    }
    group.push(add(call, waitsFor));
  }
  return { decision: drafts.length === 0 ? 'irrelevant' : 'plan', calls: drafts, confidence: 1, readings: [] };
}
