import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { HomeAssistantTransport } from '../../../src/lan/homeassistant/homeassistant-transport.js';
import { endpointOf } from '../../../src/lan/homeassistant/link/endpoint.js';
import { privateLookup } from '../../../src/lan/homeassistant/link/private-lookup.js';
import { isPrivateAddress } from '../../../src/platform/host-reach.js';
import { VirtualHomeAssistant } from '../../../src/virtual/homeassistant/virtual-homeassistant.js';

const refusedWith = (address: string): string => {
  try {
    endpointOf(address);
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'failure' in error ? (error.failure as { code: string }).code : String(error);
  }
};

describe('where Home Assistant is', () => {
  it('makes the address of the WebSocket from the one that a browser shows', () => {
    expect(endpointOf('http://192.168.1.5:8123').url.href).toBe('ws://192.168.1.5:8123/api/websocket');
    expect(endpointOf('https://home.example.org/').url.href).toBe('wss://home.example.org/api/websocket');
    expect(endpointOf('https://example.org/ha/').url.href).toBe('wss://example.org/ha/api/websocket');
    expect(endpointOf('ws://127.0.0.1:8123/api/websocket').url.href).toBe('ws://127.0.0.1:8123/api/websocket');
  });

  it('warns of http in the own network, and not on this computer or over https', () => {
    expect(endpointOf('http://192.168.1.5:8123').warning).toMatch(/Unencrypted/);
    expect(endpointOf('http://homeassistant.local:8123').warning).toMatch(/Unencrypted/);
    expect(endpointOf('http://[fd00::7]:8123').warning).toMatch(/Unencrypted/);
    expect(endpointOf('http://127.0.0.1:8123').warning).toBeNull();
    expect(endpointOf('http://localhost:8123').warning).toBeNull();
    expect(endpointOf('https://home.example.org').warning).toBeNull();
  });

  it('refuses http to public addresses, and what is no address', () => {
    expect(refusedWith('http://93.184.216.34:8123')).toBe('HA_PLAIN_REFUSED');
    expect(refusedWith('http://[2001:db8::1]:8123')).toBe('HA_PLAIN_REFUSED');
    expect(refusedWith('https://93.184.216.34')).toBe('accepted');
    expect(refusedWith('ftp://192.168.1.5')).toBe('BAD_ADDRESS');
    expect(refusedWith('homeassistant')).toBe('BAD_ADDRESS');
    expect(refusedWith('http://user:pass@192.168.1.5')).toBe('BAD_ADDRESS');
  });

  const own = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find((one) => !one.internal && isPrivateAddress(one.address) && !one.address.startsWith('fe80'));

  it.skipIf(!own)('shows the warning with every device that is reached so', async () => {
    await using server = await VirtualHomeAssistant.start({ token: 't', host: own?.address ?? '' });
    await using transport = new HomeAssistantTransport({ url: server.url, token: 't', name: 'Home', virtual: true });
    await transport.start({ signal: new AbortController().signal, timeoutMs: 5_000 });
    expect(transport.devices().length).toBeGreaterThan(20);
    for (const { details } of transport.devices())
      expect(details).toMatchObject({ warning: expect.stringMatching(/Unencrypted/) });
  });
});

describe('addresses of the own network', () => {
  it.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.0.1', '169.254.1.1', '::1', 'fd12::1', 'fe80::1'])(
    '%s',
    (address) => expect(isPrivateAddress(address)).toBe(true),
  );
  it.each(['8.8.8.8', '172.32.0.1', '11.0.0.1', '2001:db8::1', '100.64.0.1', 'localhost', ''])('not %s', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );

  const lookUp = (name: string, all: boolean) =>
    new Promise<{ error: unknown; found: unknown }>((resolve) => {
      privateLookup(name, { all }, (error, found) => resolve({ error, found }));
    });

  it('resolves names to them alone, in both forms that sockets ask for', async () => {
    const all = await lookUp('localhost', true);
    expect(all.error).toBeNull();
    expect(all.found).toEqual(expect.arrayContaining([{ address: '127.0.0.1', family: 4 }]));
    expect((await lookUp('localhost', false)).found).toMatch(/^(127\.|::1)/);
    // An IP address as a name resolves to itself without a server.
    expect(await lookUp('93.184.216.34', true)).toMatchObject({ error: { failure: { code: 'HA_PLAIN_REFUSED' } } });
  });
});
