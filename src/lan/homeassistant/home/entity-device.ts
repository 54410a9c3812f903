import type { Device } from '../../../core/device.js';
import type { Entity } from './entity.js';
import { type EntityClass, SCENE_DOMAINS } from './entity-class.js';
import { nameOf, namesOf } from './names.js';
import { areaOf, groupsOf, type Registries } from './registries.js';

/** What all devices of one Home Assistant share. */
export interface Surroundings {
  readonly transport: string;
  /** What the user calls this Home Assistant. */
  readonly homeName: string;
  readonly address: string;
  readonly version: string;
  readonly virtual: boolean;
  readonly warning: string | null;
  readonly registries: Registries;
}

/** A transport's device id: by the registry's own id, which outlives renaming; by the entity's where it has none. */
export function deviceIdOf(entityId: string, registries: Registries): string {
  return `homeassistant:${registries.entities.get(entityId)?.id || entityId}`;
}

export const scenesIdOf = (homeName: string): string => `homeassistant:scenes:${homeName}`;
export const gatewayIdOf = (homeName: string): string => `homeassistant:gateway:${homeName}`;

/** An entity as a device of ours. */
export function entityDevice(entity: Entity, { deviceClass, functions }: EntityClass, around: Surroundings): Device {
  const { registries } = around;
  const entry = registries.entities.get(entity.id);
  const ofDevice = registries.devices.get(entry?.device_id ?? '');
  const area = areaOf(registries, entry);
  const name = nameOf(entity.attributes.friendly_name) ?? nameOf(entry?.name ?? entry?.original_name) ?? entity.id;
  const others = [...(registries.aliases.get(entity.id) ?? []), entry?.name, ofDevice?.name_by_user ?? ofDevice?.name];
  const details = {
    ...common(around),
    entity: entity.id,
    ...named('manufacturer', ofDevice?.manufacturer),
    ...named('model', ofDevice?.model),
  };
  return {
    ...shared(around),
    id: deviceIdOf(entity.id, registries),
    name,
    aliases: namesOf(others).filter((other) => other !== name),
    room: nameOf(area?.name),
    deviceClass,
    groups: groupsOf(registries, area),
    ...reachOf(entity, name),
    functions: [...functions],
    details,
  };
}

/** All scenes and scripts as one device, which is told by name what to activate. */
export function scenesDevice(scenes: readonly Entity[], functions: readonly string[], around: Surroundings): Device {
  const names = namesOf(scenes.map(({ attributes, id }) => attributes.friendly_name ?? id));
  return {
    ...shared(around),
    id: scenesIdOf(around.homeName),
    name: `${around.homeName} scenes`,
    aliases: ['scenes'],
    room: null,
    deviceClass: 'scenes',
    groups: [],
    state: 'ready',
    stateReason: null,
    functions: [...functions],
    details: { ...common(around), scenes: names.join(', ') },
  };
}

/** Home Assistant itself: it does nothing, and shows whether it is reached and how. */
export function gatewayDevice(state: Pick<Device, 'state' | 'stateReason'>, around: Surroundings): Device {
  return {
    ...shared(around),
    ...state,
    id: gatewayIdOf(around.homeName),
    name: around.homeName,
    aliases: [],
    room: null,
    deviceClass: 'gateway',
    groups: [],
    functions: [],
    details: common(around),
  };
}

function shared({
  transport,
  address,
  virtual,
}: Surroundings): Pick<Device, 'kind' | 'transport' | 'address' | 'virtual'> {
  return { kind: 'home', transport, address, virtual };
}

function common({ version, warning }: Surroundings): Record<string, string> {
  return { ...named('Home Assistant', version), ...(warning ? { warning } : {}) };
}

function named(key: string, value: string | null | undefined): Record<string, string> {
  const clean = nameOf(value);
  return clean === null ? {} : { [key]: clean };
}

/** Whether Home Assistant reaches the thing. A state "unknown" is refused where it matters: a scene never activated has it. */
function reachOf(entity: Entity, name: string): Pick<Device, 'state' | 'stateReason'> {
  if (entity.state !== 'unavailable' || SCENE_DOMAINS.has(entity.domain)) return { state: 'ready', stateReason: null };
  return {
    state: 'offline',
    stateReason: `Home Assistant does not reach ${name}: look at its power, its battery and its network.`,
  };
}
