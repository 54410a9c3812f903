/** How alike two names must be to be offered, from 0 (nothing in common) to 1 (the same). */
const LIKENESS = 0.4;

/** The pairs of neighbouring characters, with the edges, so that short names have some too. */
function pairs(name: string): readonly string[] {
  const characters = [...`^${name.toLowerCase().replace(/\s+/g, '')}$`];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Dice's coefficient of the pairs of characters. */
function likeness(one: string, other: string): number {
  const [left, right] = [pairs(one), [...pairs(other)]];
  const total = left.length + right.length;
  let shared = 0;
  for (const pair of left) {
    const at = right.indexOf(pair);
    if (at < 0) continue;
    right.splice(at, 1);
    shared += 1;
  }
  return (2 * shared) / total;
}

/** The names most like the one that was said, the nearest first; empty when none comes near. */
export function nearestNames(said: string, names: Iterable<string>, limit = 3): readonly string[] {
  return [...new Set(names)]
    .map((name) => ({ name, score: likeness(said, name) }))
    .filter(({ score }) => score >= LIKENESS)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ name }) => name);
}
