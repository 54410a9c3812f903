import type { Failure } from '../failure.js';
import type { Result } from '../result.js';

/** Keeps passwords and tokens. Failures: SECRETS_UNREADABLE, SECRETS_NOT_SAVED. */
export interface SecretStore {
  /** Null when nothing is kept under this name. */
  get(name: string): Promise<Result<string | null, Failure>>;
  set(name: string, secret: string): Promise<Result<void, Failure>>;
  delete(name: string): Promise<Result<void, Failure>>;
}
