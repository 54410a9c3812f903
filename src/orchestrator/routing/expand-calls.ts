import { type Argument, type Call, isRef } from '../../core/plan.js';

/** Whether another call takes this one's result: there is one result, so there can be one device. */
export function isReferenced(call: Call, calls: readonly Call[]): boolean {
  return calls.some((other) => Object.values(other.args).some((value) => isRef(value) && value.$ref === call.id));
}

/**
 * The calls with each one's settled versions in its place: none given leaves a call as it is, several make as many calls
 * that wait for the same and for none of each other. Where anything was multiplied the ids are given anew, in order, and
 * whoever waited for a call now waits for all that came of it. A call that others refer to must not be multiplied.
 */
export function expandCalls(
  calls: readonly Call[],
  settled: ReadonlyMap<Call['id'], readonly Call[]>,
): readonly Call[] {
  const groups = calls.map((call) => ({ id: call.id, members: settled.get(call.id) ?? [call] }));
  if (groups.every(({ members }) => members.length === 1)) return groups.flatMap(({ members }) => members);
  const renamed = new Map<string, readonly string[]>();
  let count = 0;
  for (const { id, members } of groups) {
    renamed.set(
      id,
      members.map(() => {
        count += 1;
        return `c${count}`;
      }),
    );
  }
  const rename = (value: Argument): Argument =>
    isRef(value) ? { ...value, $ref: renamed.get(value.$ref)?.[0] ?? value.$ref } : value;
  return groups.flatMap(({ id, members }) =>
    members.map((call, index) => ({
      ...call,
      id: renamed.get(id)?.[index] ?? call.id,
      args: Object.fromEntries(Object.entries(call.args).map(([name, value]) => [name, rename(value)])),
      after: call.after.flatMap((before) => renamed.get(before) ?? [before]),
    })),
  );
}
