import { Deadline } from '../../core/deadline.js';
import { deadlinePassed } from '../../core/failures.js';
import { causeWords } from '../../core/peer-words.js';
import type { ComputerFunction } from './computer-function.js';
import { computerFunctions } from './computer-functions.js';
import type { ComputerSurroundings } from './surroundings.js';

/** How long the programs of one function may take to show that they work, in milliseconds. */
const LOOK_MS = 8_000;

export interface OfferedFunctions {
  readonly offered: readonly ComputerFunction[];
  /** Why the others are not, in a sentence, by name. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Looks at this computer and says which functions work on it now. Rejects where the signal aborts. */
export async function offeredFunctions(
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<OfferedFunctions> {
  const looks = await Promise.all(
    computerFunctions.map(async (each) => ({ each, why: await whyNot(each, surroundings, signal) })),
  );
  signal.throwIfAborted();
  return {
    offered: looks.filter(({ why }) => why === null).map(({ each }) => each),
    missing: new Map(looks.flatMap(({ each, why }): [string, string][] => (why === null ? [] : [[each.name, why]]))),
  };
}

async function whyNot(
  each: ComputerFunction,
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<string | null> {
  using deadline = new Deadline(signal, LOOK_MS, () => deadlinePassed('This computer', LOOK_MS));
  try {
    return await each.whyNot(surroundings, deadline.signal);
  } catch (error) {
    // One program that hangs takes its own function away, not the others.
    return causeWords(error);
  }
}
