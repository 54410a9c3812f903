import type { Device } from '../../core/device.js';
import type { Reachability } from './reachability.js';
import type { Thing } from './thing.js';

export interface DeviceFacts {
  readonly functions: readonly string[];
  readonly virtual: boolean;
  readonly reach: Reachability['state'];
  /** Number of its node in our fabric. */
  readonly node: string;
}

/** A thing as the rest of Tentacle knows it. */
export function deviceOf(thing: Thing, { functions, virtual, reach, node }: DeviceFacts): Device {
  return {
    id: thing.id,
    kind: 'home',
    name: thing.name,
    aliases: [...thing.aliases],
    room: thing.room,
    deviceClass: thing.deviceClass,
    groups: [...thing.groups],
    transport: 'matter',
    address: `node ${node}, endpoint ${thing.endpoint.number}`,
    ...stateOf(thing, reach, functions),
    virtual,
    functions: [...functions],
    details: { ...thing.details },
  };
}

function stateOf(
  { name, isReachable }: Thing,
  reach: Reachability['state'],
  functions: readonly string[],
): Pick<Device, 'state' | 'stateReason'> {
  if (functions.length === 0)
    return { state: 'unsupported', stateReason: 'It is a kind of device that Tentacle does not command yet.' };
  if (reach === 'connecting') return { state: 'connecting', stateReason: `Reaching for ${name}.` };
  if (reach === 'away')
    return {
      state: 'offline',
      stateReason: `${name} gives no answer. Look whether it has power and is in the network.`,
    };
  if (!isReachable)
    return {
      state: 'offline',
      stateReason: `The bridge does not reach ${name}. Look whether it has power and reception.`,
    };
  return { state: 'ready', stateReason: null };
}
