import { connect } from 'node:net';
import { MaybeConsumable, PushReadableStream, type ReadableWritablePair, tryClose } from '@yume-chan/stream-extra';
import { linkLost } from '../failures.js';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** A TCP socket as the web streams that Tango reads and writes. */
export interface TcpConnection extends ReadableWritablePair<Uint8Array, MaybeConsumable<Uint8Array>> {
  /** Resolves when the socket is gone, for whatever reason. */
  readonly closed: Promise<undefined>;
  /** Ends at once, without waiting for the peer. */
  close(): void;
}

/** How often a silent peer is asked whether it is still there, in milliseconds. */
const KEEP_ALIVE_MS = 10_000;

/**
 * Opens a TCP connection; the signal ends it, before and after it stands. A reset ends both streams (Tango's own Node
 * connector leaves the reader waiting for ever then).
 *
 * @throws TentacleError LINK_LOST when nobody listens there; the signal's reason.
 */
export async function connectTcp(address: TcpAddress, signal: AbortSignal): Promise<TcpConnection> {
  signal.throwIfAborted();
  const socket = connect({ host: address.host, port: address.port });
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  const destroy = (): void => void socket.destroy();
  signal.addEventListener('abort', destroy, { once: true });
  const closed = new Promise<undefined>((resolve) => {
    socket.once('close', () => {
      signal.removeEventListener('abort', destroy);
      resolve(undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', (error) => reject(linkLost(error)));
    socket.once('close', () => reject(signal.aborted ? signal.reason : linkLost('closed while connecting')));
  });
  return {
    readable: new PushReadableStream<Uint8Array>((controller) => {
      socket.on('data', (data: Buffer) => {
        if (controller.abortSignal.aborted) return;
        const taken = controller.enqueue(data);
        if (typeof taken === 'boolean') return;
        socket.pause();
        void Promise.resolve(taken).then(() => socket.resume());
      });
      socket.once('error', () => {});
      socket.once('close', () => tryClose(controller));
    }),
    writable: new MaybeConsumable.WritableStream<Uint8Array>({
      // Bytes for a peer that is gone are dropped: `closed` tells everybody who waits for an answer. Tango acknowledges and
      // closes streams without looking at the result, so a rejection here would be nobody's and end the process.
      write: (chunk) =>
        socket.destroyed ? undefined : new Promise<void>((resolve) => void socket.write(chunk, () => resolve())),
    }),
    closed,
    close: destroy,
  };
}
