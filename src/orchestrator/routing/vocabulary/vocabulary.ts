import { brands, fillers, people, sides } from './people.js';
import { homes, places } from './places.js';
import { appliances, kinds, things, types } from './things.js';

/** What a word does in a name: names a place, a class or kind of device, a type within a kind, an owner... */
export type Role = 'place' | 'home' | 'class' | 'kind' | 'type' | 'owner' | 'brand' | 'side' | 'appliance' | 'filler';

export interface Entry {
  readonly concepts: readonly string[];
  readonly role: Role;
  /** Said of several: "lights", "phones", and what is said of all the light there is ("lighting", 灯光). */
  readonly plural: boolean;
}

const ALWAYS_PLURAL = new Set(['lighting', '灯光', '照明', 'tellies', 'balconies', 'watches', 'switches']);
const NEVER_PLURAL = new Set(['stairs', 'upstairs', 'downstairs', 'outdoors', 'indoors', 'kids', 'childrens']);

/** English and Chinese phrases with what they mean, by the phrase: words joined by one space, or Chinese characters. */
export const vocabulary: ReadonlyMap<string, Entry> = new Map(
  [
    ...entriesOf(places, 'place'),
    ...entriesOf(things, 'class'),
    ...entriesOf(kinds, 'kind'),
    ...entriesOf([...types.car, ...types.computer], 'type'),
    ...entriesOf(appliances, 'appliance'),
    ...entriesOf(people, 'owner'),
    ...entriesOf(brands, 'brand'),
    ...entriesOf(sides, 'side'),
    ...entriesOf(homes, 'home'),
    // Last, so that 家里 adds nothing to a name; 家里 as a place is read by the one who looks for it.
    ...entriesOf(fillers, 'filler'),
  ].map((entry) => [entry.phrase, entry]),
);

function entriesOf(lines: readonly string[], role: Role): (Entry & { readonly phrase: string })[] {
  return lines.flatMap((line) => {
    const [canonical = '', said = ''] = line.split(': ');
    return said.split('|').map((phrase) => ({
      phrase,
      concepts: canonical.split(' '),
      role,
      plural: ALWAYS_PLURAL.has(phrase) || (/[^s]s$/.test(phrase) && !NEVER_PLURAL.has(phrase.split(' ').at(-1) ?? '')),
    }));
  });
}

const conceptsOf = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => line.slice(0, line.indexOf(':')).split(' '));

/** Types of car and of computer by kind. */
export const typeConcepts: Readonly<Record<'car' | 'computer', ReadonlySet<string>>> = {
  car: new Set(conceptsOf(types.car)),
  computer: new Set(conceptsOf(types.computer)),
};

/** Concepts that name a class or kind of device and not a device. */
export const generalConcepts: ReadonlySet<string> = new Set([
  ...conceptsOf(things.filter((line) => !/^[a-z_]+ /.test(line))),
  ...conceptsOf(kinds),
  ...typeConcepts.car,
  ...typeConcepts.computer,
]);

/** Concepts that are a place and tell nothing else: "main" of a main bedroom may stand beside a lamp, too. */
export const placeConcepts: ReadonlySet<string> = new Set([
  ...conceptsOf(places.filter((line) => !/^[a-z_]+ /.test(line))),
  ...conceptsOf(homes),
]);

/** Concepts that tell two things of one name apart. */
export const sideConcepts: ReadonlySet<string> = new Set(conceptsOf(sides));

/** Longest phrases, in words and in characters. */
export const MAX_WORDS = 3;
export const MAX_CHARACTERS = 8;
