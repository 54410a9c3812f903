import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cleanup } from '../../support/cleanup.js';
import { Cli } from '../../support/cli.js';
import { embeddedModel } from '../../support/embedded-model.js';
import { FileServer } from '../../support/file-server.js';
import { smallGguf } from '../../support/small-gguf.js';
import { makeCertificate } from '../../support/tls.js';

const embedded = embeddedModel.path;
const content = readFileSync(embedded);
const sha256 = createHash('sha256').update(content).digest('hex');
const noLicence = smallGguf({ 'general.architecture': 'qwen3', 'tokenizer.chat_template': '{{ messages }}' });
const plan = ['plan', '--json', 'turn off the kitchen lights'];

// Up to a dozen commands a test, each a process of its own.
vi.setConfig({ testTimeout: 120_000 });

let cleanup: Cleanup;
let cli: Cli;
let mine: string;

beforeEach(async () => {
  cleanup = new Cleanup();
  cli = cleanup.use(await Cli.open());
  mine = join(cli.dataFolder, 'mine.gguf');
});
afterEach(() => cleanup[Symbol.asyncDispose]());

const models = (...args: readonly string[]) => cli.run(['models', ...args]);
const listed = async () => JSON.parse((await models('list', '--json')).stdout) as Record<string, unknown>[];
const names = async () => (await listed()).map(({ name }) => name);
const downloads = () => readdirSync(join(cli.dataFolder, 'models')).filter((name) => name !== 'models.json');

describe('tentacle models', () => {
  it('begins with the embedded model, which stays', async () => {
    expect(await listed()).toMatchObject([{ name: embeddedModel.name, kind: 'embedded', current: true }]);
    expect(await models('remove', embeddedModel.name)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/always there/),
    });
    expect(await models('use', 'nonsense')).toMatchObject({ code: 2, stderr: expect.stringMatching(/models list/) });
    expect(await models('use', embeddedModel.name.toUpperCase())).toMatchObject({ code: 0 });
    expect(await names()).toEqual([embeddedModel.name]);
  });

  it('takes a file of the user’s own, plans with it, and refuses it once it has changed', async () => {
    copyFileSync(embedded, mine);
    const added = await models('add', mine, '--yes', '--sha256', sha256.toUpperCase());
    expect(added, added.stderr).toMatchObject({ code: 0 });
    expect(added.stdout).toMatch(/licence +Apache-2\.0/);
    expect(await listed()).toMatchObject([
      { name: embeddedModel.name, current: true },
      { name: 'mine', kind: 'file', profile: 'tentacle', path: mine, sha256, current: false, state: 'ready' },
    ]);
    expect(await models('use', 'mine')).toMatchObject({ code: 0 });
    expect((await models('list')).stdout).toMatch(/\* mine {2}plans/);

    const planned = await cli.run(plan);
    expect(planned, planned.stderr).toMatchObject({ code: 0 });
    expect(JSON.parse(planned.stdout)).toMatchObject({ decision: 'plan', calls: [{ function: 'set_light' }] });

    const changed = Buffer.from(content);
    changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 0xff;
    writeFileSync(mine, changed);
    const refused = await cli.run(plan);
    expect(refused).toMatchObject({ code: 5, stdout: '' });
    expect(refused.stderr).toMatch(/mine was not loaded.*has changed/);
    expect(await models('use', 'mine')).toMatchObject({ code: 5 });

    rmSync(mine);
    expect(await listed()).toMatchObject([{}, { name: 'mine', state: 'missing' }]);
    expect(await cli.run(plan)).toMatchObject({ code: 5, stderr: expect.stringMatching(/not there/) });

    const removed = await models('remove', 'MINE');
    expect(removed).toMatchObject({ code: 0, stderr: expect.stringMatching(/embedded model plans/) });
    expect(await listed()).toMatchObject([{ name: embeddedModel.name, current: true }]);
    expect(await cli.run(plan)).toMatchObject({ code: 0 });
  });

  it('really plans with the chosen file: without it, nothing plans, unless TENTACLE_MODEL names another', async () => {
    copyFileSync(embedded, mine);
    await models('add', mine, '--yes', '--name', 'own');
    await models('use', 'own');
    rmSync(mine);
    expect(await cli.run(plan)).toMatchObject({ code: 5 });
    cli.environment.TENTACLE_MODEL = fileURLToPath(new URL('../../../models/manifest.json', import.meta.url));
    expect(await cli.run(plan)).toMatchObject({ code: 0 });
    expect((await models('list')).stderr).toMatch(/TENTACLE_MODEL is set/);
  });

  it('adds nothing without a yes, and says that a licence is unknown', async () => {
    writeFileSync(mine, noLicence);
    const asked = await models('add', mine);
    expect(asked.stdout).toMatch(/licence +unknown/);
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringMatching(/--yes/) });
    expect(await names()).toEqual([embeddedModel.name]);
    expect(await models('add', mine, '--yes')).toMatchObject({ code: 0 });
    expect(await listed()).toMatchObject([{}, { name: 'mine', profile: 'tool-prompt', licence: null }]);
  });

  it.each([
    ['no GGUF', Buffer.from('<html>'), 1, /no GGUF/],
    ['a cut file', content.subarray(0, 3_000_000), 1, /not whole/],
    ['nothing that can be asked', smallGguf({ 'general.architecture': 'llama' }), 1, /does not know how to ask/],
  ])('adds nothing from %s', async (_name, bytes, code, says) => {
    writeFileSync(mine, bytes);
    expect(await models('add', mine, '--yes')).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(says) });
    expect(existsSync(join(cli.dataFolder, 'models', 'models.json'))).toBe(false);
  });

  it('names what was written wrongly', async () => {
    copyFileSync(embedded, mine);
    await models('add', mine, '--yes');
    for (const [says, ...args] of [
      [/no file/, join(cli.dataFolder, 'nothing.gguf')],
      [/name mine already/, mine],
      [/name [A-Z0-9-]+ already/, mine, '--name', embeddedModel.name.toUpperCase()],
      [/cannot be a model's name/, mine, '--name', '../evil'],
      [/64 hexadecimal/, mine, '--name', 'b', '--sha256', 'abc'],
      [/belong to endpoints/, mine, '--name', 'b', '--model', 'x'],
      [/over https alone/, 'http://example.org/a.gguf', '--yes', '--sha256', 'none'],
    ] as const) {
      expect(await models('add', '--yes', ...args)).toMatchObject({ code: 2, stderr: expect.stringMatching(says) });
    }
    const wrong = await models('add', mine, '--yes', '--name', 'b', '--sha256', '0'.repeat(64));
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringMatching(/not the file that the SHA-256/) });
    expect(await names()).toEqual([embeddedModel.name, 'mine']);
  });

  it('a broken list stops planning and nothing else, and stays as it is', async () => {
    const path = join(cli.dataFolder, 'models', 'models.json');
    mkdirSync(join(cli.dataFolder, 'models'));
    writeFileSync(path, '{"version":1,');
    copyFileSync(embedded, mine);
    for (const args of [['models', 'list'], ['models', 'add', mine, '--yes'], plan]) {
      expect(await cli.run(args)).toMatchObject({ code: 5, stderr: expect.stringMatching(/cannot be read/) });
    }
    expect(await cli.run(['history'])).toMatchObject({ code: 0 });
    expect(readFileSync(path, 'utf8')).toBe('{"version":1,');
  });

  it('takes endpoints, and says when sentences leave this PC', async () => {
    const near = await models('add', 'http://127.0.0.1:9/v1/', '--endpoint', '--model', 'qwen3:4b');
    expect(near, near.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/stays on this PC/) });
    const far = ['add', 'https://models.example/v1', '--endpoint', '--model', 'big', '--key-variable', 'MODEL_KEY'];
    expect(await models(...far)).toMatchObject({ code: 1, stdout: expect.stringMatching(/leaves this PC/) });
    expect(await models(...far, '--yes')).toMatchObject({ code: 0 });
    expect(await listed()).toMatchObject([
      {},
      { name: 'qwen3-4b', kind: 'endpoint', url: 'http://127.0.0.1:9/v1', leavesThisPc: false, keyVariable: null },
      { name: 'big', url: 'https://models.example/v1', leavesThisPc: true, keyVariable: 'MODEL_KEY' },
    ]);
    for (const url of [
      'http://models.example/v1',
      'https://me:pw@models.example/v1',
      'https://models.example/v1?key=x',
    ]) {
      expect(await models('add', url, '--endpoint', '--model', 'other', '--yes')).toMatchObject({ code: 2 });
    }
    expect(await models('add', 'https://models.example/v1', '--endpoint', '--yes')).toMatchObject({ code: 2 });
  });
});

describe('tentacle models add <URL>', () => {
  it('downloads after a yes, with a hash, and deletes what it downloaded after another', async () => {
    const server = cleanup.use(await FileServer.start(content));
    const url = `${server.origin}/own.gguf?key=secret`;
    expect(await models('add', url)).toMatchObject({ code: 2, stderr: expect.stringMatching(/--sha256/) });
    const asked = await models('add', url, '--sha256', sha256);
    expect(asked).toMatchObject({ code: 1, stderr: expect.stringMatching(/--yes/) });
    expect(asked.stdout).toMatch(/own\.gguf[\s\S]*size +7\.3 MB[\s\S]*licence +unknown/);
    expect(server.requests.every((request) => request.startsWith('HEAD'))).toBe(true);

    const added = await models('add', url, '--sha256', sha256, '--yes');
    expect(added, added.stderr).toMatchObject({ code: 0, stderr: expect.stringMatching(/100 % of 7\.3 MB/) });
    expect(await listed()).toMatchObject([
      {},
      { name: 'own', source: `${server.origin}/own.gguf`, licence: 'Apache-2.0' },
    ]);
    expect(readFileSync(join(cli.dataFolder, 'models', 'models.json'), 'utf8')).not.toContain('secret');
    await models('use', 'own');
    expect(await cli.run(plan)).toMatchObject({ code: 0 });

    expect(await models('remove', 'own')).toMatchObject({ code: 0, stderr: expect.stringMatching(/file stays/) });
    expect(downloads()).toEqual(['own.gguf']);
    const again = await models('add', url, '--sha256', sha256, '--yes');
    expect(again).toMatchObject({ code: 1, stderr: expect.stringMatching(/there already/) });
    rmSync(join(cli.dataFolder, 'models', 'own.gguf'));
    await models('add', url, '--sha256', 'none', '--yes');
    expect(await models('remove', 'own', '--yes')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/is deleted/),
    });
    expect(downloads()).toEqual([]);
  });

  it('never deletes a file that was the user’s before', async () => {
    copyFileSync(embedded, mine);
    await models('add', mine, '--yes');
    expect(await models('remove', 'mine', '--yes')).toMatchObject({ code: 0, stderr: expect.stringMatching(/stays/) });
    expect(existsSync(mine)).toBe(true);
  });

  it('keeps nothing of what is no model, or not the one that was meant', async () => {
    const server = cleanup.use(await FileServer.start(Buffer.from('<html>Sign in</html>')));
    const add = (hash: string) => models('add', `${server.origin}/own.gguf`, '--sha256', hash, '--yes');
    expect(await add('none')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no GGUF[\s\S]*deleted|deleted[\s\S]*no GGUF/),
    });
    expect(await add(sha256)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/not the file that was expected/),
    });
    server.behaviour.status = 404;
    expect(await add('none')).toMatchObject({ code: 1, stderr: expect.stringMatching(/404/) });
    expect(downloads()).toEqual([]);
    expect(await names()).toEqual([embeddedModel.name]);
  });

  it('takes huggingface.co from a mirror when it is told to', async () => {
    const server = cleanup.use(await FileServer.start(content));
    cli.environment.TENTACLE_MODEL_MIRROR = `${server.origin}/hub/`;
    const url = 'https://huggingface.co/me/own/resolve/main/own.gguf';
    expect(await models('add', url, '--sha256', sha256, '--yes')).toMatchObject({ code: 0 });
    expect(server.requests).toEqual(['HEAD', 'GET'].map((method) => `${method} /hub/me/own/resolve/main/own.gguf`));
  });

  it('follows redirects to https, five at most, and never back to http', async () => {
    const certificate = makeCertificate(cli.dataFolder);
    const secure = cleanup.use(await FileServer.start(content, certificate));
    const plain = cleanup.use(await FileServer.start(content));
    cli.environment.NODE_EXTRA_CA_CERTS = certificate.certPath;
    const redirects = secure.behaviour.redirects;
    redirects['/a.gguf'] = '/b.gguf';
    redirects['/b.gguf'] = secure.url('/c.gguf').href;
    redirects['/back.gguf'] = plain.url('/c.gguf').href;
    redirects['/round.gguf'] = '/round.gguf';
    const add = (path: string) => models('add', secure.url(path).href, '--sha256', sha256, '--yes');
    const followed = await add('/a.gguf');
    expect(followed, followed.stderr).toMatchObject({ code: 0 });
    expect(await add('/back.gguf')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/to http, which is not safe/),
    });
    expect(await add('/round.gguf')).toMatchObject({ code: 1, stderr: expect.stringMatching(/more than 5 times/) });
    expect(plain.requests).toEqual([]);
    expect(secure.requests.filter((request) => request.endsWith('/round.gguf'))).toHaveLength(6);
  });
});
