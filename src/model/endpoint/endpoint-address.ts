import { isIP } from 'node:net';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { addressRefused } from './endpoint-failures.js';

/** The host without the brackets that URLs put around IPv6. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.');
  if (isIP(host) === 6) return host === '::1' || /^::ffff:7f[0-9a-f]{2}:/.test(host);
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Networks that the internet does not route: RFC 1918, RFC 3927, RFC 4193, RFC 4291. */
function isPrivate(host: string): boolean {
  if (isIP(host) === 4) return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/.test(host);
  return isIP(host) === 6 && /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/.test(host);
}

/** Whether sentences sent to this address leave this PC; an address that cannot be read counts as leaving. */
export function leavesThisPc(url: string): boolean {
  return !URL.canParse(url) || !isLoopback(hostOf(new URL(url)));
}

/**
 * The address that plans are asked at, from an endpoint's base URL ("http://127.0.0.1:11434/v1"). Unencrypted http is
 * allowed to this PC and to private addresses only: names of a local network may lead anywhere.
 */
export function completionsUrl(base: string): Result<URL, Failure> {
  if (!URL.canParse(base)) return err(addressRefused('It is not a URL.'));
  const url = new URL(base);
  const host = hostOf(url);
  if (url.username !== '' || url.password !== '') return err(addressRefused('It holds a user name or password.'));
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return err(addressRefused('It is neither https nor http.'));
  if (url.protocol === 'http:' && !isLoopback(host) && !isPrivate(host))
    return err(addressRefused('Sentences would travel unencrypted over the internet.'));
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`;
  url.hash = '';
  return ok(url);
}
