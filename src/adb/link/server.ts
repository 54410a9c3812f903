import { AdbServerStream, type AdbSocket } from '@yume-chan/adb';
import { orAbort } from '../../core/deadline.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { linkLost } from '../failures.js';
import { isLoopback, isNetworkSerial, type ListedDevice, parseDeviceList } from './device-list.js';
import type { Link } from './link.js';
import { connectTcp, type TcpAddress } from './tcp-connection.js';

/** The protocol version all adb servers since 2018 speak; another one is refused, as adb's own client does. */
export const ADB_SERVER_VERSION = 41;

/** The length before every answer; four digits, so no answer is longer than 65,535 bytes. */
const HEX_LENGTH = /^[0-9a-fA-F]{4}$/;

/**
 * The user's adb server, as its guest: it is asked and listened to, never started, restarted or killed (two tools that fight
 * over the server drop each other's phones).
 */
export class AdbServer {
  readonly address: TcpAddress;

  constructor(address: TcpAddress) {
    this.address = address;
  }

  /**
   * Checks that the server is one we can talk to.
   *
   * @throws TentacleError ADB_SERVER_DOWN, ADB_SERVER_MISMATCH, or the signal's reason.
   */
  async checkVersion(signal: AbortSignal): Promise<void> {
    const said = await this.#ask('host:version', signal);
    const version = Number.parseInt(said, 16);
    if (version === ADB_SERVER_VERSION) return;
    throw new TentacleError(mismatch(said, this.address));
  }

  /** The devices the server knows, as it lists them now. */
  async devices(signal: AbortSignal): Promise<readonly ListedDevice[]> {
    return parseDeviceList(await this.#ask('host:devices-l', signal));
  }

  /**
   * Calls back with the whole list at once and after every change, until the server goes (rejects with LINK_LOST) or the
   * signal ends it.
   */
  async track(signal: AbortSignal, onList: (devices: readonly ListedDevice[]) => void): Promise<never> {
    const stream = await this.#request('host:track-devices-l', signal);
    for (;;) onList(parseDeviceList(await readText(stream, signal)));
  }

  /** A link to one listed device; its owner closes it when the list says that the device is gone. */
  link(listed: ListedDevice & { readonly transportId: bigint }, features: ReadonlySet<string>): ServerLink {
    return new ServerLink(this, listed, features);
  }

  /** What the device's adbd can do. */
  async features(transportId: bigint, signal: AbortSignal): Promise<ReadonlySet<string>> {
    return new Set((await this.#ask(`host-transport-id:${transportId}:features`, signal)).split(','));
  }

  async openService(
    transportId: bigint,
    service: string,
    options: { signal: AbortSignal; onSent?: (() => void) | undefined },
  ): Promise<AdbSocket> {
    const stream = await this.#request(`host:transport-id:${transportId}`, options.signal);
    options.onSent?.();
    try {
      await orAbort(stream.writeString(service), options.signal);
      await orAbort(stream.readOkay(), options.signal);
    } catch (error) {
      void stream.dispose();
      throw options.signal.aborted ? options.signal.reason : linkLost(error);
    }
    return { service, ...stream.release() };
  }

  async #ask(request: string, signal: AbortSignal): Promise<string> {
    const stream = await this.#request(request, signal);
    try {
      return await readText(stream, signal);
    } finally {
      void stream.dispose();
    }
  }

  /** One connection a request: the signal closes it, whatever Tango is waiting for. */
  async #request(request: string, signal: AbortSignal): Promise<AdbServerStream> {
    const connection = await connectTcp(this.address, signal).catch((error: unknown) => {
      throw signal.aborted ? signal.reason : new TentacleError(serverDown(this.address), { cause: error });
    });
    const stream = new AdbServerStream(connection);
    try {
      await orAbort(stream.writeString(request), signal);
      await orAbort(stream.readOkay(), signal);
      return stream;
    } catch (error) {
      connection.close();
      if (signal.aborted) throw signal.reason;
      throw linkLost(error);
    }
  }
}

async function readText(stream: AdbServerStream, signal: AbortSignal): Promise<string> {
  const decoder = new TextDecoder();
  try {
    const digits = decoder.decode(await orAbort(stream.readExactly(4), signal));
    if (!HEX_LENGTH.test(digits)) throw linkLost(`not an adb server's answer: ${digits}`);
    const length = Number.parseInt(digits, 16);
    return length === 0 ? '' : decoder.decode(await orAbort(stream.readExactly(length), signal));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw linkLost(error);
  }
}

export class ServerLink implements Link {
  readonly #server: AdbServer;
  readonly #transportId: bigint;
  readonly #gone = new AbortController();
  readonly features: ReadonlySet<string>;
  readonly isWireless: boolean;

  constructor(
    server: AdbServer,
    listed: ListedDevice & { readonly transportId: bigint },
    features: ReadonlySet<string>,
  ) {
    this.#server = server;
    this.#transportId = listed.transportId;
    this.isWireless = isNetworkSerial(listed.serial) && !isLoopback(listed.serial);
    this.features = features;
  }

  get lost(): AbortSignal {
    return this.#gone.signal;
  }

  async open(service: string, options: { signal: AbortSignal; onSent?: (() => void) | undefined }): Promise<AdbSocket> {
    this.lost.throwIfAborted();
    const opened = this.#server.openService(this.#transportId, service, options);
    try {
      return await orAbort(opened, this.lost);
    } catch (error) {
      opened.then((socket) => socket.close()).catch(() => {});
      throw error;
    }
  }

  close(): void {
    this.#gone.abort(linkLost('the adb server no longer has the phone'));
  }
}

function serverDown(address: TcpAddress): Failure {
  return {
    code: 'ADB_SERVER_DOWN',
    fault: 'link',
    message: `No adb server runs at ${address.host}:${address.port}.`,
    next: 'For a phone on USB, run "adb start-server" once; Tentacle notices it by itself.',
  };
}

function mismatch(said: string, address: TcpAddress): Failure {
  const version = Number.parseInt(said, 16);
  return {
    code: 'ADB_SERVER_MISMATCH',
    fault: 'link',
    message: `The adb server at ${address.host}:${address.port} has version ${Number.isNaN(version) ? `"${said.slice(0, 20)}"` : version}, and Tentacle speaks version ${ADB_SERVER_VERSION}.`,
    next: 'Update the Android platform tools that started it. Tentacle leaves a server that others use alone.',
  };
}
