import { findFunction } from '../catalog/catalog.js';
import type { Device } from '../core/device.js';
import type { Call, Choice, Clarification } from '../core/plan.js';
import { describeCall } from './build-plan.js';

export type DeviceChoice =
  | { readonly settled: true; readonly calls: readonly Call[] }
  | { readonly settled: false; readonly clarification: Clarification };

const MAX_CHOICES = 5;

/**
 * Gives every call its device: the named one, else the only one that offers the function, else the one used last, else a
 * question with the choices. A name that fits no device is a question too, never another device. Calls that no device
 * offers keep `device: null`.
 */
export function chooseDevices(
  calls: readonly Call[],
  devices: readonly Device[],
  lastUsed: (functionName: string) => string | null,
): DeviceChoice {
  const chosen: Call[] = [];
  for (const [index, call] of calls.entries()) {
    const able = devices.filter((device) => device.functions.includes(call.function));
    const fitting = call.target === null ? able : able.filter((device) => isCalled(device, call.target ?? ''));
    const device = pick(fitting, lastUsed(call.function), call.target !== null);
    if (device) {
      chosen.push({ ...call, device: device.id });
      continue;
    }
    if (able.length === 0) {
      chosen.push(call);
      continue;
    }
    const asked = fitting.length > 0 ? fitting : able;
    const question =
      call.target !== null && fitting.length === 0
        ? `I know no device called "${call.target}" that can do this (${titleOf(call)}). Which one do you mean?`
        : `On which device? (${titleOf(call)})`;
    const choices = asked.slice(0, MAX_CHOICES).map((candidate): Choice => {
      const settled = calls.map((other, at) =>
        at === index ? { ...other, target: null, device: candidate.id } : other,
      );
      return { label: `${candidate.name}: ${describeCall(call)}`, calls: [...settled] };
    });
    return { settled: false, clarification: { question, choices } };
  }
  return { settled: true, calls: chosen };
}

const titleOf = (call: Call): string => findFunction(call.function)?.title ?? call.function;

function pick(fitting: readonly Device[], last: string | null, named: boolean): Device | undefined {
  if (fitting.length === 1) return fitting[0];
  const ready = fitting.filter((device) => device.state === 'ready');
  if (ready.length === 1) return ready[0];
  return named ? undefined : ready.find((device) => device.id === last);
}

function simplified(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’]s\b/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(?:my|our|the)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a person may call the device so: its name, an alias or its room, or all the words they say are among its own. */
function isCalled(device: Device, said: string): boolean {
  const wanted = simplified(said);
  const names = [device.name, ...device.aliases, ...(device.room ? [device.room] : [])].map(simplified);
  if (wanted === '' || names.includes(wanted)) return true;
  const own = new Set(names.flatMap((name) => name.split(' ')).concat(device.kind));
  return wanted.split(' ').every((word) => own.has(word));
}
