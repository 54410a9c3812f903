import { err, ok, type Result } from '../../core/result.js';

const SCHEMES = new Set(['http:', 'https:', 'mailto:']);

/** "example.com:8080/a" and "localhost:3000" have the form of a scheme, and are a host with a port. */
const HOST_AND_PORT = /^[^/?#:\s@]+:\d{1,5}(?:[/?#]|$)/;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const EMAIL = /^[^\s/?#:@]+@[^\s/?#:@]+\.[^\s/?#:@]+$/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** What a mail may be filled with. Some programs take a file along for "attach=". */
const MAIL_HEADERS = new Set(['to', 'cc', 'bcc', 'subject', 'body', 'in-reply-to']);

const SAY_WHOLE = 'Say the whole address, such as "wikipedia.org".';

/**
 * The address that a browser or a mail program may be given, in the normal form of the URL standard; else why not, in a
 * sentence. Pages (http, https) and mail (mailto) alone: "javascript:", "file:", "data:" and the schemes of other programs
 * run or show what is on this computer. A bare domain gets https, and a
 * bare localhost or IP address http.
 */
export function parseWebAddress(said: string): Result<URL, string> {
  const url = parse(said.trim());
  if (!url) return err(`"${shorten(said)}" is not an address of a web page. ${SAY_WHOLE}`);
  if (!SCHEMES.has(url.protocol)) {
    return err(`Addresses that begin with "${shorten(url.protocol)}" are not opened: only web pages and mail are.`);
  }
  if (url.protocol === 'mailto:') return checkMail(url);
  // "https://bank.com@evil.com" reads like the bank, and opens the other.
  if (url.username !== '' || url.password !== '') {
    return err('An address with a user name or a password in it is not opened: it can hide where it leads.');
  }
  return ok(url);
}

function parse(said: string): URL | null {
  if (said === '') return null;
  if (!HOST_AND_PORT.test(said) && SCHEME.test(said)) return toUrl(said);
  if (EMAIL.test(said)) return toUrl(`mailto:${said}`);
  const rest = said.replace(/^\/\//, '');
  const url = toUrl(`https://${rest}`);
  if (!url || /\s/.test(said)) return null;
  // What has no name in the world has no certificate either: a router, a program of one's own.
  if (isUnnamed(url.hostname)) return toUrl(`http://${rest}`);
  // The standard itself takes "hello" for a host; a person who says so means something else.
  return /.\../.test(url.hostname) ? url : null;
}

const isUnnamed = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.startsWith('[') || IPV4.test(hostname);

function checkMail(url: URL): Result<URL, string> {
  const strange = [...url.searchParams.keys()].find((name) => !MAIL_HEADERS.has(name.toLowerCase()));
  return strange === undefined ? ok(url) : err(`A mail is not prepared with "${shorten(strange)}" set from outside.`);
}

function toUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
