import { z } from 'zod';

/** Whose fault a failure is: decides the tone of the message and whether a retry makes sense. */
export const faultSchema = z.enum(['user', 'device', 'link', 'model', 'tentacle']);
export type Fault = z.infer<typeof faultSchema>;

/**
 * A failure that a person can act on. Crosses every border as data.
 *
 * `code` is stable, upper snake case ("UNAUTHORIZED"), for programs; `message` says what happened to which
 * device, in a sentence; `next` says what the person can do about it; `detail` is the raw cause (a peer's own
 * words, capped), shown only on request.
 */
export const failureSchema = z.object({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  fault: faultSchema,
  message: z.string(),
  next: z.string(),
  detail: z.string().optional(),
});
export type Failure = z.infer<typeof failureSchema>;

/**
 * The one error class that is thrown, where a value cannot be returned (constructors, broken invariants, foreign
 * callbacks). It carries the same facts as a {@link Failure} and keeps its `cause`.
 */
export class TentacleError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: { cause?: unknown }) {
    super(failure.message, options);
    this.name = 'TentacleError';
    this.failure = failure;
  }
}
