import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { isThisPc } from '../../platform/host-reach.js';

/**
 * The address that a model is downloaded from: https, or http on this computer alone. `mirror` is a base URL that takes
 * the place of huggingface.co's scheme and host, for networks that do not reach it. Failures: BAD_MODEL_URL,
 * BAD_MODEL_MIRROR.
 */
export function downloadAddress(text: string, mirror: string | undefined): Result<URL, Failure> {
  const asked = parseUrl(text);
  if (!asked) return err(badUrl(text, 'It cannot be read as a URL.'));
  const url = mirror ? mirrored(asked, mirror) : asked;
  if (!url) return err(badMirror(mirror ?? ''));
  if (url.username !== '' || url.password !== '') return err(badUrl(text, 'It holds a name or a password.'));
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isThisPc(url))) return ok(url);
  return err(badUrl(text, 'Models are downloaded over https alone.'));
}

/** An address as it may be shown and kept: without the query, in which download links carry keys. */
export function publicPart(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

function mirrored(url: URL, mirror: string): URL | null {
  if (url.hostname !== 'huggingface.co') return url;
  const base = parseUrl(mirror);
  return base && parseUrl(`${base.origin}${base.pathname.replace(/\/+$/, '')}${url.pathname}${url.search}`);
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function badUrl(text: string, why: string): Failure {
  return {
    code: 'BAD_MODEL_URL',
    fault: 'user',
    message: `The address ${withoutQuery(text)} is not used. ${why}`,
    next: 'Give an address such as https://example.org/model.gguf.',
  };
}

function withoutQuery(text: string): string {
  const url = parseUrl(text);
  return url && url.origin !== 'null' ? publicPart(url) : (text.split('?')[0] ?? '');
}

function badMirror(mirror: string): Failure {
  return {
    code: 'BAD_MODEL_MIRROR',
    fault: 'user',
    message: `TENTACLE_MODEL_MIRROR is set to ${mirror}, which cannot be read as a URL.`,
    next: 'Set it to a base such as https://mirror.example.org, or unset it.',
  };
}
