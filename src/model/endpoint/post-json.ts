import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import * as failures from './endpoint-failures.js';

/** A chat completion takes a few KiB. */
const MAX_RESPONSE_BYTES = 1_048_576;

export interface JsonRequest {
  readonly url: URL;
  readonly body: unknown;
  readonly key: string | null;
  /** The model's name, for messages. */
  readonly model: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** The body as text, or null when it is longer than the limit; what comes after the limit is not read. */
async function limitedText(response: Response): Promise<string | null> {
  if (Number(response.headers.get('content-length') ?? 0) > MAX_RESPONSE_BYTES) {
    await response.body?.cancel();
    return null;
  }
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  // Leaving the loop closes the connection.
  for await (const part of response.body ?? []) {
    length += part.byteLength;
    if (length > MAX_RESPONSE_BYTES) return null;
    text += decoder.decode(part, { stream: true });
  }
  return text + decoder.decode();
}

async function exchange(
  { url, body, key, model }: JsonRequest,
  signal: AbortSignal,
): Promise<Result<unknown, Failure>> {
  const response = await fetch(url, {
    method: 'POST',
    // A redirect would carry the sentence to an address that nobody chose.
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { authorization: `Bearer ${key}` }) },
    body: JSON.stringify(body),
    signal,
  });
  if (!response.ok) {
    await response.body?.cancel();
    const isRedirect = response.status >= 300 && response.status < 400;
    return err(isRedirect ? failures.redirected(url.host) : failures.statusFailure(url.host, model, response.status));
  }
  const text = await limitedText(response);
  if (text === null) return err(failures.tooLarge(url.host, MAX_RESPONSE_BYTES));
  try {
    return ok(JSON.parse(text));
  } catch {
    return err(failures.unreadable(url.host));
  }
}

/** Why a connection failed, by the system's code: messages of fetch may quote what was sent. */
function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'no connection';
}

/** Posts JSON and gives the parsed answer, or why there is none. The deadline covers the whole exchange. */
export async function postJson(request: JsonRequest): Promise<Result<unknown, Failure>> {
  if (request.signal.aborted) return err(failures.cancelled);
  const deadline = AbortSignal.timeout(request.timeoutMs);
  try {
    return await exchange(request, AbortSignal.any([request.signal, deadline]));
  } catch (error) {
    if (request.signal.aborted) return err(failures.cancelled);
    if (deadline.aborted) return err(failures.timedOut(request.url.host, request.timeoutMs));
    return err(failures.unreachable(request.url.host, causeCode(error)));
  }
}
