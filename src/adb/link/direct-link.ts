import {
  ADB_DAEMON_DEFAULT_FEATURES,
  type AdbCredentialStore,
  AdbDaemonTransport,
  AdbFeature,
  AdbPacket,
  type AdbPacketData,
  AdbPacketSerializeStream,
  AdbPublicKeyAuthenticator,
  AdbSignatureAuthenticator,
} from '@yume-chan/adb';
import { pipeFrom, type ReadableStream, StructDeserializeStream, TransformStream } from '@yume-chan/stream-extra';
import { orAbort } from '../../core/deadline.js';
import { linkLost, phoneFailure } from '../failures.js';
import { isLoopback } from './device-list.js';
import type { Link } from './link.js';
import { connectTcp, type TcpAddress, type TcpConnection } from './tcp-connection.js';

/** "STLS": the phone wants TLS with a paired key (wireless debugging of Android 11 and later). */
const STLS = 0x534c5453;

/** The largest payload adbd may send us (protocol: MAX_PAYLOAD, 1 MiB). */
const MAX_PAYLOAD = 1024 * 1024;

export interface DirectLinkOptions {
  readonly signal: AbortSignal;
  readonly keys: AdbCredentialStore;
  /** Called when the phone knows none of our keys and has been shown the public one: its user must allow it now. */
  readonly onPrompt: () => void;
}

/**
 * Connects to adbd itself: CNXN, then AUTH with each of our keys, then the prompt on the phone. Waits for the user there
 * until the signal ends it.
 *
 * @throws TentacleError LINK_LOST, TLS_REQUIRED, or the signal's reason.
 */
export async function connectDirect(address: TcpAddress, options: DirectLinkOptions): Promise<Link> {
  const closing = new AbortController();
  const tcp = await connectTcp(address, AbortSignal.any([options.signal, closing.signal]));
  const refusal: { error: Error | null } = { error: null };
  try {
    const transport = await orAbort(
      AdbDaemonTransport.authenticate({
        serial: `${address.host}:${address.port}`,
        connection: {
          readable: packetsOf(tcp, refusal),
          writable: pipeFrom(tcp.writable, new AdbPacketSerializeStream()),
        },
        credentialStore: options.keys,
        authenticators: [
          AdbSignatureAuthenticator,
          async function* (keys, next) {
            options.onPrompt();
            yield* AdbPublicKeyAuthenticator(keys, next);
          },
        ],
        // Delayed acknowledgement buys throughput for big transfers only, and a phone that is cut off while it is on can
        // have taken more of our bytes than it ever acknowledged.
        features: ADB_DAEMON_DEFAULT_FEATURES.filter((feature) => feature !== AdbFeature.DelayedAck),
        initialDelayedAckBytes: 0,
      }),
      options.signal,
    );
    return new DirectLink(transport, tcp, !isLoopback(address.host));
  } catch (error) {
    tcp.close();
    if (options.signal.aborted) throw options.signal.reason;
    throw refusal.error ?? linkLost(error);
  }
}

/** The packets of a connection; a frame that adbd cannot have sent ends it. */
function packetsOf(tcp: TcpConnection, refusal: { error: Error | null }): ReadableStream<AdbPacketData> {
  return tcp.readable
    .pipeThrough(new FrameGuard())
    .pipeThrough(new StructDeserializeStream(AdbPacket))
    .pipeThrough(
      new TransformStream<AdbPacketData, AdbPacketData>({
        transform(packet, controller) {
          if (packet.command === STLS) {
            refusal.error = phoneFailure(
              'TLS_REQUIRED',
              'The phone only takes paired wireless connections here.',
              'Connect it by USB, or pair it with adb ("adb pair") so that the adb server reaches it.',
            );
            controller.error(refusal.error);
            return;
          }
          controller.enqueue(packet);
        },
      }),
    );
}

/**
 * Checks every header before its payload is gathered: Tango would believe a length of 4 GiB and wait for it.
 */
class FrameGuard extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    const header = Buffer.alloc(24);
    let filled = 0;
    let payloadLeft = 0;
    super({
      transform(chunk, controller) {
        let at = 0;
        while (at < chunk.length) {
          if (payloadLeft > 0) {
            const step = Math.min(payloadLeft, chunk.length - at);
            payloadLeft -= step;
            at += step;
            continue;
          }
          const step = Math.min(24 - filled, chunk.length - at);
          header.set(chunk.subarray(at, at + step), filled);
          filled += step;
          at += step;
          if (filled < 24) continue;
          filled = 0;
          const isSound = (header.readUInt32LE(0) ^ header.readUInt32LE(20)) >>> 0 === 0xffff_ffff;
          payloadLeft = header.readUInt32LE(12);
          if (!isSound || payloadLeft > MAX_PAYLOAD) {
            controller.error(linkLost('a frame that is not adb'));
            return;
          }
        }
        controller.enqueue(chunk);
      },
    });
  }
}

class DirectLink implements Link {
  readonly #transport: AdbDaemonTransport;
  readonly #tcp: TcpConnection;
  readonly #gone = new AbortController();
  readonly features: ReadonlySet<string>;
  readonly isWireless: boolean;

  constructor(transport: AdbDaemonTransport, tcp: TcpConnection, isWireless: boolean) {
    this.isWireless = isWireless;
    this.#transport = transport;
    this.#tcp = tcp;
    this.features = new Set(transport.banner.features);
    const end = (cause: unknown): void => {
      this.#gone.abort(linkLost(cause));
      tcp.close();
    };
    transport.disconnected.then(() => end('the phone ended the connection'), end);
    void tcp.closed.then(() => end('the connection was closed'));
  }

  get lost(): AbortSignal {
    return this.#gone.signal;
  }

  async open(service: string, options: { signal: AbortSignal; onSent?: (() => void) | undefined }) {
    this.lost.throwIfAborted();
    options.onSent?.();
    const opened = Promise.resolve(this.#transport.connect(service));
    try {
      return await orAbort(orAbort(opened, this.lost), options.signal);
    } catch (error) {
      // A service that opens after nobody waits for it any more is closed, which ends its process on the phone.
      opened.then((socket) => socket.close()).catch(() => {});
      throw error instanceof Error && error.message === 'Socket open failed' ? refused(error) : error;
    }
  }

  close(): void {
    this.#tcp.close();
  }
}

function refused(cause: Error): Error {
  return phoneFailure(
    'SERVICE_REFUSED',
    'The phone refused to open a shell.',
    'Restart the phone and try again.',
    cause.message,
  );
}
