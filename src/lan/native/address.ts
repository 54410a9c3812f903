import { z } from 'zod';
import { TentacleError } from '../../core/failure.js';

/** Where a device answers: an IP address or a name, and a TCP port. */
export const addressSchema = z.object({
  host: z
    .string()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9._:%-]+$/),
  port: z.number().int().min(1).max(65_535),
});
export type Address = z.infer<typeof addressSchema>;

/**
 * Reads "host:port" or "[address]:port".
 *
 * @throws TentacleError BAD_ADDRESS
 */
export function parseAddress(text: string): Address {
  const parts = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(text.trim());
  const parsed = addressSchema.safeParse({ host: parts?.[1] ?? parts?.[2], port: Number(parts?.[3]) });
  if (parsed.success) return parsed.data;
  throw new TentacleError({
    code: 'BAD_ADDRESS',
    fault: 'user',
    message: `"${text}" is not the address of a device.`,
    next: 'Write it as host:port, such as 192.168.1.20:7420.',
  });
}

export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

export function sameAddress(one: Address, other: Address): boolean {
  return one.host === other.host && one.port === other.port;
}
