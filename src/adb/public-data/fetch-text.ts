import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';

const TIMEOUT_MS = 5_000;
/** The longest answer that is read, in bytes. */
const MAX_BYTES = 512 * 1024;

function unreachable(detail: string): Failure {
  return {
    code: 'PUBLIC_DATA_UNREACHABLE',
    fault: 'link',
    message: 'The public service could not be reached.',
    next: 'Check this computer’s internet connection and try again.',
    detail,
  };
}

/** Reads a public page as text, within 5 s and 512 KiB. Failure: PUBLIC_DATA_UNREACHABLE. */
export async function fetchText(url: URL, signal: AbortSignal): Promise<Result<string, Failure>> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: 'follow',
    });
    if (!response.ok || !response.body) return err(unreachable(`HTTP ${response.status}`));
    const blocks: Uint8Array[] = [];
    let size = 0;
    for await (const block of response.body) {
      size += block.length;
      if (size > MAX_BYTES) return err(unreachable(`the answer is longer than ${MAX_BYTES} bytes`));
      blocks.push(block);
    }
    return ok(Buffer.concat(blocks).toString('utf8'));
  } catch (error) {
    signal.throwIfAborted();
    return err(
      unreachable(error instanceof Error ? `${error.message} ${String(error.cause ?? '')}`.trim() : String(error)),
    );
  }
}
