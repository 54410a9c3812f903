import { createHash } from 'node:crypto';
import type { Plan } from '../core/plan.js';

/** Object keys in one order, so that equal plans have equal hashes. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, member]) => [key, canonical(member)]),
  );
}

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) freezeDeep(member);
    Object.freeze(value);
  }
  return value;
}

/** SHA-256 (hex) over what would be sent: the calls with their devices, arguments, people and order. */
export function hashCalls(calls: Plan['calls']): string {
  return createHash('sha256')
    .update(JSON.stringify(canonical(calls)))
    .digest('hex');
}

/** The plan with its hash, deeply frozen: from here on nothing, least of all a device's answer, can change it. */
export function freezePlan(content: Omit<Plan, 'hash'>): Plan {
  const copy = structuredClone(content);
  return freezeDeep({ ...copy, hash: hashCalls(copy.calls) });
}
