import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Addresses that no router of the internet forwards: RFC 1918, RFC 3927, RFC 4193, RFC 4291 link-local. */
const privateNetworks = new BlockList();
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addSubnet('169.254.0.0', 16);
privateNetworks.addSubnet('fc00::', 7, 'ipv6');
privateNetworks.addSubnet('fe80::', 10, 'ipv6');

/** Whether an IP address is of this very computer. */
export const isLoopbackAddress = (address: string): boolean => isListed(loopback, address);

/** Whether an IP address is of this computer or of a network that the internet does not route. */
export const isPrivateAddress = (address: string): boolean =>
  isListed(loopback, address) || isListed(privateNetworks, address);

/** Whether a URL's host is this computer. Names other than localhost count as others: they may resolve to anything. */
export function isThisPc({ hostname }: URL): boolean {
  return hostname === 'localhost' || isListed(loopback, hostname);
}

/** Whether a URL's host is given by an address of the own network. */
export function isOwnNetwork({ hostname }: URL): boolean {
  return isListed(privateNetworks, hostname);
}

function isListed(list: BlockList, hostname: string): boolean {
  const address = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
