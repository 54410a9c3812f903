import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';

/** What the first bytes of a part came from. `url` is a hash: addresses may hold keys. */
const originSchema = z.object({ url: z.string(), etag: z.string() });

/**
 * `<target>.part`: a download that is not whole yet. Beside it `<target>.part.json` names where its bytes came from;
 * without that, or from elsewhere, they are not built upon.
 */
export class PartFile {
  readonly path: string;
  readonly #originPath: string;

  constructor(target: string) {
    this.path = `${target}.part`;
    this.#originPath = `${target}.part.json`;
  }

  /** How many bytes there are of this address, and by which entity tag; null when it begins anew. */
  async resumable(url: URL): Promise<{ readonly offset: number; readonly etag: string } | null> {
    try {
      const origin = originSchema.parse(JSON.parse(await readFile(this.#originPath, 'utf8')));
      const { size } = await stat(this.path);
      return origin.url === hashOf(url) && size > 0 ? { offset: size, etag: origin.etag } : null;
    } catch {
      // No part, or one whose origin cannot be known: nothing is lost but time.
      return null;
    }
  }

  /** Opens it to be written from `offset`, its end or 0, on. A weak or missing entity tag makes it one that cannot be resumed. */
  async openAt(offset: number, url: URL, etag: string | null): Promise<FileHandle> {
    if (offset > 0) return open(this.path, 'a');
    await rm(this.#originPath, { force: true });
    const handle = await open(this.path, 'w', 0o600);
    if (etag !== null && /^"[^"]*"$/.test(etag)) {
      const note = await open(this.#originPath, 'w', 0o600);
      try {
        await note.writeFile(`${JSON.stringify({ url: hashOf(url), etag })}\n`);
      } finally {
        await note.close();
      }
    }
    return handle;
  }

  async remove(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.#originPath, { force: true });
  }
}

function hashOf(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex');
}
