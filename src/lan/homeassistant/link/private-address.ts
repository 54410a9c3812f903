import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { plainRefused } from '../failures.js';

/** Addresses that no router of the internet forwards: loopback, RFC 1918, RFC 3927, RFC 4193, RFC 4291 link-local. */
const ownNetworks = new BlockList();
ownNetworks.addSubnet('127.0.0.0', 8);
ownNetworks.addSubnet('10.0.0.0', 8);
ownNetworks.addSubnet('172.16.0.0', 12);
ownNetworks.addSubnet('192.168.0.0', 16);
ownNetworks.addSubnet('169.254.0.0', 16);
ownNetworks.addAddress('::1', 'ipv6');
ownNetworks.addSubnet('fc00::', 7, 'ipv6');
ownNetworks.addSubnet('fe80::', 10, 'ipv6');

/** Whether an IP address is of this computer or of a network that the internet does not route. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && ownNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** Whether an address is of this very computer. */
export function isLoopback(address: string): boolean {
  return address === '::1' || (isIP(address) === 4 && address.startsWith('127.'));
}

/**
 * Resolves names to addresses of the own network only. The check is made on the addresses that are then connected to: a
 * name that looks local ("homeassistant.local") may resolve to anything.
 */
export const privateLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { family: options.family ?? 0, hints: options.hints ?? 0, all: true }, (error, found) => {
    if (error) return callback(error, []);
    const own = found.filter(({ address }) => isPrivateAddress(address));
    const [first] = own;
    if (!first) return callback(plainRefused(hostname), []);
    return options.all ? callback(null, own) : callback(null, first.address, first.family);
  });
};
