import { createHash } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../core/result.js';

/** A row's content as it is stored: JSON and the first half of its SHA-256. */
export interface Record {
  readonly content: string;
  readonly checksum: string;
}

const storedSchema = z.object({ content: z.string(), checksum: z.string() });

function checksumOf(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

export function recordOf(value: unknown): Record {
  const content = JSON.stringify(value);
  return { content, checksum: checksumOf(content) };
}

/** The value of a stored row, or why it cannot be trusted: torn, flipped, or of another shape. */
export function readRecord<T>(row: unknown, schema: z.ZodType<T>): Result<T, string> {
  const stored = storedSchema.safeParse(row);
  if (!stored.success) return err('a row without content');
  if (checksumOf(stored.data.content) !== stored.data.checksum) return err('a row whose checksum does not fit');
  const parsed = schema.safeParse(JSON.parse(stored.data.content));
  return parsed.success ? ok(parsed.data) : err(z.prettifyError(parsed.error));
}
