/** One fact of a thing's state: on or off, a number in the range's own unit, or a word. */
export type Fact = boolean | number | string;
export type Facts = Readonly<Record<string, Fact>>;

/** What a fact may be. Choices stand in pairs of opposites: locked, unlocked; open, closed. */
export type FactRange =
  | { readonly kind: 'flag' }
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'words'; readonly longest: number };

export type FactRanges = Readonly<Record<string, FactRange>>;

export const flag: FactRange = { kind: 'flag' };
export const numberFrom = (min: number, max: number): FactRange => ({ kind: 'number', min, max });
export const oneOf = (...choices: readonly string[]): FactRange => ({ kind: 'choice', choices });
export const words: FactRange = { kind: 'words', longest: 255 };

/** Whether every fact is one that the thing has, and within its range. */
export function areWithin(facts: Facts, ranges: FactRanges): boolean {
  return Object.entries(facts).every(([name, fact]) => {
    const range = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
    return range !== undefined && isWithin(fact, range);
  });
}

function isWithin(fact: Fact, range: FactRange): boolean {
  switch (range.kind) {
    case 'flag':
      return typeof fact === 'boolean';
    case 'number':
      return typeof fact === 'number' && fact >= range.min && fact <= range.max;
    case 'choice':
      return typeof fact === 'string' && range.choices.includes(fact);
    case 'words':
      return typeof fact === 'string' && fact.length <= range.longest;
  }
}

/** A number that a device takes as plain text, or null: "21.5", never "", "21 degrees" or "0x10". */
export function plainNumber(text: string): number | null {
  return /^-?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : null;
}

/** The facts with the named ones said wrongly, each still within its range. */
export function misreported(facts: Facts, names: ReadonlySet<string>, ranges: FactRanges): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => {
      const range = ranges[name];
      return [name, range && names.has(name) ? anotherThan(fact, range) : fact];
    }),
  );
}

function anotherThan(fact: Fact, range: FactRange): Fact {
  if (range.kind === 'number' && typeof fact === 'number') {
    const quarter = Math.max(1, Math.round((range.max - range.min) / 4));
    return fact + quarter <= range.max ? fact + quarter : fact - quarter;
  }
  if (range.kind === 'choice' && typeof fact === 'string') {
    // Its opposite stands beside it.
    return range.choices[range.choices.indexOf(fact) ^ 1] ?? range.choices[0] ?? fact;
  }
  return typeof fact === 'boolean' ? !fact : `${fact}?`;
}
