import { createHash, timingSafeEqual } from 'node:crypto';
import type { Metadata } from '@grpc/grpc-js';
import { ok, type Result } from '../../../core/result.js';
import { type Refusal, unauthenticated } from './refusal.js';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether the caller may speak at all. A databroker answers UNAUTHENTICATED both without a token and with a wrong one. */
export function checkToken(headers: Metadata, token: string | undefined): Result<void, Refusal> {
  if (token === undefined) return ok(undefined);
  const [header] = headers.get('authorization');
  if (header === undefined) return unauthenticated('No auth token provided');
  const isRight = timingSafeEqual(digest(String(header)), digest(`Bearer ${token}`));
  return isRight ? ok(undefined) : unauthenticated('Invalid auth token');
}
