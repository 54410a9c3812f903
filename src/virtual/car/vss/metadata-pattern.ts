const VALID = /^[^.\s:]+(?:\.[^.\s:]+)*$/;

/** No path of a car is longer; the databroker refuses longer ones in its other calls. */
const MAX_LENGTH = 1_000;

/**
 * The databroker's matching of `ListMetadata.root`, or null where it is no pattern: empty is everything, a path is the
 * signal or all below that branch, `*` is one part of a path, `**` any number of parts, none included.
 *
 * Source: doc/wildcard_matching.md of kuksa-databroker.
 */
export function metadataPattern(root: string): ((path: string) => boolean) | null {
  if (root === '' || root === '""') return () => true;
  if (root.length > MAX_LENGTH || !VALID.test(root)) return null;
  if (!root.includes('*')) return (path) => path === root || path.startsWith(`${root}.`);
  const pattern = root.split('.').map((part) => (part === '**' ? '**' : partPattern(part)));
  return (path) => matches(pattern, path.split('.'));
}

const partPattern = (part: string): RegExp => {
  const words = part.split(/\*+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${words.join('.*')}$`);
};

/** Part by part, with the set of places in the pattern that may come next: no pattern takes long. */
function matches(pattern: readonly (RegExp | '**')[], parts: readonly string[]): boolean {
  let places = withSkips(pattern, new Set([0]));
  for (const part of parts) {
    const next = new Set<number>();
    for (const place of places) {
      const wanted = pattern[place];
      if (wanted === '**') next.add(place);
      else if (wanted?.test(part)) next.add(place + 1);
    }
    places = withSkips(pattern, next);
  }
  return places.has(pattern.length);
}

/** `**` stands for no part as well. */
function withSkips(pattern: readonly (RegExp | '**')[], places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place] === '**') places.add(place + 1);
  return places;
}
