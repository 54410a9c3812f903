/** A stretch of what the model wrote. Special tokens print as '', so they are told apart by id and never by text. */
export type OutputPart =
  | { readonly kind: 'text'; readonly text: string }
  /** `index` 0..20; `probability` that the model gave it, 0..1. */
  | { readonly kind: 'function'; readonly index: number; readonly probability: number }
  | { readonly kind: 'end' };

/** A positional argument as written: Python's literals, bare words as text, or another call. */
export type OctopusValue =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'none' }
  | { readonly kind: 'call'; readonly call: OctopusCall };

export interface OctopusCall {
  readonly index: number;
  readonly probability: number;
  readonly args: readonly OctopusValue[];
}

/** Why an output is no list of calls; an expected value, since a model may write anything. `at` counts characters and tokens. */
export interface OutputFailure {
  readonly at: number;
  readonly reason: string;
}
