import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPrivateAddress } from '../../../platform/host-reach.js';
import { plainRefused } from '../failures.js';

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
