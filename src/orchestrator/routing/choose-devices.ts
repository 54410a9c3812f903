import type { Device } from '../../core/device.js';
import { type Call, type Clarification, MAX_CALLS } from '../../core/plan.js';
import { chooseDevice } from './choose-device.js';
import { expandCalls } from './expand-calls.js';
import { Household } from './household.js';
import { callOn, titleOf } from './question.js';
import { Sentence } from './sentence.js';

export type DeviceChoice =
  | { readonly settled: true; readonly calls: readonly Call[] }
  | { readonly settled: false; readonly clarification: Clarification };

export interface Routing {
  /** The sentence that the calls were made of: it says how many are meant. */
  readonly utterance: string;
  readonly devices: readonly Device[];
  /** The id of the device that last carried out a function, or null. */
  readonly lastUsed: (functionName: string) => string | null;
}

/**
 * Gives every call its device: the named one, the one in the place that was said, the only one that offers the function,
 * the one used last, or else a question. Several where the sentence says so: such a call becomes one per device, with ids
 * in order and the graph kept. A name or a place that fits no device is a question with the nearest ones, never another
 * device. Calls that have a device keep it, and calls that no device offers stay without.
 */
export function chooseDevices(calls: readonly Call[], routing: Routing): DeviceChoice {
  const household = new Household(routing.devices);
  const sentence = new Sentence(routing.utterance, calls, household);
  const settled = new Map<Call['id'], readonly Call[]>();
  for (const call of calls) {
    if (call.device !== null || !routing.devices.some((device) => device.functions.includes(call.function))) continue;
    const chosen = chooseDevice(call, { calls, sentence, household, lastUsed: routing.lastUsed });
    if (!chosen.settled) return chosen;
    settled.set(
      call.id,
      chosen.devices.map((device) => callOn(call, device)),
    );
    const count = calls.reduce((sum, { id }) => sum + (settled.get(id)?.length ?? 1), 0);
    if (count > MAX_CALLS) {
      const question = `That would be ${count} calls, and a plan may hold ${MAX_CALLS}. Can you name a room or a floor? (${titleOf(call)})`;
      return { settled: false, clarification: { question, choices: [] } };
    }
  }
  return { settled: true, calls: expandCalls(calls, settled) };
}
