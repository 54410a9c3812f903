/**
 * The entry whose name is meant: the same but for case and spaces, else the one name that contains the said one or is
 * contained in it, else the one name at most two letters away. Null where none fits, or more than one.
 */
export function bestMatch<T>(said: string, entries: readonly T[], nameOf: (entry: T) => string): T | null {
  const wanted = plain(said);
  const named = entries.map((entry) => ({ entry, name: plain(nameOf(entry)) })).filter(({ name }) => name !== '');
  const exact = named.filter(({ name }) => name === wanted);
  if (exact.length > 0) return only(exact);
  if (wanted.length < 2) return null;
  const within = named.filter(({ name }) => name.includes(wanted) || (name.length > 1 && wanted.includes(name)));
  if (within.length > 0) return only(within);
  const slips = Math.min(2, Math.floor(wanted.length / 4));
  return only(named.filter(({ name }) => distance(name, wanted, slips) <= slips));
}

function only<T>(found: readonly { readonly entry: T }[]): T | null {
  return found.length === 1 ? (found[0]?.entry ?? null) : null;
}

/** Letters and digits alone, without the words that only say what kind of thing it is. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\b(?:the|scene|mode|my)\b|场景|模式/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Levenshtein's distance; anything above `limit` is given as `limit + 1`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? limit + 1;
}
