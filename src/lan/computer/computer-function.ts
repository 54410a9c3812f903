import type { z } from 'zod';
import { computerFunctions as descriptors } from '../../catalog/computer.js';
import type { Repeat } from '../../catalog/function-descriptor.js';
import { TentacleError } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import { refusedByDevice } from '../../core/outcomes.js';
import type { ComputerSurroundings } from './surroundings.js';

/** One call while it is carried out: what a function needs of it, whoever brought it. */
export interface ComputerCall {
  /** Aborts at the deadline and when the user cancels; its reason is a TentacleError. */
  readonly signal: AbortSignal;
  /** Idempotency key (UUID) of this dispatch. */
  readonly key: string;
  /** Is called right before anything changes: from here on an abort leaves open whether it happened. */
  markSent(): void;
}

/** One function of the catalogue on the computer that Tentacle runs on. */
export interface ComputerFunction {
  /** Its name in the catalogue. */
  readonly name: string;
  readonly args: z.ZodObject;
  /** Whether it may be sent again after an unknown outcome, as the catalogue says. */
  readonly repeat: Repeat;
  /** Why it cannot be offered here, in a sentence; null where it can. Rejects with the signal's reason only. */
  whyNot(surroundings: ComputerSurroundings, signal: AbortSignal): Promise<string | null>;
  /**
   * Carries it out. `args` come from outside and are checked here. An expected failure is an outcome; it rejects with the
   * signal's reason alone.
   */
  run(args: unknown, surroundings: ComputerSurroundings, call: ComputerCall): Promise<Outcome>;
}

interface FunctionFacts<Shape extends z.core.$ZodLooseShape> {
  readonly name: string;
  readonly args: z.ZodObject<Shape>;
  /** What it works on: calls on the same thing wait for each other, else one would read back the other's work. */
  readonly thing: string;
  whyNot(surroundings: ComputerSurroundings, signal: AbortSignal): Promise<string | null>;
  run(args: z.infer<z.ZodObject<Shape>>, surroundings: ComputerSurroundings, call: ComputerCall): Promise<Outcome>;
}

/** @throws TentacleError where the catalogue has no such function. */
export function computerFunction<Shape extends z.core.$ZodLooseShape>(facts: FunctionFacts<Shape>): ComputerFunction {
  return {
    name: facts.name,
    args: facts.args,
    repeat: repeatOf(facts.name),
    whyNot: facts.whyNot,
    async run(args, surroundings, call) {
      const parsed = facts.args.safeParse(args);
      if (!parsed.success) return refusedByDevice(sayIssue(parsed.error));
      return surroundings.inTurn(facts.thing, () => facts.run(parsed.data, surroundings, call), call.signal);
    },
  };
}

function sayIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return `The argument ${issue?.path.join('.') || '?'} cannot be used: ${issue?.message ?? 'it has another form'}.`;
}

function repeatOf(name: string): Repeat {
  const descriptor = descriptors.find((known) => known.name === name);
  if (descriptor) return descriptor.repeat;
  throw new TentacleError({
    code: 'FUNCTION_UNKNOWN',
    fault: 'tentacle',
    message: `The catalogue has no computer function "${name}".`,
    next: 'This is a mistake in Tentacle: please report it.',
  });
}
