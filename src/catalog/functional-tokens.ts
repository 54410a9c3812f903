import { catalog } from './catalog.js';

/**
 * The words of the plan language that the embedded model writes. A plan is
 *
 *   plan   := irrelevant plan_end | call ((also | then) call)* plan_end
 *   call   := function (target span)? (argument value)* call_end
 *   value  := span | value token | on | off | min | half | max | call
 *   span   := word_i word_j            the utterance's words i..j, i <= j
 *
 * `also` starts a call that waits for nothing its predecessor did not wait for; `then` starts one that waits for all
 * calls since the last `then`. Nested calls stand where the value would stand.
 */
export const structureTokens = {
  /** Ends the sentence, starts the same sentence with its words numbered. */
  words: '<words>',
  /** Starts the plan. */
  plan: '<plan>',
  planEnd: '<plan_end>',
  callEnd: '<call_end>',
  also: '<also>',
  sequel: '<then>',
  target: '<target>',
  on: '<on>',
  off: '<off>',
  min: '<min>',
  half: '<half>',
  max: '<max>',
  irrelevant: '<fn:irrelevant>',
} as const;

/** How many words of a sentence can be pointed at. */
export const MAX_WORDS = 160;

export const functionToken = (name: string): string => `<fn:${name}>`;
export const argumentToken = (name: string): string => `<arg:${name}>`;
export const valueToken = (value: string): string => `<val:${value}>`;
export const wordToken = (index: number): string => `<w:${index}>`;

const unique = (values: readonly string[]): readonly string[] => [...new Set(values)];

/** Parameter names over the whole catalogue, in order of first use; functions share a parameter's token. */
export const argumentNames: readonly string[] = unique(catalog.flatMap((entry) => entry.parameters.map((p) => p.name)));

/** Enum values over the whole catalogue, in order of first use. */
export const enumValues: readonly string[] = unique(
  catalog.flatMap((entry) => entry.parameters.flatMap((p) => p.values ?? [])),
);

/** Every token of the plan language in the order in which a tokenizer gets them. */
export const planTokens: readonly string[] = [
  ...Object.values(structureTokens),
  ...catalog.map((entry) => functionToken(entry.name)),
  ...argumentNames.map(argumentToken),
  ...enumValues.map(valueToken),
  ...Array.from({ length: MAX_WORDS }, (_, index) => wordToken(index)),
];
