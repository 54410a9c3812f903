/** The CLI's exit codes, as documented in README.md. */
export const exitCode = {
  /** Every call was done, or handed over and said so. */
  done: 0,
  /** Something was refused, failed or ended unknown. */
  notDone: 1,
  /** The command itself was wrong: an unknown option, an empty sentence. */
  usage: 2,
  /** The sentence asks for none of the functions: nothing was sent. */
  irrelevant: 3,
  /** The sentence was not clear and nobody was there to ask: nothing was sent. */
  unclear: 4,
  /** Tentacle itself cannot work: no model, no journal. */
  unavailable: 5,
  /** Stopped by the user (Ctrl+C). */
  cancelled: 130,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
