import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { publicPart } from './download-address.js';

const MAX_REDIRECTS = 5;

export interface RemoteRequest {
  readonly method: 'GET' | 'HEAD';
  /** The first byte wanted, and the entity tag that the bytes before it came from; null for the whole file. */
  readonly resume: { readonly offset: number; readonly etag: string } | null;
  readonly signal: AbortSignal;
}

/**
 * Opens a file on a server; the caller ends its body. Statuses 200, 206 and 416 are answers, others failures. Redirects
 * are followed to https alone, five at most. Failures: DOWNLOAD_UNREACHABLE, DOWNLOAD_NOT_FOUND, DOWNLOAD_REFUSED,
 * DOWNLOAD_REDIRECT. Throws the signal's reason.
 */
export async function openRemoteFile(url: URL, request: RemoteRequest): Promise<Result<Response, Failure>> {
  let at = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answered = await ask(at, request);
    if (!answered.ok) return answered;
    const response = answered.value;
    if (![301, 302, 303, 307, 308].includes(response.status)) return judged(response, at);
    await response.body?.cancel();
    const location = response.headers.get('location') ?? '';
    if (!URL.canParse(location, at.href)) return err(badRedirect(at, 'to an address that cannot be read'));
    const next = new URL(location, at);
    if (next.protocol !== 'https:')
      return err(badRedirect(at, `to ${next.protocol.replace(':', '')}, which is not safe`));
    at = next;
  }
  return err(badRedirect(url, `more than ${MAX_REDIRECTS} times`));
}

const SIZE_TIMEOUT_MS = 30_000;

/**
 * A file's size in bytes as its server gives it, without reading it; null when it does not say. Failures as of
 * {@link openRemoteFile}. Throws the signal's reason.
 */
export async function remoteSize(url: URL, signal: AbortSignal): Promise<Result<number | null, Failure>> {
  const deadline = AbortSignal.timeout(SIZE_TIMEOUT_MS);
  try {
    const request = { method: 'HEAD', resume: null, signal: AbortSignal.any([signal, deadline]) } as const;
    const opened = await openRemoteFile(url, request);
    // Servers that sign their links for GET refuse HEAD: the size is then learned with the first bytes.
    if (!opened.ok) return opened.error.code === 'DOWNLOAD_REFUSED' ? ok(null) : opened;
    return ok(lengthOf(opened.value));
  } catch (error) {
    signal.throwIfAborted();
    return err(unreachable(url, error));
  }
}

/** The length of a body that is not encoded; null when the server does not say. */
export function lengthOf(response: Response): number | null {
  const length = response.headers.get('content-length');
  return length !== null && /^\d{1,15}$/.test(length) ? Number(length) : null;
}

async function ask(url: URL, { method, resume, signal }: RemoteRequest): Promise<Result<Response, Failure>> {
  const headers = new Headers({ 'accept-encoding': 'identity' });
  if (resume) {
    headers.set('range', `bytes=${resume.offset}-`);
    headers.set('if-range', resume.etag);
  }
  try {
    return ok(await fetch(url, { method, headers, signal, redirect: 'manual' }));
  } catch (error) {
    signal.throwIfAborted();
    return err(unreachable(url, error));
  }
}

async function judged(response: Response, url: URL): Promise<Result<Response, Failure>> {
  if ([200, 206, 416].includes(response.status)) return ok(response);
  await response.body?.cancel();
  return err(refused(url, response.status));
}

/** The network's own words: fetch hides them in causes. */
export function networkWords(error: unknown): string {
  return error instanceof Error ? `${error.message} ${String(error.cause ?? '')}`.trim().slice(0, 500) : String(error);
}

function unreachable(url: URL, error: unknown): Failure {
  return {
    code: 'DOWNLOAD_UNREACHABLE',
    fault: 'link',
    message: `${url.host} could not be reached.`,
    next: 'Check the address and the internet connection, or set TENTACLE_MODEL_MIRROR, and try again.',
    detail: networkWords(error),
  };
}

function refused(url: URL, status: number): Failure {
  const why = new Map([
    [401, 'it wants a login'],
    [403, 'it does not allow it'],
    [404, 'the file is not there'],
    [410, 'the file is not there any more'],
    [429, 'too many asked'],
  ]);
  return {
    code: status === 404 || status === 410 ? 'DOWNLOAD_NOT_FOUND' : 'DOWNLOAD_REFUSED',
    fault: 'link',
    message: `${url.host} did not give the file: ${why.get(status) ?? 'it had a fault of its own'} (HTTP ${status}).`,
    next: 'Look at the address in a browser; a file that you have downloaded there can be added by its path.',
    detail: publicPart(url),
  };
}

function badRedirect(url: URL, how: string): Failure {
  return {
    code: 'DOWNLOAD_REDIRECT',
    fault: 'link',
    message: `${url.host} sent the download on ${how}. It was not followed.`,
    next: 'Use the address of another server.',
  };
}
