import type { DeviceWords } from './device-words.js';
import type { Mention } from './mention.js';
import { findWords, plainWords } from './words.js';

/**
 * The one device whose whole name stands in the sentence as it is written: "turn on the desk lamp". A name inside a longer
 * one that was said does not count, nor does one that only says what the thing is ("Lamp"), nor one that stands elsewhere
 * than where the call's thing is spoken of. Null for none or several.
 */
export function namedInFull(
  plain: string,
  devices: readonly DeviceWords[],
  mention: Mention | null,
): DeviceWords | null {
  const found = devices.flatMap((device) => {
    const writings = [device.device.name, ...device.device.aliases];
    return device.names.flatMap((name, index) => {
      const isTelling = name.concepts.some((concept) => !device.general.has(concept) && concept !== 'room');
      const at = isTelling ? findWords(plain, plainWords(writings[index] ?? '')) : null;
      const isThere = at && (mention === null || (at.start < mention.end && mention.start < at.end));
      return at && isThere ? [{ device, ...at }] : [];
    });
  });
  const whole = found.filter(
    (one) =>
      !found.some(
        (other) => other.start <= one.start && one.end <= other.end && other.end - other.start > one.end - one.start,
      ),
  );
  const named = new Set(whole.map(({ device }) => device));
  const [only] = named;
  return named.size === 1 && only ? only : null;
}
