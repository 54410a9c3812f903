import { TentacleError } from '../../core/failure.js';
import { isLoopbackAddress } from '../../platform/host-reach.js';

/** Where a databroker listens unless said otherwise. */
export const KUKSA_PORT = 55_555;

const ADDRESS = /^(?:\[(?<v6>[0-9a-fA-F:]+)\]|(?<name>[A-Za-z0-9._-]+))(?::(?<port>\d{1,5}))?$/;

export interface KuksaAddress {
  readonly host: string;
  /** What the library takes: "192.168.1.20:55555", "[fe80::1]:55555". No scheme, so that none but TCP is ever meant. */
  readonly target: string;
  /** Whether the bytes stay on this machine. */
  readonly isThisMachine: boolean;
}

/** @throws TentacleError BAD_ADDRESS for an address that is not "host" or "host:port". */
export function parseKuksaAddress(address: string): KuksaAddress {
  const parts = ADDRESS.exec(address.trim())?.groups;
  const host = parts?.['v6'] ?? parts?.['name'];
  const port = Number(parts?.['port'] ?? KUKSA_PORT);
  if (!host || port < 1 || port > 65_535) {
    throw new TentacleError({
      code: 'BAD_ADDRESS',
      fault: 'user',
      message: `"${address}" is not the address of a car.`,
      next: `Give host and port, such as 192.168.1.20:${KUKSA_PORT}.`,
    });
  }
  return {
    host,
    target: parts?.['v6'] ? `[${host}]:${port}` : `${host}:${port}`,
    isThisMachine: host === 'localhost' || isLoopbackAddress(host),
  };
}
