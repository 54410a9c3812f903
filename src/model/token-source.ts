/** The next token a model would write, greedily, and its probability. */
export interface NextToken {
  readonly id: number;
  readonly probability: number;
}

/** A loaded language model, seen as a writer of tokens: what the decoder needs and no more. */
export interface TokenSource {
  /** Reads the prompt from an empty state and returns the likeliest next token. */
  start(prompt: readonly number[]): Promise<NextToken>;
  /** Appends a token and returns the likeliest one after it. */
  next(id: number): Promise<NextToken>;
  /** The probabilities of what may follow the current state, likeliest first. Slower than the greedy step. */
  distribution(): Promise<ReadonlyMap<number, number>>;
}
