import type { DeviceWords } from './device-words.js';
import { allowedDistance, editDistance } from './edit-distance.js';
import type { Name } from './name.js';
import { generalConcepts, sideConcepts } from './vocabulary/vocabulary.js';
import type { Word } from './words.js';

/** Words that a person may misspell: letters alone, as "pixel 7" is another phone than "pixel 8". */
const LETTERS = /^[a-z\u00c0-\u024f]+$/;

/**
 * Whether a name becomes one of the device's own when words that nobody knows are taken for misspelt ones. `slack` widens
 * the distance: who is near enough to be meant, if not near enough to be taken.
 */
export function isMisspelt(said: Name, device: DeviceWords, slack = 0): boolean {
  const own = writtenWords(device);
  return (
    said.words.length > 0 &&
    said.words.every((word) => isCovered(word, device) || isNear(word, own, slack)) &&
    said.words.some((word) => !isCovered(word, device) || slack > 0)
  );
}

function isCovered(word: Word, device: DeviceWords): boolean {
  return word.concepts.every((concept) => concept === 'room' || device.concepts.has(concept));
}

/** A word of the vocabulary is itself and no misspelling; Chinese characters mean too much to be exchanged. */
function isNear(word: Word, own: readonly string[], slack: number): boolean {
  if (word.role !== 'unknown' || !LETTERS.test(word.text)) return false;
  return own.some((other) => {
    const allowed = allowedDistance(word.text, other);
    return allowed > 0 && editDistance(word.text, other) <= allowed + slack;
  });
}

/** Words that tell it apart. "iPhone" is no misspelt "phone", and "lift" is no misspelt "left". */
function writtenWords(device: DeviceWords): readonly string[] {
  const isTelling = (concept: string): boolean => !sideConcepts.has(concept) && !generalConcepts.has(concept);
  return [...device.names, ...device.places]
    .flatMap((name) => name.words)
    .filter((word) => word.concepts.every(isTelling))
    .flatMap((word) => word.text.split(' '))
    .filter((word) => LETTERS.test(word));
}

/** How alike a name and a device's are, for the order of a question's choices: more is nearer. */
export function likeness(said: Name, device: DeviceWords): number {
  const shared = said.concepts.filter((concept) => device.concepts.has(concept)).length;
  const texts = device.names.concat(device.places).map((name) => name.writing);
  const nearest = Math.max(
    0,
    ...texts.map((text) => 1 - editDistance(said.writing, text) / Math.max(1, said.writing.length, text.length)),
  );
  return shared + nearest;
}
