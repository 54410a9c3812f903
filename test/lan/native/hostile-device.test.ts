import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Device } from '../../../src/core/device.js';
import { loadIdentity } from '../../../src/lan/native/identity.js';
import { NativeTransport } from '../../../src/lan/native/native-transport.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { invoke, until, waiting } from './native-rig.js';

const requestSchema = z.object({ id: z.unknown(), method: z.string(), params: z.looseObject({}) });

/** What a device answers, as JSON text of the result, so that it can be any text at all. */
interface Answers {
  tools: string;
  facts: Record<string, unknown>;
  state: string;
  call: string;
  status: string;
}

let cleanup: Cleanup;
let answers: Answers;
let asked: string[];
beforeEach(() => {
  cleanup = new Cleanup();
  asked = [];
  answers = {
    tools: '[]',
    facts: { name: 'Trap', kind: 'home', room: null, deviceClass: null },
    state: '{}',
    call: '{"resultType":"complete","content":[],"structuredContent":{"status":"done","proof":"read-back","receipt":"ok"}}',
    status: '{"resultType":"complete","state":"unknown"}',
  };
});
afterEach(() => cleanup[Symbol.asyncDispose]());

/** A device with a proper key that answers whatever the test wants, and a computer that has paired with it. */
async function meet(): Promise<{ transport: NativeTransport; device: () => Device }> {
  const folder = cleanup.use(temporaryFolder()).path;
  const theirs = await loadIdentity(join(folder, 'device'));
  const id = randomUUID();
  const clock = { epoch: randomUUID(), ms: 1 };
  const results: Record<string, () => string> = {
    'server/discover': () =>
      '{"supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true},"resources":{"subscribe":true}},"resultType":"complete","ttlMs":0,"cacheScope":"private"}',
    'tools/list': () => `{"tools":${answers.tools},"resultType":"complete","ttlMs":0,"cacheScope":"private"}`,
    'tools/call': () => answers.call,
    'tentacle/status': () => answers.status,
  };
  const server = createServer(
    { key: theirs.key, cert: theirs.certificate, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.3' },
    async (request, response) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      const { id: requestId, method, params } = requestSchema.parse(JSON.parse(body));
      asked.push(method);
      if (method === 'subscriptions/listen') {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const acknowledged = {
          jsonrpc: '2.0',
          method: 'notifications/subscriptions/acknowledged',
          params: {
            notifications: params['notifications'],
            _meta: { 'io.modelcontextprotocol/subscriptionId': requestId },
          },
        };
        response.write(`event: message\ndata: ${JSON.stringify(acknowledged)}\n\n`);
        return;
      }
      const facts = JSON.stringify({ v: 1, id, clock, ...answers.facts });
      const text = params['uri'] === 'tentacle://device' ? facts : answers.state;
      const contents = [{ uri: params['uri'], text }];
      const read = () => JSON.stringify({ contents, resultType: 'complete', ttlMs: 0, cacheScope: 'private' });
      const result = (results[method] ?? read)();
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(`{"jsonrpc":"2.0","id":${JSON.stringify(requestId)},"result":${result}}`);
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const computer = join(folder, 'computer');
  const identity = await loadIdentity(computer);
  const addresses = [{ host: '127.0.0.1', port: (server.address() as AddressInfo).port }];
  const paired = [{ id, pin: theirs.fingerprint, addresses, accepted: null }];
  writeFileSync(join(computer, 'paired-devices.json'), JSON.stringify(paired));
  const transport = cleanup.use(new NativeTransport({ folder: computer, identity }));
  await transport.start(waiting);
  const device = (): Device => {
    const found = transport.devices()[0];
    if (!found) throw new TypeError('No device.');
    return found;
  };
  return { transport, device };
}

const tool = (name: string, schema: string, more = ''): string =>
  `{"name":${JSON.stringify(name)},"inputSchema":${schema}${more}}`;
const honest = tool('set_switch', '{"type":"object","properties":{"power":{"type":"boolean"}}}');

describe('a paired device that means harm', () => {
  it('cannot fill the memory with its description', async () => {
    answers.tools = `[${tool('set_switch', '{"type":"object"}', `,"description":"${'x'.repeat(10_000_000)}"`)}]`;
    const before = process.memoryUsage().rss;
    const { device } = await meet();
    expect(device().state).toBe('unsupported');
    expect(device().functions).toEqual([]);
    expect(device().stateReason).toContain('too long');
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  it('loses the functions whose schemas are traps, and keeps the others', async () => {
    const deep = `${'{"type":"object","properties":{"a":'.repeat(200)}{}${'}}'.repeat(200)}`;
    const wide = `{"type":"object","properties":{${Array.from({ length: 2_000 }, (_, n) => `"p${n}":{}`).join(',')}}}`;
    answers.tools = `[${[
      honest,
      tool('set_fan', '{"type":"object","properties":{"__proto__":{"polluted":true}}}'),
      tool('set_cover', '{"type":"object","constructor":{"prototype":{"polluted":true}}}'),
      tool('set_light', '{"type":"object","properties":{"again":{"$ref":"#"}}}'),
      tool('set_tv_power', deep),
      tool('lock_screen', wide),
      tool('rm -rf /', '{"type":"object"}'),
      tool('__proto__', '{"type":"object"}'),
    ].join(',')}]`;
    const { transport, device } = await meet();
    expect(device()).toMatchObject({ state: 'ready', functions: ['set_switch'] });
    expect(transport.problems(device().id)).toHaveLength(7);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('survives nesting that would exhaust the stack', async () => {
    answers.tools = `[${tool('set_switch', `${'['.repeat(100_000)}${']'.repeat(100_000)}`)}]`;
    const { device } = await meet();
    expect(device().functions).toEqual([]);
  });

  it('offers 64 functions at most', async () => {
    answers.tools = `[${Array.from({ length: 200 }, (_, n) => tool(`function_${n}`, '{"type":"object"}')).join(',')}]`;
    const { device } = await meet();
    expect(device().functions).toHaveLength(64);
  });

  it('cannot dress its words up as markup, control sequences or text that runs backwards', async () => {
    answers.facts = {
      name: '<img src=x onerror=alert(1)>\u001b[2J\u202eDoor\u200b',
      kind: 'home',
      room: '<b>hall</b>',
      deviceClass: 'x'.repeat(500),
    };
    answers.state = JSON.stringify({ '<i>a</i>': 'x'.repeat(1_900), b: 1 });
    answers.tools = `[${honest}]`;
    answers.call = JSON.stringify({
      resultType: 'complete',
      content: [],
      structuredContent: { status: 'done', proof: 'read-back', receipt: `\u001b[31m${'y'.repeat(1_900)}` },
    });
    const { transport, device } = await meet();
    const { name, room, deviceClass, details } = device();
    expect(name).toBe('img src=x onerror=alert(1) [2JDoor');
    expect(room).toBe('bhall/b');
    expect(deviceClass?.length).toBeLessThanOrEqual(41);
    expect(Object.keys(details)).toEqual(['ia/i', 'b']);
    expect(Object.values(details).every((value) => value.length <= 201)).toBe(true);
    const outcome = await invoke(transport, device().id, 'set_switch', { power: true });
    expect(outcome.status === 'done' && outcome.receipt.length <= 501 && !outcome.receipt.includes('\u001b')).toBe(
      true,
    );
  });

  it('is not believed an outcome that is none', async () => {
    answers.tools = `[${honest}]`;
    const { transport, device } = await meet();
    for (const call of [
      '{"resultType":"complete","content":[],"structuredContent":{"status":"done"}}',
      '{"resultType":"complete","content":[]}',
      '{"content":"no result of MCP"}',
      `{"resultType":"complete","content":[],"structuredContent":{"status":"done","receipt":"${'x'.repeat(2_000_000)}"}}`,
    ]) {
      asked = [];
      answers.call = call;
      const outcome = await invoke(transport, device().id, 'set_switch', { power: true });
      expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'BAD_ANSWER' } });
      expect(asked.filter((method) => method === 'tools/call')).toHaveLength(1);
    }
    answers.status =
      '{"resultType":"complete","state":"done","outcome":{"status":"done","proof":"device-said","receipt":"so it was"}}';
    expect(await invoke(transport, device().id, 'set_switch', { power: true })).toMatchObject({ receipt: 'so it was' });
  });

  it('cannot keep a call for ever', async () => {
    answers.tools = `[${honest}]`;
    answers.call = '{"content":[],"structuredContent":{"status":"done"}}';
    answers.status = '{"resultType":"complete","state":"running"}';
    const { transport, device } = await meet();
    const outcome = await invoke(transport, device().id, 'set_switch', { power: true }, { timeoutMs: 300 });
    expect(outcome).toMatchObject({ status: 'unknown' });
    const count = asked.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked.length - count).toBeLessThan(5);
  });

  it('shows no facts that are none', async () => {
    answers.facts = { name: '', kind: 'submarine' };
    const { device } = await meet();
    await until(() => device().state === 'unsupported');
    expect(device().stateReason).toContain('does not speak as it should');
  });
});
