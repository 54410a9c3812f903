import type { Application } from './application.js';

/** Longest name that is compared letter by letter. */
const MAX_COMPARED = 100;

/** Letters and digits alone, in one case and one width: "Visual-Studio Code" and "visualstudiocode" are the same. */
export function compact(name: string): string {
  return wordsOf(name).join('');
}

export function wordsOf(name: string): readonly string[] {
  return (
    name
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}+#]+/gu) ?? []
  );
}

/** The names of all applications, the likeliest to be meant first; empty for a name without letters. */
export function nearestNames(applications: readonly Application[], said: string): readonly string[] {
  const wanted = compact(said).slice(0, MAX_COMPARED);
  if (wanted === '') return [];
  const rated = applications.map(({ name, names, genericNames }) => ({
    name,
    distance: Math.min(
      ...[...names, ...genericNames].map((known) => distanceOf(compact(known).slice(0, MAX_COMPARED), wanted)),
    ),
  }));
  const sorted = rated.sort((a, b) => a.distance - b.distance || a.name.localeCompare(b.name));
  return [...new Set(sorted.map(({ name }) => name))];
}

/** Edits from one to the other as a part of the longer one's length: 0 the same, 1 nothing in common. */
function distanceOf(known: string, wanted: string): number {
  const longer = Math.max(known.length, wanted.length);
  return longer === 0 ? 1 : editDistance(known, wanted) / longer;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
