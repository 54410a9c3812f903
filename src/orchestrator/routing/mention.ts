/**
 * How many are meant: `one` when nothing says otherwise, `plural` for "the lights", `every` for words that leave nobody out
 * ("all", "both", "every", 所有, 都).
 */
export type Amount = 'one' | 'plural' | 'every';

/** A place of the sentence where the things that a function acts on are spoken of, and what is said of them there. */
export interface Mention {
  readonly start: number;
  readonly end: number;
  /** The thing, as a concept; null where only rooms are spoken of ("in every room"). */
  readonly noun: string | null;
  /** The thing as said: "lamps". */
  readonly text: string;
  readonly amount: Amount;
  /** How many, where a number says so: "both" is 2. */
  readonly count: number | null;
  /** Something is said of them that narrows them down and that nobody here knows: "some", "other", "except the kitchen". */
  readonly isDoubtful: boolean;
  /** "In every room", 全屋: the whole home is meant. */
  readonly isEverywhere: boolean;
  /** The words that say where or whose, as concepts: "the lights upstairs", "the left lamp"; empty for none. */
  readonly place: readonly string[];
}

export const weight: Readonly<Record<Amount, number>> = { one: 0, plural: 1, every: 2 };

/** Words beside a thing that say which one it is. */
export const NARROWING: ReadonlySet<string> = new Set(['place', 'side', 'owner', 'brand', 'appliance']);
