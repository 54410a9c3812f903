import { canonicalJson } from '../../core/canonical-json.js';
import type { DescribedFunction, DeviceDescription } from './device-description.js';

/** Something that a device says of itself now and did not when the user last looked. Texts are the device's words. */
export interface DeviceChange {
  readonly what: 'function' | 'name' | 'kind' | 'room' | 'class' | 'simulation';
  /** Of the function; empty for the rest. */
  readonly name: string;
  /** How it was and how it is, in words; null for what was not or is not there. */
  readonly before: string | null;
  readonly after: string | null;
}

export function changesBetween(accepted: DeviceDescription, now: DeviceDescription): readonly DeviceChange[] {
  const facts = (
    [
      ['name', accepted.name, now.name],
      ['kind', accepted.kind, now.kind],
      ['room', accepted.room, now.room],
      ['class', accepted.deviceClass, now.deviceClass],
      ['simulation', String(accepted.virtual), String(now.virtual)],
    ] as const
  ).flatMap(([what, before, after]) => (before === after ? [] : [{ what, name: '', before, after }]));
  const names = new Set([...accepted.functions, ...now.functions].map(({ name }) => name));
  const functions = [...names].flatMap((name) => {
    const [before, after] = [find(accepted, name), find(now, name)];
    if (before && after && isSame(before, after)) return [];
    return [{ what: 'function' as const, name, before: wordsOf(before), after: wordsOf(after) }];
  });
  return [...facts, ...functions];
}

/** The functions that are as the user accepted them: only these may be called. */
export function unchangedFunctions(accepted: DeviceDescription, now: DeviceDescription): readonly DescribedFunction[] {
  return now.functions.filter((each) => {
    const before = find(accepted, each.name);
    return before !== undefined && isSame(before, each);
  });
}

function find(description: DeviceDescription, name: string): DescribedFunction | undefined {
  return description.functions.find((each) => each.name === name);
}

function isSame(one: DescribedFunction, other: DescribedFunction): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function wordsOf(described: DescribedFunction | undefined): string | null {
  if (!described) return null;
  const { description, parameters, repeat, schema, leaseMs } = described;
  const lease = leaseMs === null ? '' : `, stops after ${leaseMs} ms without renewal`;
  return `${description || 'No description'} (${parameters.join(', ') || 'no parameters'}; ${repeat}${lease}) ${schema}`;
}
