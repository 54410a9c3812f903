import { once } from 'node:events';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { failureSchema } from '../../../src/core/failure.js';
import { systemClock } from '../../../src/core/ports/clock.js';
import { err } from '../../../src/core/result.js';
import { API_PROTOCOL, ApiServer } from '../../../src/main/api/api-server.js';
import { apiToken } from '../../../src/main/api/api-token.js';
import { createRouter } from '../../../src/main/api/router.js';
import { ProcessPlanner } from '../../../src/model/host/process-planner.js';
import { RecallingPlanner } from '../../../src/model/taught/recalling-planner.js';
import { TaughtExamples } from '../../../src/model/taught/taught-examples.js';
import { type ApiClient, connectApi } from '../../support/api-client.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const noModel = { code: 'MODEL_MISSING', fault: 'user' as const, message: 'There is no model.', next: 'Add one.' };

let folder: ReturnType<typeof temporaryFolder>;
let taughtPath: string;
let token: string;
let server: ApiServer;
let planner: RecallingPlanner;
let connected: ApiClient;
let client: ApiClient['call'];

beforeEach(async () => {
  folder = temporaryFolder();
  taughtPath = join(folder.path, 'taught.jsonl');
  const taught = await TaughtExamples.open(taughtPath);
  if (!taught.ok) throw new RangeError(taught.error.message);
  planner = new RecallingPlanner(new ProcessPlanner({ verify: async () => err(noModel) }), taught.value);
  token = await apiToken(folder.path);
  server = await ApiServer.start({
    router: createRouter({ planner, taught: taught.value, clock: systemClock }),
    token,
    port: 0,
  });
  connected = await connectApi(server.port, token);
  client = connected.call;
});
afterEach(async () => {
  connected[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
  await planner[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

/** The HTTP status that an upgrade is refused with, or 101. */
async function upgrade(headers: Record<string, string>, protocols = [API_PROTOCOL, token]): Promise<number> {
  const stranger = new WebSocket(`ws://127.0.0.1:${server.port}`, protocols, { headers });
  try {
    return await new Promise((resolve) => {
      stranger.on('open', () => resolve(101));
      stranger.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      stranger.on('error', () => {});
    });
  } finally {
    stranger.terminate();
  }
}

describe('the API', () => {
  it('takes a correction of a plan, which holds from the next sentence on, also for other processes', async () => {
    const sentence = 'cosy up the place';
    const light = {
      id: 'c1',
      function: 'set_light',
      args: { room: 'den', brightness: 20 },
      target: null,
      device: 'x',
      after: [],
    };
    const tv = {
      id: 'c2',
      function: 'set_tv_power',
      args: { power: true },
      target: 'bedroom TV',
      device: null,
      after: ['c1'],
    };
    const corrected = await client.taught.correct({ sentence, calls: [light, tv] });
    expect(corrected.recalled).toEqual({ sentence, match: 'exact' });
    const plan = await client.plan({ text: 'Cosy up the place!', locale: 'en-US' });
    expect(plan.calls).toMatchObject([
      { ...light, device: null },
      { ...tv, device: null },
    ]);
    expect(plan.recalled).toMatchObject({ sentence });
    const elsewhere = await TaughtExamples.open(taughtPath);
    expect(elsewhere.ok && elsewhere.value.all).toMatchObject([{ sentence }]);
    if (elsewhere.ok) await elsewhere.value.teach({ sentence: 'lights out', means: 'set_light(power=false)', at: 1 });
    expect((await client.taught.list()).map((example) => example.sentence)).toEqual([sentence, 'lights out']);
    expect(await client.taught.forget({ sentence })).toEqual({ forgotten: 1 });
    expect((await client.taught.list()).map((example) => example.sentence)).toEqual(['lights out']);
  });

  it('says as data what cannot be taught', async () => {
    const wrong = await client.taught.teach({ sentence: 'movie time', means: 'set_lamp()' }).catch((error) => error);
    expect(wrong).toBeInstanceOf(ORPCError);
    expect(failureSchema.parse(wrong.data)).toMatchObject({ code: 'MEANING_UNREADABLE', fault: 'user' });
    const planned = await client.plan({ text: 'turn on the light', locale: 'en-US' }).catch((error) => error);
    expect(failureSchema.parse(planned.data)).toEqual(noModel);
    const long = await client.plan({ text: 'a'.repeat(5_000), locale: 'en-US' }).catch((error) => error);
    expect(long).toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('turns strangers away before anything is read', async () => {
    expect(await upgrade({})).toBe(101);
    expect(await upgrade({ origin: `http://127.0.0.1:${server.port}` })).toBe(101);
    const foreign = [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${server.port + 1}`,
      `http://127.0.0.1.evil.example`,
    ];
    for (const origin of foreign) expect(await upgrade({ origin })).toBe(403);
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', `0.0.0.0:${server.port}`])
      expect(await upgrade({ host })).toBe(403);
    expect(await upgrade({}, [API_PROTOCOL])).toBe(401);
    expect(await upgrade({}, [API_PROTOCOL, 'x'.repeat(43)])).toBe(401);
    expect(await upgrade({}, [token, API_PROTOCOL])).toBe(401);
  });

  it('survives clients that send nonsense', async () => {
    const rude = new WebSocket(`ws://127.0.0.1:${server.port}`, [API_PROTOCOL, token]);
    await once(rude, 'open');
    rude.send('{"i":');
    rude.send(Buffer.alloc(2_000_000));
    await once(rude, 'close');
    expect(await client.taught.list()).toEqual([]);
  });

  it('keeps its token', async () => {
    expect(await apiToken(folder.path)).toBe(token);
    expect(token).toMatch(/^[\w-]{43}$/);
  });
});
