import type { DeviceWords } from './device-words.js';
import type { Household } from './household.js';
import { isMisspelt } from './misspelling.js';
import { type Name, sameConcepts } from './name.js';

/**
 * Who of `able` stands where it was said: in a room, an area or a group of that name. `isOnePlace` is false where the
 * words fit several places ("bedroom" of a house with a master bedroom and a guest bedroom). Null where no device stands
 * in such a place, or somebody does who is not able: a device of another room is never taken for it.
 */
export interface PlaceMatch {
  readonly devices: readonly DeviceWords[];
  readonly isOnePlace: boolean;
  /** False for a misspelling. */
  readonly certain: boolean;
}

const ROOM = new Set(['room']);

export function matchPlace(said: Name, household: Household, able: readonly DeviceWords[]): PlaceMatch | null {
  if (said.concepts.length === 0) return null;
  for (const fits of [isIn, isPartly]) {
    const there = household.devices.filter((device) => fits(said, device));
    if (there.length === 0) continue;
    const ours = able.filter((device) => there.includes(device));
    if (ours.length === 0) return null;
    const places = new Set(ours.map((device) => placeOf(said, device)));
    return { devices: ours, isOnePlace: fits === isIn || places.size === 1, certain: true };
  }
  const near = household.devices.filter((device) => isMisspelt(said, device, 1));
  const misspelt = able.filter((device) => isMisspelt(said, device));
  const rooms = new Set(near.map((device) => device.room?.writing ?? device.device.id));
  return misspelt.length > 0 && rooms.size === 1 ? { devices: misspelt, isOnePlace: true, certain: false } : null;
}

/** In the very place, or, where nobody wrote down its room, called after the place: "Kitchen light". */
function isIn(said: Name, device: DeviceWords): boolean {
  const places = device.places.map((place) => place.concepts);
  const names = device.room === null ? device.names.map((name) => name.concepts) : [];
  const ignored = new Set([...device.general, ...ROOM]);
  return (
    device.places.some((place) => place.writing === said.writing) ||
    places.some((place) => sameConcepts(said.concepts, place, ROOM)) ||
    names.some((name) => sameConcepts(said.concepts, name, ignored))
  );
}

/** In a place whose name holds all that was said, or called so. */
function isPartly(said: Name, device: DeviceWords): boolean {
  return (
    said.concepts.some((concept) => concept !== 'room') &&
    said.concepts.every((concept) => concept === 'room' || device.concepts.has(concept)) &&
    // "Light" says nothing of where.
    said.concepts.some((concept) => concept !== 'room' && !device.general.has(concept))
  );
}

function placeOf(said: Name, device: DeviceWords): string {
  const holds = (place: Name): boolean => said.concepts.every((concept) => place.concepts.includes(concept));
  return device.places.find(holds)?.writing ?? device.device.id;
}
