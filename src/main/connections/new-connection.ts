import { randomUUID } from 'node:crypto';
import { type Connection, connectionNameSchema } from '../../core/connection.js';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';

/** What can be added with `tentacle add <kind> <where>`, in the words of a person. */
export const CONNECTION_KINDS = ['phone', 'mqtt', 'homeassistant', 'car', 'ovms', 'mcp'] as const;
export type ConnectionKind = (typeof CONNECTION_KINDS)[number];

/** What can be added at all: a device is paired by a PIN, a Matter device by a share code. */
export const ADDED_KINDS = [...CONNECTION_KINDS, 'matter', 'device'] as const;
export type AddedKind = (typeof ADDED_KINDS)[number];

export interface NewConnection {
  readonly kind: ConnectionKind;
  /** A URL, "host:port", or for `mcp` also a program with its arguments. */
  readonly where: readonly string[];
  readonly name?: string;
  readonly username?: string;
  /** For `ovms`: the vehicle's id on its broker. */
  readonly vehicle?: string;
  /** For `car`: TLS, and the file of the authority that signed its certificate. */
  readonly tls: boolean;
  readonly caFile?: string;
}

/** What a person typed as a connection. Failures: BAD_CONNECTION, naming what is wrong. */
export function newConnection(asked: NewConnection, now: number): Result<Connection, Failure> {
  const name = connectionNameSchema.safeParse(asked.name ?? defaultName(asked));
  if (!name.success) return err(bad('A name has up to 40 letters, digits, spaces, - and _.', 'Give one with --name.'));
  const common = { id: randomUUID(), name: name.data, addedAt: now };
  const [where = '', ...more] = asked.where;
  switch (asked.kind) {
    case 'phone':
      return more.length === 0 && isAddress(where)
        ? ok({ ...common, type: 'phone', address: where })
        : err(badAddress('phone', '192.168.1.20:5555'));
    case 'car':
      return more.length === 0 && isAddress(where)
        ? ok({ ...common, type: 'kuksa', address: where, tls: asked.tls, caFile: asked.caFile ?? null })
        : err(badAddress('car', '192.168.1.30:55555'));
    case 'mqtt':
    case 'ovms': {
      const url = plainUrl(asked.where, ['mqtt:', 'mqtts:']);
      if (!url) return err(badUrl('broker', 'mqtt://192.168.1.5'));
      const broker = { url, username: asked.username ?? null };
      if (asked.kind === 'mqtt') return ok({ ...common, type: 'mqtt', ...broker });
      return /^[A-Za-z0-9_-]{1,40}$/.test(asked.vehicle ?? '')
        ? ok({ ...common, type: 'ovms', ...broker, vehicle: asked.vehicle ?? '' })
        : err(bad('An OVMS car needs its vehicle id.', 'Give it with --vehicle, as the module shows it.'));
    }
    case 'homeassistant': {
      const url = plainUrl(asked.where, ['http:', 'https:']);
      return url
        ? ok({ ...common, type: 'homeassistant', url })
        : err(badUrl('Home Assistant', 'http://homeassistant.local:8123'));
    }
    default: {
      if (!/^[a-z]+:\/\//i.test(where)) {
        return where === ''
          ? err(
              bad(
                'An MCP server is a URL or a program.',
                'tentacle add mcp https://host/mcp, or tentacle add mcp npx some-server',
              ),
            )
          : ok({ ...common, type: 'mcp', server: { command: where, arguments: more } });
      }
      const url = plainUrl(asked.where, ['http:', 'https:']);
      return url
        ? ok({ ...common, type: 'mcp', server: { url } })
        : err(badUrl('MCP server', 'https://192.168.1.9/mcp'));
    }
  }
}

function defaultName({ kind, vehicle }: NewConnection): string {
  if (kind === 'ovms') return vehicle ?? 'car';
  return kind === 'mqtt' || kind === 'homeassistant' ? 'home' : kind;
}

/** A URL without credentials in it, which would end up in lists and logs; null for anything else. */
function plainUrl(where: readonly string[], protocols: readonly string[]): string | null {
  const [text = '', ...more] = where;
  if (more.length > 0 || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isPlain = url.username === '' && url.password === '' && url.hash === '' && url.hostname !== '';
  return isPlain && protocols.includes(url.protocol) ? text.replace(/\/+$/, '') : null;
}

/** "host:port" or "[ipv6]:port". */
function isAddress(text: string): boolean {
  const port = /^(?:\[[0-9a-f:.]+\]|[\p{L}\p{N}._-]+):(\d{1,5})$/iu.exec(text)?.[1];
  return port !== undefined && Number(port) >= 1 && Number(port) <= 65_535;
}

const badAddress = (what: string, example: string): Failure =>
  bad(`This is no address of a ${what}.`, `Write host:port, for example ${example}.`);

const badUrl = (what: string, example: string): Failure =>
  bad(`This is no address of a ${what}.`, `Write a URL such as ${example}, without user and password in it.`);

function bad(message: string, next: string): Failure {
  return { code: 'BAD_CONNECTION', fault: 'user', message, next };
}
