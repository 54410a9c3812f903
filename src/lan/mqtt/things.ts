import type { Component } from './discovery.js';
import { playPart } from './functions/player.js';
import type { Part } from './part.js';
import { roomInName } from './room-words.js';
import type { Thing } from './thing.js';

/** Components that a person speaks to; a sensor beside one of them belongs to it. */
const MAIN: readonly Component[] = ['lock', 'climate', 'cover', 'vacuum', 'fan', 'light', 'switch'];

/** Names that only say what kind of entity it is. */
const GENERIC =
  /^(?:light|lamp|switch|relay|power|state|fan|lock|cover|blinds?|curtain|door|thermostat|climate|hvac|vacuum|robot|temperature|humidity|smoke|sensor|contact|outlet|plug|socket|开关|电源|灯)?[ _-]*\d*$/i;

/**
 * The things that a person would name. Entities of one physical device are one thing where only one of them can be told
 * something, or where they are a player together; several lamps on one controller are several things. All scenes are one.
 */
export function thingsOf(
  parts: readonly Part[],
  scenesOf: { readonly id: string; readonly name: string },
): readonly Thing[] {
  const scenes = parts.filter(({ entity }) => entity.component === 'scene');
  const rest = parts.filter((part) => part.entity.component !== 'scene' && isForPeople(part));
  const things = [...groupsOf(rest).values()].flatMap(split);
  if (scenes.length === 0) return things;
  const aliases = ['scenes', '场景'];
  const facts = { room: null, deviceClass: 'scenes', parts: scenes };
  return [...things, { id: `mqtt:scenes:${scenesOf.id}`, name: `${scenesOf.name} scenes`, aliases, ...facts }];
}

/** Settings and diagnostics of a device are no things; its battery is worth telling. */
function isForPeople({ entity }: Part): boolean {
  const { texts, flags } = entity.config;
  const isBattery = entity.component === 'sensor' && texts.device_class === 'battery';
  return flags.enabled_by_default !== false && (texts.entity_category === undefined || isBattery);
}

function groupsOf(parts: readonly Part[]): ReadonlyMap<string, readonly Part[]> {
  const groups = new Map<string, Part[]>();
  for (const part of parts) {
    const key = part.entity.physical ? `device ${part.entity.physical.id}` : `entity ${part.entity.uniqueId}`;
    groups.set(key, [...(groups.get(key) ?? []), part]);
  }
  return groups;
}

function split(group: readonly Part[]): readonly Thing[] {
  const sorted = group.toSorted((a, b) => rankOf(a) - rankOf(b) || (a.entity.uniqueId < b.entity.uniqueId ? -1 : 1));
  const mains = sorted.filter(({ entity }) => MAIN.includes(entity.component));
  const play = playPart(sorted);
  const isPlayer = play !== null && mains.every(({ entity }) => entity.component === 'switch') && mains.length <= 1;
  if (isPlayer)
    return [thingOf([...mains, play, ...sorted.filter((part) => part !== play && !mains.includes(part))], true)];
  // A choice or a text beside something else is a setting of it.
  const told = sorted.filter(({ entity }) => MAIN.includes(entity.component) || isSensor(entity.component));
  if (mains.length <= 1) return told.length === 0 ? [] : [thingOf(told, true)];
  const sensors = told.filter(({ entity }) => isSensor(entity.component));
  const alone = mains.map((main) => thingOf([main], false));
  return sensors.length === 0 ? alone : [...alone, thingOf(sensors, false)];
}

const isSensor = (component: Component): boolean => component === 'sensor' || component === 'binary_sensor';

/** What a thing is named by: what can be told something, then smoke and temperature, then other sensors. */
function rankOf({ entity }: Part): number {
  const main = MAIN.indexOf(entity.component);
  if (main >= 0) return main;
  const deviceClass = entity.config.texts.device_class;
  if (deviceClass === 'smoke') return 10;
  if (deviceClass === 'temperature') return 11;
  if (deviceClass === 'battery' || entity.config.texts.entity_category !== undefined) return 20;
  return entity.component === 'binary_sensor' ? 12 : 13;
}

function thingOf(parts: readonly Part[], isWholeDevice: boolean): Thing {
  const [main] = parts;
  const entity = main?.entity;
  const device = entity?.physical?.name ?? null;
  const own = entity?.name ?? null;
  const full =
    device !== null && own !== null && !own.toLowerCase().startsWith(device.toLowerCase()) ? `${device} ${own}` : null;
  const isGeneric =
    own === null || GENERIC.test(own) || (isWholeDevice && entity !== undefined && isSensor(entity.component));
  const short = isGeneric ? (isWholeDevice || own === null ? device : full) : own;
  const name = short ?? own ?? entity?.uniqueId ?? 'device';
  const others = [own, full, isWholeDevice ? device : null].filter((other): other is string => other !== null);
  const aliases = [...new Set(others)].filter((alias) => alias !== name && !GENERIC.test(alias));
  const area = parts.map((part) => part.entity.area).find((said) => said !== null) ?? null;
  return {
    id: `mqtt:${entity?.uniqueId ?? name}`,
    name,
    aliases,
    room: area ?? roomInName(name) ?? (device === null ? null : roomInName(device)),
    deviceClass: classOf(parts, [name, device ?? '', entity?.physical?.model ?? '']),
    parts,
  };
}

const COVER_CLASSES: ReadonlyMap<string, string> = new Map([
  ['garage', 'garage'],
  ['garage_door', 'garage'],
  ['door', 'garage'],
  ['gate', 'garage'],
  ['curtain', 'curtain'],
]);

const TV = /\b(?:tv|television|telly)\b|电视/i;
const SPEAKER = /\b(?:speaker|soundbar|stereo|hi-?fi|radio)\b|音箱|音响/i;
const LAMP = /\b(?:lights?|lamps?|bulbs?|chandelier|led strip)\b|灯/i;

/** The field's word for a thing; names decide only where the component says too little. */
function classOf(parts: readonly Part[], names: readonly string[]): string {
  const entity = parts[0]?.entity;
  const deviceClass = entity?.config.texts.device_class ?? '';
  const isCalled = (words: RegExp): boolean => names.some((name) => words.test(name));
  if (playPart(parts)) return isCalled(TV) || /video/i.test(playPart(parts)?.entity.name ?? '') ? 'tv' : 'speaker';
  switch (entity?.component) {
    case 'light':
    case 'lock':
    case 'fan':
    case 'vacuum':
      return entity.component;
    case 'climate':
      return 'thermostat';
    case 'cover':
      return COVER_CLASSES.get(deviceClass) ?? 'blinds';
    case 'switch':
      if (isCalled(TV)) return 'tv';
      if (isCalled(SPEAKER)) return 'speaker';
      return isCalled(LAMP) ? 'light' : 'switch';
    case 'binary_sensor':
      return deviceClass === 'smoke' ? 'smoke_detector' : 'sensor';
    default:
      return 'sensor';
  }
}
