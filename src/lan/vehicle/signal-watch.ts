import type { ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { z } from 'zod';
import { orAbort } from '../../core/deadline.js';
import { TentacleError } from '../../core/failure.js';
import { kuksaFailure, unreadable } from './kuksa-failure.js';
import { type Scalar, scalarOf, wireValueSchema } from './signal-value.js';

const subscribeSchema = z.object({
  entries: z.record(z.string(), z.object({ value: wireValueSchema.nullish() })),
});

export type SignalValues = ReadonlyMap<string, Scalar | null>;

interface Waiter {
  readonly isSo: (values: SignalValues) => boolean;
  readonly resolve: () => void;
  readonly reject: (error: TentacleError) => void;
}

/** A subscription: the values of some signals as the car last told them. */
export class SignalWatch implements Disposable {
  readonly #stream: ClientReadableStream<object> | null;
  readonly #name: string;
  readonly #values = new Map<string, Scalar | null>();
  readonly #wanted: ReadonlySet<string>;
  readonly #waiters = new Set<Waiter>();
  #ended: TentacleError | null = null;
  #revision = 0;

  /** @param stream null where there is nothing to hear of: the values stay empty. */
  constructor(stream: ClientReadableStream<object> | null, paths: readonly string[], name: string) {
    this.#stream = stream;
    this.#name = name;
    this.#wanted = new Set(paths);
    stream?.on('data', (message: unknown) => this.#take(message));
    stream?.on('error', (error: ServiceError) => this.#end(kuksaFailure(error, name)));
    stream?.on('end', () => this.#end(closedByCar(name)));
  }

  /** The newest value of every signal that the car has told of; null where it said that it has none. */
  get values(): SignalValues {
    return this.#values;
  }

  /** Another number after every message of the car. */
  get revision(): number {
    return this.#revision;
  }

  /** A copy of the values as they are now. */
  snapshot(): SignalValues {
    return new Map(this.#values);
  }

  /** Resolves once the car has told the current values: a databroker does so at once, also of those that have none. */
  started(signal: AbortSignal): Promise<void> {
    return this.until((values) => values.size === this.#wanted.size, signal);
  }

  /** Resolves once the values are so, now or later. Rejects when the car ends the subscription, or with the signal's reason. */
  until(isSo: (values: SignalValues) => boolean, signal: AbortSignal): Promise<void> {
    if (isSo(this.#values)) return Promise.resolve();
    if (this.#ended) return Promise.reject(this.#ended);
    let waiter: Waiter | undefined;
    const settled = new Promise<void>((resolve, reject) => {
      waiter = { isSo, resolve, reject };
      this.#waiters.add(waiter);
    });
    return orAbort(settled, signal).finally(() => {
      if (waiter) this.#waiters.delete(waiter);
    });
  }

  /** Rejects with what ended the subscription, when it ends. */
  ended(signal: AbortSignal): Promise<void> {
    return this.until(() => false, signal);
  }

  [Symbol.dispose](): void {
    this.#end(closedByCar(this.#name));
    this.#stream?.cancel();
  }

  #take(message: unknown): void {
    if (this.#ended) return;
    const parsed = subscribeSchema.safeParse(message);
    if (!parsed.success) {
      this.#end(unreadable(this.#name, `Subscribe: ${parsed.error.message}`));
      this.#stream?.cancel();
      return;
    }
    for (const [path, datapoint] of Object.entries(parsed.data.entries)) {
      // Signals that nobody asked for would let the car fill our memory.
      if (this.#wanted.has(path)) this.#values.set(path, scalarOf(datapoint.value));
    }
    this.#revision += 1;
    for (const waiter of [...this.#waiters]) if (waiter.isSo(this.#values)) waiter.resolve();
  }

  #end(error: TentacleError): void {
    if (this.#ended) return;
    this.#ended = error;
    for (const waiter of [...this.#waiters]) waiter.reject(error);
  }
}

function closedByCar(name: string): TentacleError {
  return new TentacleError({
    code: 'LINK_LOST',
    fault: 'link',
    message: `${name} ended the connection.`,
    next: 'Look whether it is switched on and in the network; Tentacle reconnects by itself.',
  });
}
