import { createHash } from 'node:crypto';
import { canonicalJson } from '../core/canonical-json.js';
import type { Plan } from '../core/plan.js';

function freezeDeep<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const member of Object.values(value)) freezeDeep(member);
    Object.freeze(value);
  }
  return value;
}

/** SHA-256 (hex) over what would be sent: the calls with their devices, arguments, people and order. */
export function hashCalls(calls: Plan['calls']): string {
  return createHash('sha256').update(canonicalJson(calls)).digest('hex');
}

/** The plan with its hash, deeply frozen: from here on nothing, least of all a device's answer, can change it. */
export function freezePlan(content: Omit<Plan, 'hash'>): Plan {
  const copy = structuredClone(content);
  return freezeDeep({ ...copy, hash: hashCalls(copy.calls) });
}
