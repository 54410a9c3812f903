import type { ServerWritableStream } from '@grpc/grpc-js';
import type { SignalStore, SignalUpdates, StoredSignal } from '../signal-store.js';
import { toDatapoint } from './messages.js';

export interface SubscriptionOptions {
  readonly signals: readonly StoredSignal[];
  /** How an entry is named in the messages: by path or by id. */
  readonly nameOf: (signal: StoredSignal) => string | number;
  /** Signals that this caller may not read: they are left out without a word. */
  readonly isHidden: (path: string) => boolean;
  /** Messages kept for a slow reader besides the latest. */
  readonly bufferSize: number;
  /** What comes earlier than this after the last message, in milliseconds, is lost. */
  readonly intervalMs: number;
}

/**
 * Sends the values of some signals, now and whenever they are told anew, until the caller goes. As in the databroker, the
 * least interval drops what comes too early, the final value too, and a slow reader misses the oldest messages.
 */
export function serveSubscription(
  stream: ServerWritableStream<unknown, unknown>,
  store: SignalStore,
  options: SubscriptionOptions,
): void {
  const wanted = new Set(options.signals);
  const waiting: object[] = [];
  let isFull = false;
  let lastAt = 0;

  const send = (updates: SignalUpdates): void => {
    const entries = [...updates].flatMap(([signal, point]) =>
      wanted.has(signal) && !options.isHidden(signal.path)
        ? [[options.nameOf(signal), toDatapoint(signal, point)]]
        : [],
    );
    const now = performance.now();
    if (entries.length === 0 || (lastAt > 0 && now - lastAt < options.intervalMs)) return;
    lastAt = now;
    waiting.push({ entries: Object.fromEntries(entries) });
    if (waiting.length > options.bufferSize + 1) waiting.shift();
    flush();
  };
  const flush = (): void => {
    while (!isFull) {
      const message = waiting.shift();
      if (!message) return;
      isFull = !stream.write(message);
    }
  };
  stream.on('drain', () => {
    isFull = false;
    flush();
  });

  const unlisten = store.listen(send);
  stream.on('cancelled', unlisten);
  stream.on('close', unlisten);
  stream.on('error', unlisten);
  send(new Map(options.signals.map((signal) => [signal, store.get(signal.path)])));
}
