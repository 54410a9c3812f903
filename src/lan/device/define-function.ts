import { z } from 'zod';
import { TentacleError } from '../../core/failure.js';
import { causeWords, peerWords } from '../../core/peer-words.js';
import type { PlainValue, WireOutcome } from '../native/profile.js';

export interface RunOptions {
  /** Aborts when the call is cancelled, its lease runs out, or the device stops. */
  readonly signal: AbortSignal;
  /** The call's idempotency key. */
  readonly key: string;
}

/**
 * How it went. `receipt` says in words what is so now; `readBack` whether that was read from the thing itself after the
 * command; `data` is the answer of a function that asks; `prior` the arguments that would put the old state back.
 */
export type RunResult =
  | {
      readonly receipt: string;
      readonly readBack: boolean;
      readonly data?: PlainValue;
      readonly prior?: Readonly<Record<string, PlainValue>>;
    }
  | { readonly refused: string };

export interface FunctionOptions<Args extends z.ZodObject> {
  /** A name of Tentacle's catalogue, with the catalogue's parameters, where one fits: those can be spoken to. */
  readonly name: string;
  readonly description?: string;
  readonly args: Args;
  /** `safe`: an absolute setter or a question, which may run twice; `once`: never twice, also across restarts. */
  readonly repeat: 'safe' | 'once';
  /** Something moves while it runs: the signal aborts when the caller has not renewed for `leaseMs`. */
  readonly moving?: { readonly leaseMs: number };
  readonly run: (args: z.infer<Args>, options: RunOptions) => Promise<RunResult>;
}

/** A function as the device keeps it: its schema is closed over. */
export interface DeviceFunction {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly repeat: 'safe' | 'once';
  readonly leaseMs: number | null;
  /** The sentence against these arguments, or null when they fit. */
  readonly objection: (args: unknown) => string | null;
  /** Never rejects. */
  readonly run: (args: unknown, options: RunOptions) => Promise<WireOutcome>;
}

/**
 * @throws TentacleError BAD_FUNCTION for a name that is not lower_snake_case or a lease outside 200 ms to 60 s.
 */
export function defineFunction<Args extends z.ZodObject>(options: FunctionOptions<Args>): DeviceFunction {
  const leaseMs = options.moving?.leaseMs ?? null;
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(options.name))
    throw badFunction(`"${options.name}" is not a lower_snake_case name`);
  if (leaseMs !== null && !(leaseMs >= 200 && leaseMs <= 60_000)) throw badFunction(`a lease of ${leaseMs} ms`);
  return {
    name: options.name,
    description: options.description ?? '',
    inputSchema: z.toJSONSchema(options.args, { io: 'input' }),
    repeat: options.repeat,
    leaseMs,
    objection: (args) => {
      const parsed = options.args.safeParse(args);
      return parsed.success ? null : peerWords(z.prettifyError(parsed.error));
    },
    run: async (args, runOptions) => {
      try {
        return outcomeOf(await options.run(options.args.parse(args), runOptions));
      } catch (error) {
        return failedBy(error);
      }
    },
  };
}

function outcomeOf(result: RunResult): WireOutcome {
  if ('refused' in result) return { status: 'refused', reason: 'device', why: peerWords(result.refused) };
  const { data, prior } = result;
  return {
    status: 'done',
    proof: result.readBack ? 'read-back' : 'device-said',
    receipt: peerWords(result.receipt),
    ...(data === undefined ? {} : { data: { value: data, text: peerWords(String(data)) } }),
    ...(prior === undefined ? {} : { prior: { ...prior } }),
  };
}

function failedBy(error: unknown): WireOutcome {
  if (error instanceof TentacleError) {
    return { status: 'failed', message: peerWords(error.failure.message), next: peerWords(error.failure.next) };
  }
  return { status: 'failed', message: causeWords(error) };
}

function badFunction(what: string): TentacleError {
  return new TentacleError({
    code: 'BAD_FUNCTION',
    fault: 'user',
    message: `A function cannot be offered: ${what}.`,
    next: 'Correct its definition.',
  });
}
