import { findFunction } from '../../catalog/catalog.js';
import type { Call, Choice, Clarification } from '../../core/plan.js';
import { MAX_CALLS } from '../../core/plan.js';
import type { DeviceWords } from './device-words.js';
import { expandCalls, isReferenced } from './expand-calls.js';

/** The most choices a question offers. */
export const MAX_CHOICES = 5;

/** Several devices that are offered as one choice: "All 3 (Kitchen)". */
export interface Group {
  readonly label: string;
  readonly devices: readonly DeviceWords[];
}

/** The call's name for people: "Lights". */
export const titleOf = (call: Call): string => findFunction(call.function)?.title ?? call.function;

/**
 * A question about one call of a plan, with the devices that could be meant, likeliest first. A choice is the whole plan
 * with that call settled: whoever is chosen is not asked about again.
 */
export function questionAbout(
  call: Call,
  calls: readonly Call[],
  question: string,
  devices: readonly DeviceWords[],
  groups: readonly Group[] = [],
): Clarification {
  const offered = isReferenced(call, calls) ? [] : groups.filter((group) => fitsPlan(group, calls));
  const labels = labelsOf(devices);
  const single = devices.map((device, index) => ({ label: labels[index] ?? device.device.name, devices: [device] }));
  const choices = [...offered, ...single].slice(0, MAX_CHOICES).map(
    (choice): Choice => ({
      label: choice.label,
      calls: [...expandCalls(calls, new Map([[call.id, choice.devices.map((device) => callOn(call, device))]]))],
    }),
  );
  return { question, choices };
}

const fitsPlan = (group: Group, calls: readonly Call[]): boolean =>
  calls.length - 1 + group.devices.length <= MAX_CALLS;

/** Covers that people and cars come in by. */
const ENTRANCES = new Set(['garage', 'gate', 'door']);

/**
 * The call on a device. A cover that lets somebody in is written down as a garage door, the catalogue's word for such a one:
 * then it is asked about before it opens, whether the sentence named its kind or not.
 */
export function callOn(call: Call, { device, deviceClass }: DeviceWords): Call {
  const isEntrance = call.function === 'set_cover' && ENTRANCES.has(deviceClass ?? '');
  return { ...call, args: isEntrance ? { ...call.args, kind: 'garage' } : call.args, device: device.id };
}

/** A device as a choice: its name, its room where the name does not say it, and why it may not answer. */
function labelsOf(devices: readonly DeviceWords[]): readonly string[] {
  const labels = devices.map(labelOf);
  return labels.map((label, index) => {
    const { device } = devices[index] ?? {};
    const isShared = labels.some((other, at) => at !== index && other === label);
    return isShared && device ? `${label} [${device.aliases[0] ?? device.id}]` : label;
  });
}

function labelOf({ device, names, room }: DeviceWords): string {
  const saysRoom = room?.concepts.every((concept) => names[0]?.concepts.includes(concept)) ?? true;
  const place = saysRoom || device.room === null ? '' : ` (${device.room})`;
  return `${device.name}${place}${device.state === 'ready' ? '' : `, ${device.state}`}`;
}
