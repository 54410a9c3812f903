import type { DeviceWords } from './device-words.js';
import type { Household } from './household.js';
import { isMisspelt } from './misspelling.js';
import { type Name, sameConcepts } from './name.js';

/**
 * What a said name comes to: `named` the devices that are called so, `general` those of a kind or class that was named
 * and nothing more ("my phone", 电视), `none` where nobody fits, or somebody only nearly.
 */
export type NameMatch =
  | { readonly kind: 'named'; readonly devices: readonly DeviceWords[]; readonly certain: boolean }
  | { readonly kind: 'general'; readonly devices: readonly DeviceWords[] }
  | { readonly kind: 'none' };

/** How well a device is called by a name: its writing, its meaning, or some of its words. Less is better. */
const WRITTEN = 0;
const MEANT = 1;
const PARTLY = 2;
const UNFIT = 3;

/**
 * Who of `able` is called so. Somebody else of the household who is called so better is a reason to doubt: where
 * "Anna's phone" is out of reach, "Anna's work phone" is not taken for it. A misspelling is taken (`certain` false) only
 * for one device that no other comes near.
 */
export function matchName(said: Name, household: Household, able: readonly DeviceWords[]): NameMatch {
  if (said.concepts.length === 0) return { kind: 'general', devices: able };
  const isAble = new Set(able);
  const fits = household.devices.map((device) => ({ device, fit: fitOf(said, device) }));
  const bestOf = (list: typeof fits): number => Math.min(UNFIT, ...list.map(({ fit }) => fit));
  const ours = fits.filter(({ device }) => isAble.has(device));
  const best = bestOf(ours);
  if (best > MEANT) {
    const general = able.filter((device) => said.concepts.every((concept) => device.general.has(concept)));
    if (general.length > 0) return { kind: 'general', devices: general };
  }
  if (best < UNFIT) {
    if (best === PARTLY && bestOf(fits) < best) return { kind: 'none' };
    return {
      kind: 'named',
      certain: true,
      devices: ours.filter(({ fit }) => fit === best).map(({ device }) => device),
    };
  }
  if (bestOf(fits) < UNFIT) return { kind: 'none' };
  const misspelt = household.devices.filter((device) => isMisspelt(said, device));
  const near = household.devices.filter((device) => isMisspelt(said, device, 1));
  const [one] = misspelt;
  return one && near.length === 1 && isAble.has(one)
    ? { kind: 'named', certain: false, devices: [one] }
    : { kind: 'none' };
}

function fitOf(said: Name, device: DeviceWords): number {
  if (device.names.some((name) => name.writing === said.writing)) return WRITTEN;
  const ignored = new Set([...device.general, 'room']);
  if (isCalled(said, device, ignored)) return MEANT;
  const isPart = said.concepts.every((concept) => device.concepts.has(concept) || concept === 'room');
  return isPart && said.concepts.some((concept) => !ignored.has(concept)) ? PARTLY : UNFIT;
}

/** By its name, its room or area and what it is: "the bedroom TV"; nothing may be said that it is not. */
function isCalled(said: Name, device: DeviceWords, ignored: ReadonlySet<string>): boolean {
  const room = device.room?.concepts ?? [];
  if (device.places.some((place) => sameConcepts(said.concepts, place.concepts, ignored))) return true;
  return device.names.some(
    (name) =>
      sameConcepts(said.concepts, name.concepts, ignored) ||
      sameConcepts(said.concepts, [...room, ...name.concepts], ignored),
  );
}
