import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectionSchema } from '../../../src/core/connection.js';
import { CONNECTION_KINDS, type NewConnection, newConnection } from '../../../src/main/connections/new-connection.js';

const asked = (kind: NewConnection['kind'], where: string, more: Partial<NewConnection> = {}): NewConnection => ({
  kind,
  where: where.split(' '),
  tls: false,
  ...more,
});

describe('newConnection', () => {
  it.each([
    [asked('phone', '192.168.1.20:5555'), { type: 'phone', address: '192.168.1.20:5555' }],
    [asked('car', '[fe80::1]:55555', { tls: true }), { type: 'kuksa', address: '[fe80::1]:55555', tls: true }],
    [
      asked('mqtt', 'mqtt://broker.local/', { username: 'me' }),
      { type: 'mqtt', url: 'mqtt://broker.local', name: 'home' },
    ],
    [asked('ovms', 'mqtts://broker:8883', { vehicle: 'LEAF1' }), { type: 'ovms', vehicle: 'LEAF1', name: 'LEAF1' }],
    [asked('homeassistant', 'http://ha.local:8123'), { type: 'homeassistant', url: 'http://ha.local:8123' }],
    [asked('mcp', 'https://10.0.0.2/mcp', { name: 'lab' }), { name: 'lab', server: { url: 'https://10.0.0.2/mcp' } }],
    [
      asked('mcp', 'npx some-server --port 1'),
      { server: { command: 'npx', arguments: ['some-server', '--port', '1'] } },
    ],
  ])('%#: takes what a person types', (given, wanted) => {
    const made = newConnection(given, 5);
    expect(made).toMatchObject({ ok: true, value: { addedAt: 5, ...wanted } });
    expect(made.ok && connectionSchema.safeParse(made.value).success).toBe(true);
  });

  it.each([
    asked('phone', '192.168.1.20'),
    asked('phone', 'phone:99999'),
    asked('car', 'http://car:55555'),
    asked('mqtt', 'http://broker'),
    asked('mqtt', 'mqtt://me:secret@broker'),
    asked('ovms', 'mqtt://broker'),
    asked('ovms', 'mqtt://broker', { vehicle: '../#' }),
    asked('homeassistant', 'ws://ha.local:8123'),
    asked('mcp', 'file:///etc/passwd'),
    asked('mcp', ''),
    asked('mqtt', 'mqtt://broker', { name: '\u001b[31mred' }),
  ])('%#: refuses %j', (given) => {
    expect(newConnection(given, 5)).toMatchObject({ ok: false, error: { code: 'BAD_CONNECTION', fault: 'user' } });
  });

  it('makes nothing that could not be read again', () => {
    fc.assert(
      fc.property(fc.constantFrom(...CONNECTION_KINDS), fc.array(fc.string()), fc.string(), (kind, where, name) => {
        const made = newConnection({ kind, where, name, tls: false }, 5);
        expect(!made.ok || connectionSchema.safeParse(made.value).success).toBe(true);
      }),
    );
  });
});
