import type { Device } from '../../core/device.js';
import type { Name } from './name.js';
import { typeConcepts } from './vocabulary/vocabulary.js';

/** What a device of a class may be called besides its class. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  lock: ['lock', 'door'],
  switch: ['switch', 'plug'],
  plug: ['switch', 'plug'],
  garage: ['garage', 'door', 'cover'],
  blinds: ['blinds', 'window', 'cover'],
  curtain: ['curtain', 'window', 'cover'],
  sensor: ['sensor', 'temperature'],
  thermostat: ['thermostat', 'heating', 'temperature'],
  climate: ['thermostat', 'heating', 'temperature', 'ac'],
};

/** What a home device without a class is, by what it can do. */
const BY_FUNCTION: Readonly<Record<string, string>> = {
  set_light: 'light',
  set_thermostat: 'thermostat',
  set_tv_power: 'tv',
  set_door_lock: 'lock',
  control_vacuum: 'vacuum',
  set_fan: 'fan',
  set_switch: 'switch',
  check_smoke_detector: 'smoke_detector',
  play_music_on_speaker: 'speaker',
};

/** Types of phone that are not called a phone. */
const OTHER_PHONES = ['tablet', 'watch', 'tv'];

/** A device and all the words it may be called by. */
export class DeviceWords {
  readonly device: Device;
  /** Its name first, then its aliases. */
  readonly names: readonly Name[];
  readonly room: Name | null;
  readonly groups: readonly Name[];
  /** Words of its class and kind: they say what it is, and not which one. */
  readonly general: ReadonlySet<string>;
  /** Every concept it may be called by. */
  readonly concepts: ReadonlySet<string>;
  /** Its class as a concept: "light", "blinds", "garage"; null where nothing says it. */
  readonly deviceClass: string | null;

  constructor(
    device: Device,
    single: { readonly car?: boolean; readonly computer?: boolean },
    name: (text: string) => Name,
  ) {
    this.device = device;
    this.names = [device.name, ...device.aliases].map(name);
    this.room = device.room === null ? null : name(device.room);
    this.groups = device.groups.map(name);
    const own = new Set(this.names.flatMap(({ concepts }) => concepts));
    this.deviceClass = classOf(device, name, own);
    this.general = new Set(generalWords(device, own, this.deviceClass, single));
    this.concepts = new Set([
      ...own,
      ...(this.room?.concepts ?? []),
      ...this.groups.flatMap(({ concepts }) => concepts),
      ...this.general,
    ]);
  }

  /** The places it belongs to, its room first. */
  get places(): readonly Name[] {
    return this.room ? [this.room, ...this.groups] : this.groups;
  }
}

function classOf(device: Device, name: (text: string) => Name, own: ReadonlySet<string>): string | null {
  const said = device.deviceClass?.replace(/_/g, ' ') ?? '';
  const concepts = name(said).concepts;
  if (concepts.length > 0) return concepts.find((concept) => concept in ALSO) ?? concepts.join('_');
  if (device.kind !== 'home') return null;
  const covering = ['blinds', 'curtain', 'garage', 'gate', 'door'].find((concept) => own.has(concept));
  if (device.functions.includes('set_cover')) return covering ?? null;
  return device.functions.map((entry) => BY_FUNCTION[entry]).find((entry) => entry !== undefined) ?? null;
}

function generalWords(
  device: Device,
  own: ReadonlySet<string>,
  deviceClass: string | null,
  single: { readonly car?: boolean; readonly computer?: boolean },
): readonly string[] {
  const words = deviceClass === null ? [] : (ALSO[deviceClass] ?? [deviceClass]);
  const { kind } = device;
  if (kind === 'phone') return [...words, ...typedPhone(own, words)];
  if (kind === 'home') return words;
  const types = typeConcepts[kind];
  const itsTypes = [...types].filter((type) => own.has(type));
  // "The van" is the only car there is, unless that one is known to be of another type.
  const meant = itsTypes.length > 0 ? itsTypes : single[kind] ? [...types] : [];
  return [...words, kind, ...meant];
}

function typedPhone(own: ReadonlySet<string>, words: readonly string[]): readonly string[] {
  const types = OTHER_PHONES.filter((type) => own.has(type) || words.includes(type));
  return types.length > 0 ? types : ['phone'];
}
