import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FoundDevice,
  foundDevice,
  serviceName,
  serviceText,
  withNews,
} from '../../../src/lan/native/service-record.js';

const id = '3f2a91bc-1111-4222-8333-444455556666';
const fingerprint = 'ab'.repeat(32);
const announcement = { id, fingerprint, name: 'Workshop', isPairing: true };
const service = (changes: object = {}) => ({
  name: serviceName(announcement),
  port: 7420,
  addresses: ['192.168.1.20'],
  referer: { address: '192.168.1.21' },
  txt: serviceText(announcement),
  ...changes,
});

describe('a service of the network', () => {
  it('is the device that announced it, at the sender first', () => {
    expect(foundDevice(service())).toEqual({
      id,
      key: 'ab'.repeat(8),
      name: 'Workshop',
      isPairing: true,
      addresses: [
        { host: '192.168.1.21', port: 7420 },
        { host: '192.168.1.20', port: 7420 },
      ],
    });
    expect(serviceText({ ...announcement, isPairing: false })).toEqual({
      v: '1',
      id,
      p: '/mcp',
      k: 'abababababababab',
      pair: '0',
    });
  });

  it.each([
    ['another version', { txt: { ...serviceText(announcement), v: '2' } }],
    ['no id', { txt: { ...serviceText(announcement), id: 'x' } }],
    ['a key that is none', { txt: { ...serviceText(announcement), k: '../../etc' } }],
    ['another path', { txt: { ...serviceText(announcement), p: '/admin' } }],
    ['a port that is none', { port: 70_000 }],
    ['nowhere', { addresses: ['127.0.0.1', '0.0.0.0', '224.0.0.1', '8.8.8.8', 'evil.example'], referer: undefined }],
    ['a sender that is this machine', { addresses: [], referer: { address: '127.0.0.1' } }],
    ['no text', { txt: undefined }],
  ])('%s is no device', (_name, changes) => {
    expect(foundDevice(service(changes))).toBeNull();
  });

  it('does not send this computer to addresses outside of its network', () => {
    const addresses = ['8.8.8.8', '127.0.0.1', '10.0.0.5'];
    const found = foundDevice(service({ addresses }));
    expect(found?.addresses.map(({ host }) => host)).toEqual(['192.168.1.21', '10.0.0.5']);
  });

  it('caps names and takes what redraws a terminal out of them', () => {
    const found = foundDevice(service({ name: `\u001b[2J\u202e${'x'.repeat(200)}` }));
    expect(found?.name).toMatch(/^\[2Jx{50,60}…$/);
  });

  it('has a name that fits into a label, whatever the device is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.uuid(), (name, uuid) => {
        const label = serviceName({ ...announcement, name, id: uuid });
        expect(Buffer.byteLength(label)).toBeLessThanOrEqual(63);
        expect(label).not.toContain('.');
        expect(label.endsWith(uuid.slice(0, 8))).toBe(true);
      }),
    );
  });

  it('keeps four addresses at most, the newest first', () => {
    const at = (host: string): FoundDevice => ({
      id,
      key: 'k',
      name: 'n',
      isPairing: false,
      addresses: [{ host, port: 1 }],
    });
    const hosts = ['10.0.0.1', '10.0.0.2', '10.0.0.1', '10.0.0.3', '10.0.0.4', '10.0.0.5'];
    const last = hosts.map(at).reduce((before, now) => withNews(before, now));
    expect(last.addresses.map(({ host }) => host)).toEqual(['10.0.0.5', '10.0.0.4', '10.0.0.3', '10.0.0.1']);
  });

  it('whatever comes, nothing is thrown', () => {
    fc.assert(fc.property(fc.anything(), (any) => void foundDevice(any)));
    expect(foundDevice({ ...service(), name: randomUUID() })?.name).toHaveLength(36);
  });
});
