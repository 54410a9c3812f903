import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { Discovery } from '../../../src/lan/native/discovery.js';
import { MdnsSockets } from '../../../src/lan/native/mdns-sockets.js';

const never = new AbortController().signal;

it('without a network nothing is found, nothing breaks, and it says why', async () => {
  await using discovery = new Discovery({ sockets: new MdnsSockets({ addresses: () => [] }) });
  await discovery.look(50, never);
  expect(discovery.found()).toEqual([]);
  expect(discovery.problems()).toMatchObject([
    { code: 'NO_MULTICAST', message: expect.stringContaining('no network') },
  ]);
});

it('where the port belongs to somebody else, it says that it is not allowed', async () => {
  // Whoever takes the port for itself alone keeps multicast DNS away, as a system without permission does.
  const owner = createSocket({ type: 'udp4', reuseAddr: false });
  owner.bind(5353);
  const bound = await Promise.race([once(owner, 'listening').then(() => true), once(owner, 'error').then(() => false)]);
  try {
    await using discovery = new Discovery({ sockets: new MdnsSockets({ addresses: () => ['127.0.0.1'] }) });
    await discovery.look(300, never);
    expect(bound).toBe(true);
    expect(discovery.problems()).toMatchObject([
      { code: 'NO_MULTICAST', detail: expect.stringContaining('EADDRINUSE') },
    ]);
  } finally {
    owner.close();
  }
});

it('an address that this computer does not have is no multicast', async () => {
  await using discovery = new Discovery({ sockets: new MdnsSockets({ addresses: () => ['192.0.2.77'] }) });
  await discovery.look(300, never);
  expect(discovery.problems()).toMatchObject([{ code: 'NO_MULTICAST' }]);
});
