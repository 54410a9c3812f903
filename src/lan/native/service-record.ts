import { isIPv4 } from 'node:net';
import { z } from 'zod';
import { type Address, sameAddress } from './address.js';
import { deviceWords } from './device-words.js';
import { MAX_ADDRESSES } from './paired-devices.js';
import { MCP_PATH, PROFILE_VERSION } from './profile.js';

/** `_tentacle._tcp`, without what the library puts around it. */
export const SERVICE_TYPE = 'tentacle';

/** Bytes of a DNS label. */
const MAX_LABEL = 63;
const ID_DIGITS = 8;
const KEY_DIGITS = 16;

/** What a device says of itself to the whole network. None of it is proven. */
export interface Announcement {
  /** UUID. */
  readonly id: string;
  /** SHA-256 of its key, in hex. */
  readonly fingerprint: string;
  readonly name: string;
  readonly isPairing: boolean;
}

/** A device that the network tells of. */
export interface FoundDevice {
  readonly id: string;
  /** The first 16 hex digits of its fingerprint, as it says. */
  readonly key: string;
  readonly name: string;
  /** Where it may be, likeliest first. */
  readonly addresses: readonly Address[];
  readonly isPairing: boolean;
}

export function serviceText({ id, fingerprint, isPairing }: Announcement): Record<string, string> {
  const [v, pair] = [String(PROFILE_VERSION), isPairing ? '1' : '0'];
  return { v, id, p: MCP_PATH, k: fingerprint.slice(0, KEY_DIGITS), pair };
}

/** "Workshop 3f2a91bc": two devices of one name are two services. */
export function serviceName({ name, id }: Announcement): string {
  const suffix = ` ${id.slice(0, ID_DIGITS)}`;
  let label = deviceWords(name, 40).replaceAll('.', '-') || 'Device';
  while (Buffer.byteLength(label + suffix) > MAX_LABEL) label = [...label].slice(0, -1).join('');
  return label + suffix;
}

/** A host name of the service's own: the computer's own is its own responder's business. */
export const serviceHost = ({ id }: Announcement): string => `tentacle-${id.slice(0, ID_DIGITS)}.local`;

/** What the library makes of packets that anybody may send. */
const serviceSchema = z.object({
  name: z.string().max(255),
  port: z.number().int().min(1).max(65_535),
  addresses: z.array(z.string()).max(64).default([]),
  referer: z.object({ address: z.string() }).optional(),
  txt: z.object({
    v: z.literal(String(PROFILE_VERSION)),
    id: z.uuid().transform((id) => id.toLowerCase()),
    p: z.literal(MCP_PATH),
    k: z.string().regex(/^[0-9a-f]{16}$/),
    pair: z.enum(['0', '1']).default('0'),
  }),
});

/** The device behind a service that was seen; null for whatever is none, or is nowhere. */
export function foundDevice(service: unknown): FoundDevice | null {
  const parsed = serviceSchema.safeParse(service);
  if (!parsed.success) return null;
  const { name, port, txt, referer } = parsed.data;
  // Who sent it is there for sure; an address that it names only may be anywhere, and only this network is asked.
  const named = parsed.data.addresses.filter((address) => isIPv4(address) && isPrivate(address));
  const sender = referer && isIPv4(referer.address) && !isNowhere(referer.address) ? [referer.address] : [];
  const addresses = [...new Set([...sender, ...named])].slice(0, MAX_ADDRESSES).map((host) => ({ host, port }));
  if (addresses.length === 0) return null;
  const suffix = ` ${txt.id.slice(0, ID_DIGITS)}`;
  const plain = deviceWords(name.endsWith(suffix) ? name.slice(0, -suffix.length) : name, 60);
  return { id: txt.id, key: txt.k, name: plain || 'Device', addresses, isPairing: txt.pair === '1' };
}

/** What is heard of a device, and what was heard before: the new addresses first. */
export function withNews(before: FoundDevice | undefined, now: FoundDevice): FoundDevice {
  const others = (before?.addresses ?? []).filter((old) => !now.addresses.some((each) => sameAddress(each, old)));
  return { ...now, addresses: [...now.addresses, ...others].slice(0, MAX_ADDRESSES) };
}

function isPrivate(address: string): boolean {
  const [a = 0, b = 0] = address.split('.').map(Number);
  if (a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168)) return true;
  return (a === 169 && b === 254) || (a === 100 && b >= 64 && b < 128);
}

/** Loopback, multicast, "this network". */
function isNowhere(address: string): boolean {
  const first = Number(address.split('.')[0]);
  return first === 0 || first === 127 || first >= 224;
}
