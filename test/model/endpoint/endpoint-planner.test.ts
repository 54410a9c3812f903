import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type EndpointOptions, EndpointPlanner } from '../../../src/model/endpoint/endpoint-planner.js';
import { freePort } from '../../support/free-port.js';
import { chatServer, completes } from './chat-server.js';

const KEY = 'sk-secret-1234567890';

function planner(url: string, options: Partial<EndpointOptions> = {}): EndpointPlanner {
  return new EndpointPlanner({ url, model: 'some-model', keyVariable: null, ...options });
}

const keyed = { keyVariable: 'MY_KEY', environment: { MY_KEY: KEY } };
const request = (text: string, functions: readonly string[] = []) => ({ text, locale: 'en-US' as const, functions });
const soon = { signal: new AbortController().signal, timeoutMs: 5_000 };

const call = (name: string, args: unknown) => ({
  id: 'call_1',
  type: 'function',
  function: { name, arguments: JSON.stringify(args) },
});

describe('EndpointPlanner', () => {
  it('asks with the likeliest tools and reads the calls', async () => {
    await using server = await chatServer(
      completes({
        role: 'assistant',
        content: null,
        tool_calls: [
          call('send_text_message', { contact_name: 'Anna', message: "I'm late" }),
          call('get_current_location', { after: [1] }),
        ],
      }),
    );
    const draft = await planner(`${server.url}/`, keyed).plan(request("text Anna I'm late, then where am I"), soon);
    expect(draft).toMatchObject({
      ok: true,
      value: {
        decision: 'plan',
        calls: [
          { id: 'c1', function: 'send_text_message', args: { contact_name: { span: { text: 'Anna' } } } },
          { id: 'c2', function: 'get_current_location', after: ['c1'] },
        ],
      },
    });
    const [seen] = server.seen;
    expect(seen).toMatchObject({ path: '/v1/chat/completions', authorization: `Bearer ${KEY}` });
    expect(seen?.body.model).toBe('some-model');
    expect(seen?.body.tools).toHaveLength(20);
    const told = seen?.body.tools.map((tool) => tool.function.name) ?? [];
    expect(told.slice(0, 3)).toEqual(expect.arrayContaining(['get_current_location', 'send_text_message']));
  });

  it('offers only the functions that devices offer, and lets no other pass', async () => {
    await using server = await chatServer(completes({ tool_calls: [call('set_wifi', { enabled: true })] }));
    const draft = await planner(server.url).plan(request('wifi on', ['set_light']), soon);
    expect(draft).toMatchObject({ ok: true, value: { decision: 'clarify', calls: [] } });
    expect(server.seen[0]?.body.tools.map((tool) => tool.function.name)).toEqual(['set_light']);
    expect(server.seen[0]?.authorization).toBeUndefined();
  });

  it.each([
    ['prose', 'I can only help with devices.', 'irrelevant'],
    ['an empty array', '[]', 'irrelevant'],
    ['a question', 'Which room do you mean?', 'clarify'],
    ['broken calls', '[{"name": "set_wifi", "argu', 'clarify'],
    [
      "calls in the text in Qwen's form",
      '<tool_call>{"name":"set_wifi","arguments":{"enabled":true}}</tool_call>',
      'plan',
    ],
  ])('takes %s for what it is', async (_, content, decision) => {
    await using server = await chatServer(completes({ content }));
    expect(await planner(server.url).plan(request('wifi on'), soon)).toMatchObject({ ok: true, value: { decision } });
  });

  it.each([
    [401, 'ENDPOINT_UNAUTHORIZED'],
    [403, 'ENDPOINT_UNAUTHORIZED'],
    [404, 'MODEL_MISSING'],
    [429, 'ENDPOINT_BUSY'],
    [500, 'ENDPOINT_FAILED'],
    [503, 'ENDPOINT_FAILED'],
    [400, 'ENDPOINT_REFUSED'],
  ])('gives HTTP %i as the failure %s, without the key that the server repeats', async (status, code) => {
    await using server = await chatServer((response, { headers }) => {
      response.statusCode = status;
      response.end(`no such key: ${headers.authorization}`);
    });
    const result = await planner(server.url, keyed).plan(request('wifi on'), soon);
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(result)).not.toContain(KEY);
    expect(!result.ok && result.error.message.length > 20 && result.error.next.length > 10).toBe(true);
  });

  it('follows no redirect, and sends the sentence and the key nowhere else', async () => {
    await using other = await chatServer(completes({ content: '[]' }));
    await using server = await chatServer((response) => {
      response.writeHead(307, { location: `${other.url}/chat/completions` });
      response.end();
    });
    const result = await planner(server.url, keyed).plan(request('wifi on'), soon);
    expect(result).toMatchObject({ ok: false, error: { code: 'ENDPOINT_REFUSED' } });
    expect(other.seen).toHaveLength(0);
  });

  it.each([
    ['no JSON', 'hello'],
    ['JSON that is no completion', '{"error": "x"}'],
    ['no choices', '{"choices": []}'],
  ])('gives %s as unreadable', async (_, body) => {
    await using server = await chatServer((response) => response.end(body));
    const result = await planner(server.url).plan(request('wifi on'), soon);
    expect(result).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREADABLE' } });
  });

  it.each([
    ['announced', true],
    ['not announced', false],
  ])('reads no more than its limit of an answer whose length is %s', async (_, announced) => {
    let sent = 0;
    await using server = await chatServer((response) => {
      if (announced) response.setHeader('content-length', 50_000_000);
      const part = Buffer.alloc(65_536, ' ');
      const send = (): void => {
        while (sent < 50_000_000 && !response.destroyed) {
          sent += part.length;
          if (!response.write(part)) return void response.once('drain', send);
        }
      };
      send();
    });
    const result = await planner(server.url).plan(request('wifi on'), soon);
    expect(result).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREADABLE' } });
    expect(sent).toBeLessThan(30_000_000);
  });

  it('gives up at its deadline, also in the middle of an answer', async () => {
    await using silent = await chatServer(() => {});
    await using slow = await chatServer((response) => void response.write('{"choices": ['));
    for (const { url } of [silent, slow]) {
      const started = performance.now();
      const result = await planner(url).plan(request('wifi on'), { ...soon, timeoutMs: 200 });
      expect(result).toMatchObject({ ok: false, error: { code: 'MODEL_TIMEOUT' } });
      expect(performance.now() - started).toBeLessThan(3_000);
    }
  });

  it('stops when the user says so, and when it is closed', async () => {
    await using server = await chatServer(() => {});
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const stopped = await planner(server.url).plan(request('wifi on'), { signal: stop.signal, timeoutMs: 5_000 });
    expect(stopped).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    const closing = planner(server.url);
    setTimeout(() => void closing[Symbol.asyncDispose](), 100);
    expect(await closing.plan(request('wifi on'), soon)).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
  });

  it('says when nobody listens, and when the server hangs up', async () => {
    const nobody = await planner(`http://127.0.0.1:${await freePort()}/v1`).plan(request('wifi on'), soon);
    expect(nobody).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREACHABLE', detail: 'ECONNREFUSED' } });
    const server = createServer((_, response) => response.destroy());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const hungUp = await planner(`http://127.0.0.1:${port}/v1`).plan(request('wifi on'), soon);
    server.close();
    expect(hungUp).toMatchObject({ ok: false, error: { code: 'ENDPOINT_UNREACHABLE' } });
  });

  it.each([{}, { MY_KEY: '' }, { MY_KEY: 'two\nlines' }])(
    'asks nobody without a usable key (%j)',
    async (environment) => {
      await using server = await chatServer(completes({ content: '[]' }));
      const result = await planner(server.url, { keyVariable: 'MY_KEY', environment }).plan(request('wifi on'), soon);
      expect(result).toMatchObject({ ok: false, error: { code: 'ENDPOINT_KEY_MISSING' } });
      expect(JSON.stringify(result)).not.toContain('lines');
      expect(server.seen).toHaveLength(0);
    },
  );

  it('warms up without sending anything', async () => {
    await using server = await chatServer(completes({ content: '[]' }));
    expect(await planner(server.url).warmUp(soon)).toEqual({ ok: true, value: undefined });
    expect(await planner('http://example.com/v1').warmUp(soon)).toMatchObject({ ok: false });
    expect(server.seen).toHaveLength(0);
  });

  it('refuses a sentence that is too long before anything is sent', async () => {
    const result = await planner('http://127.0.0.1:9/v1').plan(request('a'.repeat(1_001)), soon);
    expect(result).toMatchObject({ ok: false, error: { code: 'UTTERANCE_TOO_LONG' } });
  });
});
