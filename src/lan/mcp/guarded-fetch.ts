import type { FetchLike } from '@modelcontextprotocol/client';
import type { TentacleError } from '../../core/failure.js';
import { certificateNotTrusted, linkLost, notReached, sessionEnded, tooMuch, unauthorized } from './mcp-failures.js';

/** The most bytes of one answer. A stream of changes that has carried as many ends, and is opened anew. */
export const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

export interface GuardedFetchOptions {
  /** What the server is called, for sentences. */
  readonly name: string;
  readonly hasToken: boolean;
  /** The link as a whole is of no use any more. The request that found out has its own error. */
  readonly onLost: (why: TentacleError) => void;
  /** An answer was cut. The library does not know, and waits for the rest of it. */
  readonly onCut: (why: TentacleError) => void;
}

/** HTTP as the protocol's library needs it, with our words for what goes wrong, and with a limit for every answer. */
export function guardedFetch(options: GuardedFetchOptions): FetchLike {
  return async (url, init) => {
    const response = await reached(url, init, options);
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel();
      const refused = unauthorized(options.name, options.hasToken);
      options.onLost(refused);
      throw refused;
    }
    const headers = new Headers(init?.headers);
    if (response.status === 404 && headers.has('mcp-session-id')) {
      await response.body?.cancel();
      const ended = sessionEnded(options.name);
      options.onLost(ended);
      throw ended;
    }
    if (!response.body) return response;
    const { status, statusText } = response;
    const body = limited(response.body, init?.signal ?? null, isLongLived(init, headers), options);
    return new Response(body, { status, statusText, headers: response.headers });
  };
}

async function reached(
  url: string | URL,
  init: RequestInit | undefined,
  { name, onLost }: GuardedFetchOptions,
): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    const failure = unsentBecause(name, error) ?? linkLost(name, causeOf(error));
    onLost(failure);
    throw failure;
  }
}

/** Streams that wait for changes come and go: none of them is a call. */
function isLongLived(init: RequestInit | undefined, headers: Headers): boolean {
  return (init?.method ?? 'GET') === 'GET' || headers.get('mcp-method') === 'subscriptions/listen';
}

/** The body, cut at the limit. */
function limited(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal | null,
  isLongLived: boolean,
  { name, onCut }: GuardedFetchOptions,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let bytes = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        bytes += value.byteLength;
        if (bytes > MAX_ANSWER_BYTES) throw tooMuch(name);
        controller.enqueue(value);
      } catch (error) {
        controller.error(error);
        reader.cancel(error).catch(() => {});
        if (!signal?.aborted && !isLongLived) onCut(bytes > MAX_ANSWER_BYTES ? tooMuch(name) : linkLost(name, error));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** What went wrong before the first byte of a request, or null where it may have been later. */
function unsentBecause(name: string, error: unknown): TentacleError | null {
  const cause = causeOf(error);
  const code = wordOf(cause, 'code');
  if (/^(ERR_TLS_|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/.test(code)) return certificateNotTrusted(name, cause);
  const isConnecting = ['connect', 'getaddrinfo'].includes(wordOf(cause, 'syscall'));
  // Where several addresses were tried, each has its own error and the whole has none of these words but the code.
  return isConnecting || code === 'ECONNREFUSED' || code === 'UND_ERR_CONNECT_TIMEOUT' ? notReached(name, cause) : null;
}

/** What fetch wraps into "fetch failed". */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function wordOf(error: unknown, key: 'code' | 'syscall'): string {
  if (!(error instanceof Error) || !(key in error)) return '';
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}
