import { readFile } from 'node:fs/promises';
import type { Connection } from '../../core/connection.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import type { Transport } from '../../core/ports/transport.js';
import { err, ok, type Result } from '../../core/result.js';
import type { ConnectionSecrets } from './connection-store.js';

/** A transport that looks for its devices when it is told to, and says what keeps whole groups of them away. */
export interface SearchingTransport extends Transport {
  /** Resolves when the first look has ended, or at the timeout; the looking goes on. */
  start(options: { signal: AbortSignal; timeoutMs: number }): Promise<void>;
  problems?(): readonly Failure[];
}

/** Connections that have a transport of their own; phones share the one of adb, Matter devices that of their fabric. */
export type OwnConnection = Exclude<Connection, { type: 'phone' | 'matter' }>;

/**
 * The transport of a connection, not started yet. `folder` is where it may keep what it must remember. What a connection needs is loaded only now: who has no car loads no gRPC.
 * Failures: those with which the transports refuse an address or a token, FILE_UNREADABLE.
 */
export async function openConnection(
  connection: OwnConnection,
  secrets: ConnectionSecrets,
  folder: string,
): Promise<Result<SearchingTransport, Failure>> {
  try {
    return ok(await open(connection, secrets, folder));
  } catch (error) {
    if (error instanceof TentacleError) return err(error.failure);
    throw error;
  }
}

async function open(
  connection: OwnConnection,
  { secret, pin }: ConnectionSecrets,
  folder: string,
): Promise<SearchingTransport> {
  const { name } = connection;
  switch (connection.type) {
    case 'mqtt': {
      const { MqttTransport } = await import('../../lan/mqtt/mqtt-transport.js');
      return new MqttTransport({
        url: connection.url,
        ...credentials(connection.username, secret),
        name,
        virtual: false,
      });
    }
    case 'homeassistant': {
      const { HomeAssistantTransport } = await import('../../lan/homeassistant/homeassistant-transport.js');
      return new HomeAssistantTransport({ url: connection.url, token: secret ?? '', name, virtual: false });
    }
    case 'kuksa': {
      const { KuksaTransport } = await import('../../lan/vehicle/kuksa-transport.js');
      const ca = connection.caFile === null ? undefined : await fileContent(connection.caFile);
      return new KuksaTransport({
        id: connection.id,
        address: connection.address,
        name,
        token: secret ?? undefined,
        tls: connection.tls ? (ca === undefined ? {} : { ca }) : null,
        virtual: false,
      });
    }
    case 'ovms': {
      const { OvmsTransport } = await import('../../lan/vehicle/ovms/ovms-transport.js');
      return new OvmsTransport({
        url: connection.url,
        ...credentials(connection.username, secret),
        vehicle: connection.vehicle,
        ...(pin === null ? {} : { pin }),
        name,
        virtual: false,
      });
    }
    case 'mcp': {
      const { McpTransport } = await import('../../lan/mcp/mcp-transport.js');
      const { server } = connection;
      const reached = 'url' in server && secret !== null ? { url: server.url, token: secret } : server;
      return new McpTransport({ server: reached, id: connection.id, name, folder, virtual: false });
    }
  }
}

const credentials = (username: string | null, password: string | null) =>
  username === null ? {} : { username, password: password ?? '' };

async function fileContent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new TentacleError(
      {
        code: 'FILE_UNREADABLE',
        fault: 'user',
        message: `The certificate file ${path} cannot be read.`,
        next: 'Put it back, or remove the connection and add it again with another file.',
        detail: String(cause),
      },
      { cause },
    );
  }
}
