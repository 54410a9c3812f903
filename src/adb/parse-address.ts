import { TentacleError } from '../core/failure.js';
import type { TcpAddress } from './link/tcp-connection.js';

/** The port adbd listens on when nobody said another. */
const DEFAULT_PORT = 5555;

/**
 * "192.168.1.20:5555", "phone.local" or "[::1]:5555".
 *
 * @throws TentacleError BAD_ADDRESS.
 */
export function parseAddress(text: string): TcpAddress {
  const match = /^(?:\[([0-9a-fA-F:.%a-z]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text.trim());
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? DEFAULT_PORT : Number(match[3]);
  if (host !== undefined && port >= 1 && port <= 65_535) return { host, port };
  throw new TentacleError({
    code: 'BAD_ADDRESS',
    fault: 'user',
    message: `"${text.slice(0, 100)}" is not the address of a phone.`,
    next: 'Write it as host:port, for example 192.168.1.20:5555.',
  });
}
