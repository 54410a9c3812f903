/**
 * The optimal string alignment distance (Damerau-Levenshtein without overlaps): insertions, deletions, substitutions and
 * swaps of neighbours that make one word of another. In UTF-16 code units.
 */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, last] = [last, current];
  }
  return last[other.length] ?? 0;
}

/** How far two words may be apart and still be one misspelt: by the shorter one's length, never for three letters. */
export function allowedDistance(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  return length <= 3 ? 0 : length <= 6 ? 1 : 2;
}
