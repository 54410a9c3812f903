import { once } from 'node:events';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadIdentity } from '../../../src/lan/native/identity.js';
import { NativeTransport } from '../../../src/lan/native/native-transport.js';
import { PinnedLink } from '../../../src/lan/native/pinned-link.js';
import { deviceFactsSchema } from '../../../src/lan/native/profile.js';
import { Lamp, type NativeRig, pairedRig, startDevice, until, waiting } from '../native/native-rig.js';

let lamp: Lamp;
let rig: NativeRig;
beforeEach(async () => {
  lamp = new Lamp();
  rig = await pairedRig({ functions: [lamp.setLight] });
});
afterEach(() => rig[Symbol.asyncDispose]());

async function linkOf(who: string): Promise<PinnedLink> {
  const identity = who === 'computer' ? rig.identity : await loadIdentity(join(rig.folder, who));
  const address = { host: '127.0.0.1', port: rig.device.port };
  return rig.cleanup.use(new PinnedLink({ identity, address, pin: rig.device.fingerprint }));
}

const answerSchema = z.object({
  result: z
    .object({ contents: z.array(z.object({ text: z.string() })).optional(), structuredContent: z.unknown().optional() })
    .optional(),
  error: z.object({ code: z.number() }).optional(),
});

async function contentOf(answer: Response | Promise<Response>): Promise<z.infer<typeof answerSchema>> {
  return answerSchema.parse(await (await answer).json());
}

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'c', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

function post(link: PinnedLink, method: string, params: Record<string, unknown>, headers: Record<string, string> = {}) {
  const { _meta, ...rest } = params;
  const name =
    typeof params['name'] === 'string' ? params['name'] : typeof params['uri'] === 'string' ? params['uri'] : null;
  return link.fetch(link.url('/mcp'), {
    method: 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-method': method,
      'mcp-protocol-version': '2026-07-28',
      ...(name === null ? {} : { 'mcp-name': name }),
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method,
      params: { ...rest, _meta: { ...envelope, ...Object(_meta) } },
    }),
  });
}

async function clockOf(link: PinnedLink): Promise<{ epoch: string; ms: number }> {
  const answer = await contentOf(post(link, 'resources/read', { uri: 'tentacle://device' }));
  return deviceFactsSchema.parse(JSON.parse(answer.result?.contents?.[0]?.text ?? '')).clock;
}

async function lightCall(link: PinnedLink, key: string) {
  const meta = { 'tentacle/key': key, 'tentacle/ttlMs': 5_000, 'tentacle/issued': await clockOf(link) };
  return { name: 'set_light', arguments: { power: true }, _meta: meta };
}

describe('a device, towards strangers', () => {
  it('hears no key that it did not pair with, whatever is asked', async () => {
    const [known, stranger] = [await linkOf('computer'), await linkOf('stranger')];
    const call = await lightCall(known, 'k1');
    for (const [method, params] of [
      ['tools/call', call],
      ['tools/list', {}],
      ['server/discover', {}],
      ['tentacle/status', { key: 'k1' }],
    ] as const) {
      const answer = await post(stranger, method, params);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toEqual({ error: 'unknown-key' });
    }
    expect(lamp.runs).toEqual([]);
    expect((await post(known, 'tools/call', call)).status).toBe(200);
    expect(lamp.runs).toEqual(['k1']);
  });

  it('talks to nobody without a key, nor over older TLS', async () => {
    const options = { host: '127.0.0.1', port: rig.device.port, rejectUnauthorized: false };
    const keyless = connect(options);
    keyless.on('secureConnect', () => keyless.write('GET /mcp HTTP/1.1\r\nhost: x\r\n\r\n'));
    let heard = '';
    keyless.on('data', (chunk) => {
      heard += String(chunk);
    });
    keyless.on('error', () => {});
    await once(keyless, 'close');
    expect(heard).toBe('');
    const { key, certificate: cert } = rig.identity;
    const old = connect({ ...options, key, cert, maxVersion: 'TLSv1.2' });
    expect(String(await once(old, 'error'))).toMatch(/protocol|version/i);
  });

  it('answers no page of a browser and no other name', async () => {
    const link = await linkOf('computer');
    for (const headers of [
      { origin: 'https://example.com' },
      { origin: 'null' },
      { host: 'evil.example:443' },
      { host: `evil.example:${rig.device.port}` },
      { host: '127.0.0.1' },
      { host: `127.0.0.1:${rig.device.port + 1}` },
    ]) {
      expect((await post(link, 'tools/list', {}, headers as Record<string, string>)).status).toBe(403);
    }
    expect((await post(link, 'tools/list', {}, { host: `localhost:${rig.device.port}` })).status).toBe(200);
  });

  it('runs a recorded request once, however often it is replayed', async () => {
    const link = await linkOf('computer');
    const call = await lightCall(link, 'k1');
    for (let count = 0; count < 20; count += 1) {
      const answer = await contentOf(post(link, 'tools/call', call));
      expect(answer.result?.structuredContent).toMatchObject({ status: 'done', receipt: 'on' });
    }
    expect(lamp.runs).toEqual(['k1']);
    await rig.device.stop();
    const again = rig.cleanup.use(await startDevice(rig.folder, { functions: [lamp.setLight], port: rig.device.port }));
    expect(again.port).toBe(rig.device.port);
    const answer = await contentOf(post(link, 'tools/call', call).catch(() => post(link, 'tools/call', call)));
    expect(answer.result?.structuredContent).toMatchObject({ status: 'refused', reason: 'stale' });
    expect(lamp.runs).toEqual(['k1']);
  });

  it('takes no call without key, date and time to live, and no body beyond bounds', async () => {
    const link = await linkOf('computer');
    const { _meta: whole, ...call } = await lightCall(link, 'k1');
    for (const missing of Object.keys(whole)) {
      const meta = Object.fromEntries(Object.entries(whole).filter(([name]) => name !== missing));
      const answer = await contentOf(post(link, 'tools/call', { ...call, _meta: meta }));
      expect(answer.error).toMatchObject({ code: -32602 });
    }
    const large = { ...call, arguments: { power: true, more: 'x'.repeat(200_000) }, _meta: whole };
    expect((await post(link, 'tools/call', large)).status).toBe(413);
    expect(lamp.runs).toEqual([]);
  });
});

describe('pairing', () => {
  /** Another computer, which is not paired. */
  async function computer(name: string): Promise<NativeTransport> {
    const folder = join(rig.folder, name);
    return rig.cleanup.use(new NativeTransport({ folder, identity: await loadIdentity(folder) }));
  }
  const address = () => `127.0.0.1:${rig.device.port}`;
  const wrongPin = (pin: string) => String((Number(pin) + 1) % 100_000_000).padStart(8, '0');

  it('is shut until somebody opens it at the device, and after it has served', async () => {
    const other = await computer('other');
    expect(await other.pair(address(), '12345678', waiting)).toMatchObject({ error: { code: 'PAIRING_SHUT' } });
    const pin = await rig.device.pairing.open();
    expect(await other.pair(address(), pin, waiting)).toMatchObject({ ok: true, value: { state: 'ready' } });
    expect(rig.device.pins).toHaveLength(2);
    const third = await computer('third');
    expect(await third.pair(address(), pin, waiting)).toMatchObject({ error: { code: 'PAIRING_SHUT' } });
  });

  it('shuts after five wrong PINs, also for the right one, and then has another', async () => {
    const other = await computer('other');
    const pin = await rig.device.pairing.open();
    for (let count = 0; count < 5; count += 1) {
      expect(await other.pair(address(), wrongPin(pin), waiting)).toMatchObject({ error: { code: 'WRONG_PIN' } });
    }
    expect(await other.pair(address(), pin, waiting)).toMatchObject({ error: { code: 'PAIRING_SHUT' } });
    expect(rig.device.pairing.isOpen).toBe(false);
    expect(rig.device.pins).toHaveLength(1);
    const next = await rig.device.pairing.open();
    expect(next).not.toBe(pin);
    expect(await other.pair(address(), next, waiting)).toMatchObject({ ok: true });
  });

  it('ends with its window, and takes the PIN off the screen', async () => {
    const shown: (string | null)[] = [];
    const folder = join(rig.folder, 'brief');
    const brief = rig.cleanup.use(
      await startDevice(folder, { functions: [lamp.setLight], pairingMs: 150, onPin: (pin) => shown.push(pin) }),
    );
    const pin = await brief.pairing.open();
    await until(() => shown.length === 2);
    expect(shown).toEqual([pin, null]);
    const other = await computer('other');
    const late = await other.pair(`127.0.0.1:${brief.port}`, pin, waiting);
    expect(late).toMatchObject({ error: { code: 'PAIRING_SHUT' } });
  });

  it('says what is wrong with a PIN, an address, or a device that is not there', async () => {
    const other = await computer('other');
    expect(await other.pair(address(), '1234', waiting)).toMatchObject({ error: { code: 'BAD_PIN' } });
    expect(await other.pair('nowhere', '12345678', waiting)).toMatchObject({ error: { code: 'BAD_ADDRESS' } });
    expect(await other.pair('127.0.0.1:1', '12345678', waiting)).toMatchObject({ error: { code: 'NOT_REACHED' } });
  });

  it('does not take another key for a device that is paired', async () => {
    // A device that claims the other's id: its files without its key.
    const folder = join(rig.folder, 'twin');
    const { cp, rm } = await import('node:fs/promises');
    await cp(join(rig.folder, 'device'), join(folder, 'device'), { recursive: true });
    await rm(join(folder, 'device', 'identity.key'));
    const twin = rig.cleanup.use(await startDevice(folder, { functions: [lamp.setLight] }));
    expect(twin.id).toBe(rig.device.id);
    const pin = await twin.pairing.open();
    const taken = await rig.transport.pair(`127.0.0.1:${twin.port}`, pin, waiting);
    expect(taken).toMatchObject({ error: { code: 'ID_TAKEN' } });
    expect(await rig.call('set_light', { power: true })).toMatchObject({ status: 'done' });
  });
});
