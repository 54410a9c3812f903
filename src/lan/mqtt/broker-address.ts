import { isIP } from 'node:net';
import { TentacleError } from '../../core/failure.js';
import { isPrivateAddress } from '../../platform/host-reach.js';

/** Where a broker is, taken from its URL. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  readonly isEncrypted: boolean;
  /** From the URL, where they stand in it. */
  readonly username: string | null;
  readonly password: string | null;
}

const PROTOCOLS: ReadonlyMap<string, { readonly port: number; readonly isEncrypted: boolean }> = new Map([
  ['mqtt:', { port: 1883, isEncrypted: false }],
  ['tcp:', { port: 1883, isEncrypted: false }],
  ['mqtts:', { port: 8883, isEncrypted: true }],
  ['ssl:', { port: 8883, isEncrypted: true }],
]);

/** @throws TentacleError BAD_ADDRESS for anything but mqtt://host[:port] and mqtts://host[:port]. */
export function parseBrokerUrl(text: string): BrokerAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const protocol = url && PROTOCOLS.get(url.protocol);
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  if (!url || !protocol || host === '') throw badAddress();
  return {
    host,
    port: url.port === '' ? protocol.port : Number(url.port),
    isEncrypted: protocol.isEncrypted,
    username: decoded(url.username),
    password: decoded(url.password),
  };
}

function decoded(part: string): string | null {
  if (part === '') return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** This machine, or a network that the internet does not route: RFC 1918, 3927, 4193, 4291; a bare or .local name. */
export function isNearby(host: string): boolean {
  const name = host.toLowerCase();
  if (isIP(name) !== 0) return isPrivateAddress(name);
  return !name.includes('.') || /\.(?:local|localhost|lan|home|internal|home\.arpa)$/.test(name);
}

function badAddress(): TentacleError {
  return new TentacleError({
    code: 'BAD_ADDRESS',
    fault: 'user',
    message: 'This is no address of an MQTT broker.',
    next: 'Write it as mqtt://host:1883 or mqtts://host:8883.',
  });
}
