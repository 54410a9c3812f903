import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Large enough that a file of gigabytes is bound by the hash and not by the calls. */
const BLOCK_BYTES = 1024 * 1024;

/** A file's SHA-256 in lower-case hexadecimal. Throws what the file system throws, or the signal's reason. */
export async function sha256OfFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const bytes = createReadStream(path, { highWaterMark: BLOCK_BYTES });
  await (signal ? pipeline(bytes, hash, { signal }) : pipeline(bytes, hash));
  return hash.digest('hex');
}
