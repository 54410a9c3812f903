import type { Device, DeviceState } from '../../core/device.js';
import type { Thing } from './thing.js';

/** The link as devices show it: null when it stands, else why not. */
export interface LinkState {
  readonly state: 'connecting' | 'offline' | 'unauthorized';
  readonly reason: string;
}

export interface DeviceFacts {
  /** Host and port of the broker. */
  readonly address: string;
  /** What the user calls this broker. */
  readonly broker: string;
  readonly virtual: boolean;
  readonly functions: readonly string[];
  readonly link: LinkState | null;
  /** Something that the user should know about this connection, or null. */
  readonly warning: string | null;
}

/** A thing as the rest of Tentacle knows it. */
export function deviceOf(thing: Thing, facts: DeviceFacts): Device {
  const physical = thing.parts[0]?.entity.physical ?? null;
  const details: Record<string, string> = { broker: facts.broker };
  if (physical?.manufacturer) details['manufacturer'] = physical.manufacturer;
  if (physical?.model) details['model'] = physical.model;
  if (facts.warning !== null) details['warning'] = facts.warning;
  return {
    id: thing.id,
    kind: 'home',
    name: thing.name,
    aliases: [...thing.aliases],
    room: thing.room,
    deviceClass: thing.deviceClass,
    groups: [],
    transport: 'mqtt',
    address: facts.address,
    ...stateOf(thing, facts),
    virtual: facts.virtual,
    functions: [...facts.functions],
    details,
  };
}

function stateOf(thing: Thing, { link, functions }: DeviceFacts): { state: DeviceState; stateReason: string | null } {
  if (link) return { state: link.state, stateReason: link.reason };
  const available = availabilityOf(thing);
  if (available === false)
    return {
      state: 'offline',
      stateReason: `${thing.name} says that it is offline. Look whether it has power and reception.`,
    };
  if (available === null)
    return { state: 'offline', stateReason: `${thing.name} has not said yet that it is there. Switch it on.` };
  if (functions.length === 0)
    return { state: 'unsupported', stateReason: 'It is told in a way that is not supported.' };
  return { state: 'ready', stateReason: null };
}

/** A thing is there when all its parts are; of the scenes, one is enough. */
function availabilityOf(thing: Thing): boolean | null {
  const said = thing.parts.map((part) => part.isAvailable);
  if (thing.deviceClass === 'scenes') return said.includes(true) ? true : (said[0] ?? null);
  if (said.includes(false)) return false;
  return said.includes(null) ? null : true;
}
