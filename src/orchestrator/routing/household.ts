import type { Device } from '../../core/device.js';
import { DeviceWords } from './device-words.js';
import { type Name, nameOf } from './name.js';
import { plainWords, wordsOf } from './words.js';

const STOREY = /^storey\d+$/;

/**
 * All devices there are, whatever they offer and whatever their state: what a name means depends on who else could be
 * meant. A floor is counted as the household counts it: where there is a ground floor, the "first floor" is the one above
 * it; where there are just two floors, 楼上 and "upstairs" are the second of them.
 */
export class Household {
  readonly devices: readonly DeviceWords[];
  readonly #countsFromGround: boolean;
  readonly #hasTwoStoreys: boolean;

  constructor(devices: readonly Device[]) {
    const areas = devices.flatMap((device) => [device.room ?? '', ...device.groups]);
    const concepts = new Set(areas.flatMap((area) => wordsOf(plainWords(area)).flatMap((word) => word.concepts)));
    this.#countsFromGround = areas.some((area) => /\bground floor\b/i.test(area));
    const storeys = new Set([...concepts].map((concept) => this.#storey(concept)).filter((one) => STOREY.test(one)));
    this.#hasTwoStoreys = storeys.size === 2 && storeys.has('storey1') && storeys.has('storey2');
    const count = (kind: Device['kind']): number => devices.filter((device) => device.kind === kind).length;
    const single = { car: count('car') === 1, computer: count('computer') === 1 };
    this.devices = devices.map((device) => new DeviceWords(device, single, (text) => this.name(text)));
  }

  /** Whether any device is called by this concept. */
  knows(concept: string): boolean {
    return this.devices.some((device) => device.concepts.has(concept));
  }

  /** Whether a room or an area of any device is called by this concept. */
  isPlace(concept: string): boolean {
    return this.devices.some((device) => device.places.some((place) => place.concepts.includes(concept)));
  }

  /** Whether a room or an area is called so and nothing more. */
  hasPlace(concept: string): boolean {
    return this.devices.some((device) => device.places.some((place) => place.concepts.join() === concept));
  }

  /** A name as this household means it. */
  name(text: string): Name {
    return nameOf(text, (concept) => this.concept(concept));
  }

  concept(concept: string): string {
    const storey = this.#storey(concept);
    if (!this.#hasTwoStoreys) return storey;
    return storey === 'upstairs' ? 'storey2' : storey === 'downstairs' ? 'storey1' : storey;
  }

  #storey(concept: string): string {
    const floor = /^floor(\d+)$/.exec(concept);
    return floor ? `storey${Number(floor[1]) + (this.#countsFromGround ? 1 : 0)}` : concept;
  }

  words(device: Device): DeviceWords {
    return (
      this.devices.find((entry) => entry.device.id === device.id) ??
      new DeviceWords(device, {}, (text) => this.name(text))
    );
  }
}
