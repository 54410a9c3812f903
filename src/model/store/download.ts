import type { FileHandle } from 'node:fs/promises';
import { rename, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { sha256OfFile } from '../sha256-file.js';
import * as failures from './download-failures.js';
import { IdleWatch } from './idle-watch.js';
import { PartFile } from './part-file.js';
import { lengthOf, openRemoteFile } from './remote-file.js';

export const IDLE_TIMEOUT_MS = 30_000;
export const MAX_MODEL_BYTES = 32 * 1024 ** 3;
/** Left free on the disk, in bytes: a full disk would stop the journal. */
const RESERVE_BYTES = 256 * 1024 * 1024;
const PROGRESS_EVERY_MS = 200;

/** `total` is null while the server does not say. */
export interface DownloadProgress {
  readonly bytes: number;
  readonly total: number | null;
  readonly bytesPerSecond: number;
}

export interface Download {
  readonly url: URL;
  /** Where the whole file will be; until then its bytes are in `<target>.part`. Its folder must exist. */
  readonly target: string;
  /** What the file must be; null when the user knowingly goes without. */
  readonly sha256: string | null;
  readonly maxBytes?: number;
  readonly idleMs?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/**
 * Downloads a file, going on where an earlier try was cut off if it is still the same file there, and checks it.
 * Failures: those of {@link openRemoteFile}, DOWNLOAD_EXISTS, DOWNLOAD_TOO_LARGE, DOWNLOAD_NO_SPACE, DOWNLOAD_STALLED,
 * DOWNLOAD_CUT, DOWNLOAD_WRONG_HASH, DOWNLOAD_NOT_WRITTEN, CANCELLED.
 */
export async function download(job: Download): Promise<Result<{ readonly sha256: string }, Failure>> {
  if (await stat(job.target).catch(() => null)) return err(failures.exists(job.target));
  const part = new PartFile(job.target);
  using idle = new IdleWatch(job.idleMs ?? IDLE_TIMEOUT_MS);
  try {
    const fetched = await fetchPart(job, part, idle);
    if (!fetched.ok) return fetched;
    idle[Symbol.dispose]();
    const sha256 = await sha256OfFile(part.path, job.signal);
    if (job.sha256 !== null && sha256 !== job.sha256) {
      // Kept, it would be taken for a whole download at the next try.
      await part.remove();
      return err(failures.wrongHash(job.url, job.sha256, sha256));
    }
    await rename(part.path, job.target);
    await part.remove();
    return ok({ sha256 });
  } catch (error) {
    if (job.signal.aborted) return err(failures.cancelled);
    if (idle.signal.aborted) return err(failures.stalled(job.url));
    return err(failures.broken(job.url, error));
  }
}

async function fetchPart(job: Download, part: PartFile, idle: IdleWatch): Promise<Result<void, Failure>> {
  const signal = AbortSignal.any([job.signal, idle.signal]);
  let resume = await part.resumable(job.url);
  let opened = await openRemoteFile(job.url, { method: 'GET', resume, signal });
  if (!opened.ok) return opened;
  if (resume && opened.value.status === 416 && sizeIn(opened.value) === resume.offset) {
    await opened.value.body?.cancel();
    return ok(undefined);
  }
  if (resume && (opened.value.status === 416 || !continues(opened.value, resume.offset))) {
    // The server sends the whole file (it changed, or ranges are not known here), or a range that was not asked for.
    if (opened.value.status !== 200) {
      await opened.value.body?.cancel();
      opened = await openRemoteFile(job.url, { method: 'GET', resume: null, signal });
      if (!opened.ok) return opened;
    }
    resume = null;
  }
  const response = opened.value;
  if (!resume && response.status !== 200) {
    await response.body?.cancel();
    return err(failures.broken(job.url, new RangeError(`HTTP ${response.status} to a request without a range`)));
  }
  const offset = resume?.offset ?? 0;
  const length = lengthOf(response);
  const room = await roomFor(job, length, offset);
  if (!room.ok) {
    await response.body?.cancel();
    return room;
  }
  const handle = await part.openAt(offset, job.url, response.headers.get('etag'));
  try {
    return await receive(job, response, { handle, offset, total: length === null ? null : offset + length, idle });
  } finally {
    await handle.close();
  }
}

interface Writing {
  readonly handle: FileHandle;
  readonly offset: number;
  readonly total: number | null;
  readonly idle: IdleWatch;
}

async function receive(job: Download, response: Response, writing: Writing): Promise<Result<void, Failure>> {
  const { handle, offset, total, idle } = writing;
  const begun = performance.now();
  let [bytes, told] = [offset, 0];
  const tell = (): void => {
    told = performance.now();
    job.onProgress({ bytes, total, bytesPerSecond: ((bytes - offset) * 1_000) / Math.max(1, told - begun) });
  };
  for await (const block of response.body ?? []) {
    idle.heard();
    if (bytes + block.length > (job.maxBytes ?? MAX_MODEL_BYTES)) return err(failures.tooLarge(job.url, null));
    await handle.writeFile(block);
    bytes += block.length;
    if (performance.now() - told > PROGRESS_EVERY_MS) tell();
  }
  await handle.sync();
  tell();
  return total === null || bytes === total
    ? ok(undefined)
    : err(failures.broken(job.url, new RangeError(`${bytes} bytes of ${total}`)));
}

/** Whether the answer goes on exactly where the part ends. */
function continues(response: Response, offset: number): boolean {
  if (response.status !== 206) return false;
  return /^bytes (\d+)-\d+\/(?:\d+|\*)$/.exec(response.headers.get('content-range') ?? '')?.[1] === String(offset);
}

/** The whole file's size in the answer to a range beyond its end. */
function sizeIn(response: Response): number | null {
  const size = /^bytes \*\/(\d{1,15})$/.exec(response.headers.get('content-range') ?? '')?.[1];
  return size === undefined ? null : Number(size);
}

/** Whether what is still to come is allowed and fits on the disk. */
async function roomFor(job: Download, length: number | null, offset: number): Promise<Result<void, Failure>> {
  const total = length === null ? null : offset + length;
  if (total !== null && total > (job.maxBytes ?? MAX_MODEL_BYTES)) return err(failures.tooLarge(job.url, total));
  const { bavail, bsize } = await statfs(dirname(job.target));
  const free = bavail * bsize - RESERVE_BYTES;
  return (length ?? 0) > free
    ? err(failures.noSpace(dirname(job.target), length ?? 0, Math.max(0, free)))
    : ok(undefined);
}
