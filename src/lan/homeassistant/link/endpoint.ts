import { isIP } from 'node:net';
import { isLoopbackAddress, isPrivateAddress } from '../../../platform/host-reach.js';
import { notAnAddress, plainRefused } from '../failures.js';

/** Where Home Assistant is reached, and how safely. */
export interface Endpoint {
  /** Of the WebSocket: ws(s)://host:port/api/websocket */
  readonly url: URL;
  /** Whether everything is encrypted on the way. */
  readonly isSecure: boolean;
  /** For a person: "homeassistant.local:8123". */
  readonly shown: string;
  /** What a person should know about this way, or null. */
  readonly warning: string | null;
}

const SCHEMES: Readonly<Record<string, 'ws:' | 'wss:'>> = {
  'http:': 'ws:',
  'https:': 'wss:',
  'ws:': 'ws:',
  'wss:': 'wss:',
};

/**
 * The WebSocket's address from Home Assistant's own.
 *
 * @throws TentacleError BAD_ADDRESS for what is no address; HA_PLAIN_REFUSED for unencrypted http to a public IP address.
 * Names are checked where they are resolved, at every connecting.
 */
export function endpointOf(address: string): Endpoint {
  if (!URL.canParse(address)) throw notAnAddress(address, 'it is not a URL.');
  const given = new URL(address);
  const scheme = SCHEMES[given.protocol];
  if (!scheme) throw notAnAddress(address, 'it begins neither with https nor with http.');
  if (given.username !== '' || given.password !== '') throw notAnAddress('…', 'it holds a user name or password.');
  const path = given.pathname.replace(/\/+$/, '').replace(/\/api\/websocket$/, '');
  const url = new URL(`${scheme}//${given.host}${path}/api/websocket`);
  const host = given.hostname.replace(/^\[|\]$/g, '');
  const isSecure = scheme === 'wss:';
  if (!isSecure && isIP(host) !== 0 && !isPrivateAddress(host)) throw plainRefused(host);
  const isHere = host === 'localhost' || isLoopbackAddress(host);
  const warning = isSecure || isHere ? null : PLAIN_WARNING;
  return { url, isSecure, shown: given.host, warning };
}

const PLAIN_WARNING =
  'Unencrypted: anybody in this network can read the access token. Give Home Assistant https, or keep the network to yourself.';
