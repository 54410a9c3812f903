import { status } from '@grpc/grpc-js';
import { err } from '../../../core/result.js';

/** An answer that is none: the call ends with this status. */
export interface Refusal {
  readonly code: status;
  readonly details: string;
}

const refusing =
  (code: status) =>
  (details: string): { readonly ok: false; readonly error: Refusal } =>
    err({ code, details });

export const notFound = refusing(status.NOT_FOUND);
export const invalid = refusing(status.INVALID_ARGUMENT);
export const denied = refusing(status.PERMISSION_DENIED);
export const unavailable = refusing(status.UNAVAILABLE);
export const unauthenticated = refusing(status.UNAUTHENTICATED);
