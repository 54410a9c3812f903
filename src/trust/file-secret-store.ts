import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../core/failure.js';
import type { SecretStore } from '../core/ports/secret-store.js';
import { ok, type Result } from '../core/result.js';
import { JsonFile } from '../platform/json-file.js';

const secretsSchema = z.record(z.string(), z.string());

/**
 * Secrets in a file that only this user may read (0600). Where the platform has a keyring this is the weaker way: whoever
 * reads the user's files reads them, too.
 */
export class FileSecretStore implements SecretStore {
  readonly #file: JsonFile<Record<string, string>>;

  constructor(folder: string) {
    this.#file = new JsonFile(join(folder, 'secrets.json'), {
      schema: secretsSchema,
      empty: {},
      title: 'The file with your passwords and tokens',
      code: 'SECRETS',
    });
  }

  async get(name: string): Promise<Result<string | null, Failure>> {
    const secrets = await this.#file.read();
    return secrets.ok ? ok(Object.hasOwn(secrets.value, name) ? (secrets.value[name] ?? null) : null) : secrets;
  }

  set(name: string, secret: string): Promise<Result<void, Failure>> {
    return this.#file.change((secrets) => ok({ ...secrets, [name]: secret }));
  }

  delete(name: string): Promise<Result<void, Failure>> {
    return this.#file.change((secrets) =>
      ok(Object.fromEntries(Object.entries(secrets).filter(([key]) => key !== name))),
    );
  }
}
