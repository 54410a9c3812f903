import { join } from 'node:path';
import { z } from 'zod';
import { type Connection, connectionSchema } from '../../core/connection.js';
import type { Failure } from '../../core/failure.js';
import type { SecretStore } from '../../core/ports/secret-store.js';
import { err, ok, type Result } from '../../core/result.js';
import { JsonFile } from '../../platform/json-file.js';
import { FileSecretStore } from '../../trust/file-secret-store.js';

const fileSchema = z.object({ version: z.literal(1), connections: z.array(connectionSchema) });

/** What a connection is opened with, apart from what everybody may see of it. */
export interface ConnectionSecrets {
  /** The password or token. */
  readonly secret: string | null;
  /** A car's PIN. */
  readonly pin: string | null;
}

const isSameName = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** The connections that the user added, in this order, and their secrets. */
export class ConnectionStore {
  readonly secrets: SecretStore;
  readonly #file: JsonFile<z.infer<typeof fileSchema>>;

  constructor(folder: string) {
    this.secrets = new FileSecretStore(folder);
    this.#file = new JsonFile(join(folder, 'connections.json'), {
      schema: fileSchema,
      empty: { version: 1, connections: [] },
      title: 'The list of your connections',
      code: 'CONNECTIONS',
    });
  }

  /** Failure: CONNECTIONS_UNREADABLE. */
  async list(): Promise<Result<readonly Connection[], Failure>> {
    const read = await this.#file.read();
    return read.ok ? ok(read.value.connections) : read;
  }

  /** Failures: CONNECTION_NAME_TAKEN, CONNECTIONS_UNREADABLE, CONNECTIONS_NOT_SAVED, and those of the secret store. */
  async add(connection: Connection, { secret, pin }: ConnectionSecrets): Promise<Result<void, Failure>> {
    // Secrets first: a connection without its password would only fail, one the other way round is never read.
    for (const [name, value] of [
      [connection.id, secret],
      [pinOf(connection.id), pin],
    ] as const) {
      const kept = value === null ? ok(undefined) : await this.secrets.set(name, value);
      if (!kept.ok) return kept;
    }
    return this.#file.change(({ version, connections }) =>
      connections.some(({ name }) => isSameName(name, connection.name))
        ? err(nameTaken(connection.name))
        : ok({ version, connections: [...connections, connection] }),
    );
  }

  /** The connection of this name. Failures: CONNECTION_UNKNOWN, CONNECTIONS_UNREADABLE. */
  async find(name: string): Promise<Result<Connection, Failure>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    const connection = listed.value.find((entry) => isSameName(entry.name, name));
    return connection ? ok(connection) : err(unknown(name));
  }

  /** Failure: SECRETS_UNREADABLE. */
  async secretsOf(connection: Connection): Promise<Result<ConnectionSecrets, Failure>> {
    const secret = await this.secrets.get(connection.id);
    const pin = await this.secrets.get(pinOf(connection.id));
    if (!secret.ok) return secret;
    return pin.ok ? ok({ secret: secret.value, pin: pin.value }) : pin;
  }

  /** Forgets a connection and its secrets; returns it. Failure: CONNECTION_UNKNOWN, and those of {@link add}. */
  async remove(name: string): Promise<Result<Connection, Failure>> {
    const found = await this.find(name);
    if (!found.ok) return found;
    const connection = found.value;
    const removed = await this.#file.change(({ version, connections }) =>
      ok({ version, connections: connections.filter(({ id }) => id !== connection.id) }),
    );
    if (!removed.ok) return removed;
    for (const name of [connection.id, pinOf(connection.id)]) {
      const forgotten = await this.secrets.delete(name);
      if (!forgotten.ok) return forgotten;
    }
    return ok(connection);
  }
}

const pinOf = (id: string): string => `${id}:pin`;

function nameTaken(name: string): Failure {
  return {
    code: 'CONNECTION_NAME_TAKEN',
    fault: 'user',
    message: `There is a connection with the name ${name} already.`,
    next: `Choose another one with --name, or remove the other first: tentacle remove ${JSON.stringify(name)}`,
  };
}

function unknown(name: string): Failure {
  return {
    code: 'CONNECTION_UNKNOWN',
    fault: 'user',
    message: `There is no connection with the name "${name}".`,
    next: '"tentacle connections" shows the names.',
  };
}
