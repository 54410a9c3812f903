import { join } from 'node:path';
import type { DeviceKind } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import type { Result } from '../../core/result.js';
import { loadIdentity } from '../native/identity.js';
import { type PlainValue, PROFILE_VERSION } from '../native/profile.js';
import type { DeviceFunction } from './define-function.js';
import { DeviceCalls } from './device-calls.js';
import { DeviceClock } from './device-clock.js';
import { DeviceMcp } from './device-mcp.js';
import { DeviceRecord, type PairedComputer } from './device-record.js';
import { DeviceServer } from './device-server.js';
import { OutcomeFile } from './outcome-file.js';
import { PairEndpoint } from './pair-endpoint.js';
import { PairingWindow } from './pairing-window.js';
import { Publication } from './publication.js';

export interface DeviceOptions {
  readonly name: string;
  readonly kind: DeviceKind;
  readonly room?: string;
  /** "light", "lock", "vacuum"... */
  readonly deviceClass?: string;
  /** It is a simulation: reports say so. */
  readonly virtual?: boolean;
  /** Its key, its pairings and the outcomes of what must not run twice are kept here. One device a folder. */
  readonly folder: string;
  readonly functions: readonly DeviceFunction[];
  /** Shows the PIN where only somebody at the device sees it; null takes it away. */
  readonly onPin: (pin: string | null) => void;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** The address to listen on; all of this machine's by default. */
  readonly host?: string;
  /** "host:port" by which it is also reached, behind a forwarded port. */
  readonly hosts?: readonly string[];
  /** How long pairing stays open, in milliseconds; two minutes by default. */
  readonly pairingMs?: number;
  /** Whether the network is told where it is; so by default, unless it listens on this machine alone. */
  readonly announce?: boolean;
  /** Computers that may command it without a PIN, by the fingerprints of their keys. They are not kept. */
  readonly trusted?: readonly string[];
}

/** A device that runs. */
export interface RunningDevice extends AsyncDisposable {
  readonly id: string;
  readonly address: string;
  readonly port: number;
  /** SHA-256 of its key, in hex. */
  readonly fingerprint: string;
  readonly pairing: {
    readonly isOpen: boolean;
    /** Shows a new PIN for two minutes and five tries. */
    open(): Promise<string>;
    close(): void;
  };
  /** The computers that may command it. */
  readonly pins: readonly PairedComputer[];
  /** From now on this computer may do nothing, and its connections are cut. */
  revoke(fingerprint: string): Promise<Result<void, Failure>>;
  /** Changes a named value that paired computers see. */
  setState(name: string, value: PlainValue): void;
  stop(): Promise<void>;
}

/**
 * Starts a device that paired computers can command.
 *
 * @throws TentacleError IDENTITY_UNREADABLE, DEVICE_RECORD_UNREADABLE, DEVICE_RECORD_NOT_SAVED, BAD_FUNCTION (two of one
 * name), and what the system says of a port that is taken.
 */
export async function createDevice(options: DeviceOptions): Promise<RunningDevice> {
  const names = new Set(options.functions.map(({ name }) => name));
  if (names.size !== options.functions.length) throw twoOfOneName();
  const identity = await loadIdentity(options.folder);
  const record = await DeviceRecord.open(options.folder);
  const file = await OutcomeFile.open(join(options.folder, 'calls'));
  const clock = new DeviceClock();
  const calls = new DeviceCalls(options.functions, clock, file);
  const state = new Map<string, PlainValue>();
  const facts = {
    v: PROFILE_VERSION,
    id: record.id,
    name: options.name,
    kind: options.kind,
    room: options.room ?? null,
    deviceClass: options.deviceClass ?? null,
    virtual: options.virtual ?? false,
  } as const;
  const mcp = new DeviceMcp({ facts, functions: options.functions, calls, clock, state });
  let publication: Publication | null = null;
  const window = new PairingWindow({
    device: identity.fingerprint,
    onPin: (pin) => {
      options.onPin(pin);
      publication?.renew();
    },
    ...(options.pairingMs === undefined ? {} : { windowMs: options.pairingMs }),
  });
  const pair = new PairEndpoint({ window, record, name: options.name });
  const address = options.host ?? '0.0.0.0';
  const trusted = new Set(options.trusted);
  const server = await DeviceServer.listen({
    identity,
    host: address,
    port: options.port ?? 0,
    hosts: options.hosts ?? [],
    isPinned: (fingerprint) => record.has(fingerprint) || trusted.has(fingerprint),
    pair: (computer, request) => pair.handle(computer, request),
    mcp: (computer, request, response) => mcp.handle(computer, request, response),
  }).catch(async (error: unknown) => {
    await calls[Symbol.asyncDispose]();
    throw error;
  });
  if (options.announce ?? !isLoopback(address)) {
    const { fingerprint } = identity;
    const announcement = () => ({ id: record.id, fingerprint, name: options.name, isPairing: window.isOpen });
    publication = new Publication({ announcement, port: server.port });
  }
  let stopped: Promise<void> | null = null;
  const stop = (): Promise<void> => {
    stopped ??= (async () => {
      const told = publication;
      publication = null;
      window.close();
      await told?.[Symbol.asyncDispose]();
      await calls[Symbol.asyncDispose]();
      await mcp.close();
      await server[Symbol.asyncDispose]();
    })();
    return stopped;
  };
  return {
    id: record.id,
    address,
    port: server.port,
    fingerprint: identity.fingerprint,
    pairing: {
      get isOpen() {
        return window.isOpen;
      },
      open: () => window.open(),
      close: () => window.close(),
    },
    get pins() {
      return record.computers;
    },
    revoke: (fingerprint) => {
      const saved = record.remove(fingerprint);
      server.cut(fingerprint);
      return saved;
    },
    setState: (name, value) => {
      if (state.get(name) === value) return;
      state.set(name, value);
      mcp.stateChanged();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

function twoOfOneName(): TentacleError {
  return new TentacleError({
    code: 'BAD_FUNCTION',
    fault: 'user',
    message: 'Two functions of this device have one name.',
    next: 'Rename one of them.',
  });
}
