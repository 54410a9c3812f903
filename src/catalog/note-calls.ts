import { type Argument, type Call, isRef } from '../core/plan.js';
import { findFunction } from './catalog.js';

/**
 * Calls of a plan in call notation, as `readCalls` takes them; null for a graph that the notation has no form for (calls that
 * wait for some but not all calls before them, or a result that is used twice).
 */
export function noteCalls(calls: readonly Call[]): string | null {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const references = calls.flatMap((call) =>
    Object.values(call.args).flatMap((value) => (isRef(value) ? value.$ref : [])),
  );
  if (new Set(references).size < references.length) return null;
  const noted = new Set(references);
  const groups: Call[][] = [];
  for (const call of calls) {
    if (noted.has(call.id)) continue;
    const waitsFor = new Set(call.after.filter((id) => !noted.has(id)));
    const before = groups.findIndex((group) => sameIds(group, waitsFor));
    if (waitsFor.size > 0 && before < 0) return null;
    const at = waitsFor.size === 0 ? 0 : before + 1;
    groups[at] = [...(groups[at] ?? []), call];
  }
  const write = (call: Call): string => {
    const parameters = findFunction(call.function)?.parameters ?? [];
    const given = Object.entries(call.args).map(([name, value]) => {
      const isEnum = parameters.some((parameter) => parameter.name === name && parameter.type === 'enum');
      return `${name}=${writeValue(value, isEnum)}`;
    });
    return `${call.function}(${given.join(', ')})${call.target === null ? '' : `@${quoted(call.target)}`}`;
  };
  const writeValue = (value: Argument, isEnum: boolean): string => {
    if (isRef(value)) {
      const inner = byId.get(value.$ref);
      return inner ? write(inner) : '""';
    }
    return typeof value === 'string' && !isEnum ? quoted(value) : String(value);
  };
  return groups.map((group) => group.map(write).join(' & ')).join(' > ');
}

const sameIds = (group: readonly Call[], ids: ReadonlySet<string>): boolean =>
  group.length === ids.size && group.every(({ id }) => ids.has(id));

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
