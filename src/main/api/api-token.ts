import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '../../platform/write-atomically.js';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token with which programs of this user reach the API: 32 random bytes, base64url, in a file that only this user may
 * read; made at the first use. Throws what the file system throws.
 */
export async function apiToken(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'api-token');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (TOKEN.test(kept.trim())) return kept.trim();
  const token = randomBytes(32).toString('base64url');
  await writeAtomically(path, `${token}\n`);
  return token;
}
