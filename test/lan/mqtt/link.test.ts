import { once } from 'node:events';
import { createServer as createTcp, type Socket } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { Aedes } from 'aedes';
import { describe, expect, it } from 'vitest';
import { MqttTransport } from '../../../src/lan/mqtt/mqtt-transport.js';
import { VirtualHome } from '../../../src/virtual/home/virtual-home.js';
import { Cleanup } from '../../support/cleanup.js';
import { freePort } from '../../support/free-port.js';
import { hasMosquitto, Mosquitto } from '../../support/mosquitto.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { makeCertificate } from '../../support/tls.js';

const signal = new AbortController().signal;
const start = { signal, timeoutMs: 5_000 };
const names = { name: 'Home', virtual: false };

describe('the link to a broker', () => {
  it('asks for who one is, and says what is wrong', async () => {
    await using cleanup = new Cleanup();
    const home = cleanup.use(await VirtualHome.start({ username: 'anna', password: 'right' }));
    const wrong = cleanup.use(new MqttTransport({ ...names, url: home.url, username: 'anna', password: 'wrong' }));
    await wrong.start(start);
    expect(wrong.problems()).toMatchObject([{ code: 'UNAUTHORIZED', fault: 'user' }]);
    expect(wrong.devices()).toEqual([]);
    const right = cleanup.use(new MqttTransport({ ...names, url: home.url.replace('//', '//anna:right@') }));
    await right.start(start);
    expect(right.problems()).toEqual([]);
    expect(right.devices().length).toBe(22);
    expect(JSON.stringify(right.devices())).not.toContain('right@');
  });

  it('resolves soon when nobody is there, and finds the home when it comes', async () => {
    await using cleanup = new Cleanup();
    const port = await freePort();
    const transport = cleanup.use(new MqttTransport({ ...names, url: `mqtt://127.0.0.1:${port}` }));
    const before = performance.now();
    await transport.start(start);
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(transport.problems()).toMatchObject([{ code: 'BROKER_UNREACHABLE', fault: 'link' }]);
    cleanup.use(await VirtualHome.start({ port }));
    await expect.poll(() => transport.devices().length, { timeout: 10_000 }).toBe(22);
    await expect.poll(() => transport.problems(), { timeout: 5_000 }).toEqual([]);
  });

  it.each([
    ['a refusal', Buffer.from([0x20, 0x02, 0x00, 0x01])],
    ['a closed connection', null],
  ])('falls back to MQTT 3.1.1 after %s of version 5', async (_, refusal) => {
    await using cleanup = new Cleanup();
    const home = cleanup.use(await VirtualHome.start());
    const versions: number[] = [];
    const { connect } = await import('node:net');
    const gate = createTcp((socket: Socket) => {
      socket.on('error', () => {});
      socket.once('data', (first) => {
        // Fixed header (2 to 3 bytes at this length), "MQTT" with its length, then the protocol level.
        const version = first[first.indexOf('MQTT') + 4] ?? 0;
        versions.push(version);
        if (version === 5) return refusal ? socket.end(refusal) : socket.destroy();
        const through = connect(Number(new URL(home.url).port), '127.0.0.1');
        through.on('error', () => {});
        through.write(first);
        socket.pipe(through).pipe(socket);
      });
    });
    gate.listen(0, '127.0.0.1');
    await once(gate, 'listening');
    cleanup.defer(() => gate.close());
    const address = gate.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const transport = cleanup.use(new MqttTransport({ ...names, url: `mqtt://127.0.0.1:${port}` }));
    await transport.start(start);
    expect(versions).toEqual([5, 4]);
    expect(transport.devices().length).toBe(22);
  });

  it('speaks TLS, and trusts no certificate but known ones', async () => {
    await using cleanup = new Cleanup();
    const folder = temporaryFolder();
    cleanup.defer(() => folder[Symbol.dispose]());
    const { key, cert } = makeCertificate(folder.path);
    const aedes = await Aedes.createBroker();
    cleanup.defer(() => new Promise<void>((resolve) => aedes.close(() => resolve())));
    const server = createTls({ key, cert }, (socket) => aedes.handle(socket));
    server.on('tlsClientError', () => {});
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanup.defer(() => server.close());
    const address = server.address();
    const url = `mqtts://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
    const stranger = cleanup.use(new MqttTransport({ ...names, url }));
    await stranger.start(start);
    expect(stranger.problems()).toMatchObject([{ code: 'BROKER_UNREACHABLE' }]);
    const friend = cleanup.use(new MqttTransport({ ...names, url, tls: { ca: cert.toString() } }));
    await friend.start(start);
    expect(friend.problems()).toEqual([]);
  });

  it('does not warn of a password that never leaves this machine', async () => {
    await using cleanup = new Cleanup();
    const home = cleanup.use(await VirtualHome.start());
    const near = cleanup.use(new MqttTransport({ ...names, url: home.url, username: 'a', password: 'b' }));
    await near.start(start);
    expect(near.devices()[0]?.details['warning']).toBe(undefined);
    // Loopback in IPv4-mapped form is this machine all the same.
    const port = new URL(home.url).port;
    const mapped = cleanup.use(
      new MqttTransport({ ...names, url: `mqtt://[::ffff:127.0.0.1]:${port}`, username: 'a', password: 'b' }),
    );
    await mapped.start(start);
    expect(mapped.devices()[0]?.details['warning']).toBe(undefined);
  });

  it.skipIf(!hasMosquitto())(
    'hears from an MQTT 5 broker when nobody listens, and keeps nothing for later',
    async () => {
      await using cleanup = new Cleanup();
      const mosquitto = cleanup.use(await Mosquitto.start());
      const home = cleanup.use(await VirtualHome.start({ broker: mosquitto.url }));
      const transport = cleanup.use(new MqttTransport({ ...names, url: mosquitto.url }));
      const { connectAsync } = await import('mqtt');
      const device = await connectAsync(mosquitto.url);
      cleanup.defer(() => device.endAsync());
      const config = { name: 'Ghost', uniq_id: 'ghost', cmd_t: 'ghost/set' };
      await device.publishAsync('homeassistant/switch/ghost/config', JSON.stringify(config), { retain: true, qos: 1 });
      await transport.start(start);
      const outcome = await transport.invoke(
        'mqtt:ghost',
        { callId: 'c1', function: 'set_switch', args: { name: 'ghost', power: true }, contacts: {} },
        { key: 'k', signal, timeoutMs: 3_000 },
      );
      expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'NOBODY_LISTENS' } });
      expect(home.effects).toEqual([]);
    },
  );
});
