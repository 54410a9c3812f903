import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Download, type DownloadProgress, download } from '../../../src/model/store/download.js';
import { openRemoteFile, remoteSize } from '../../../src/model/store/remote-file.js';
import { Cleanup } from '../../support/cleanup.js';
import { FileServer } from '../../support/file-server.js';
import { freePort } from '../../support/free-port.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const content = randomBytes(3_000_000);
const sha256 = createHash('sha256').update(content).digest('hex');
const signal = new AbortController().signal;

let cleanup: Cleanup;
let server: FileServer;
let target: string;
let folder: string;

beforeEach(async () => {
  cleanup = new Cleanup();
  folder = cleanup.use(temporaryFolder()).path;
  target = join(folder, 'model.gguf');
  server = cleanup.use(await FileServer.start(content));
});
afterEach(() => cleanup[Symbol.asyncDispose]());

const fetchModel = (changes: Partial<Download> = {}) =>
  download({ url: server.url(), target, sha256, signal, onProgress: () => {}, ...changes });

describe('download', () => {
  it('gives the whole file, tells how far it is, and leaves nothing else', async () => {
    const told: DownloadProgress[] = [];
    expect(await fetchModel({ onProgress: (progress) => told.push(progress) })).toEqual({
      ok: true,
      value: { sha256 },
    });
    expect(readFileSync(target).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['model.gguf']);
    expect(told.at(-1)).toMatchObject({ bytes: content.length, total: content.length });
    expect(told.at(-1)?.bytesPerSecond).toBeGreaterThan(0);
  });

  it('goes on where it was cut off, with the same file only', async () => {
    server.behaviour.cutAfter = 1_000_000;
    expect(await fetchModel()).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_CUT' } });
    expect(existsSync(target)).toBe(false);
    const kept = readFileSync(`${target}.part`).length;
    expect(kept).toBeGreaterThan(0);
    server.behaviour.cutAfter = null;
    const told: DownloadProgress[] = [];
    expect(await fetchModel({ onProgress: (progress) => told.push(progress) })).toMatchObject({ ok: true });
    expect(server.requests).toEqual(['GET /model.gguf', `GET /model.gguf bytes=${kept}-`]);
    expect(told.at(-1)).toMatchObject({ bytes: content.length, total: content.length });
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  it('starts anew when the entity tag has changed', async () => {
    server.behaviour.cutAfter = 1_000_000;
    await fetchModel();
    const changed = randomBytes(2_000_000);
    Object.assign(server.behaviour, { cutAfter: null, content: changed, etag: '"two"' });
    const expected = createHash('sha256').update(changed).digest('hex');
    expect(await fetchModel({ sha256: expected })).toMatchObject({ ok: true });
    expect(readFileSync(target).equals(changed)).toBe(true);
  });

  it.each([
    ['the server knows no ranges', { ranges: false }],
    ['the server gives no entity tag', { etag: null }],
    ['the entity tag is a weak one', { etag: 'W/"one"' }],
  ])('starts anew when %s', async (_name, behaviour) => {
    Object.assign(server.behaviour, { ...behaviour, cutAfter: 1_000_000 });
    await fetchModel();
    expect(existsSync(`${target}.part`)).toBe(true);
    server.behaviour.cutAfter = null;
    expect(await fetchModel()).toMatchObject({ ok: true });
    expect(readFileSync(target).equals(content)).toBe(true);
  });

  it('builds on no bytes of another address, or of unknown origin', async () => {
    writeFileSync(`${target}.part`, 'bytes of somebody else');
    expect(await fetchModel({ sha256: null })).toMatchObject({ ok: true, value: { sha256 } });
    const other = join(folder, 'other.gguf');
    server.behaviour.cutAfter = 1_000_000;
    await fetchModel({ target: other });
    server.behaviour.cutAfter = null;
    expect(await fetchModel({ target: other, url: server.url('/elsewhere.gguf') })).toMatchObject({ ok: true });
    expect(server.requests.at(-1)).toBe('GET /elsewhere.gguf');
  });

  it('checks a part that was whole already, without another byte', async () => {
    server.behaviour.cutAfter = content.length;
    server.behaviour.length = null;
    expect(await fetchModel()).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_CUT' } });
    expect(readFileSync(`${target}.part`)).toHaveLength(content.length);
    server.behaviour.cutAfter = null;
    expect(await fetchModel()).toMatchObject({ ok: true });
    expect(server.requests.at(-1)).toBe(`GET /model.gguf bytes=${content.length}-`);
  });

  it('deletes what has the wrong hash', async () => {
    expect(await fetchModel({ sha256: '0'.repeat(64) })).toMatchObject({
      ok: false,
      error: { code: 'DOWNLOAD_WRONG_HASH', detail: expect.stringContaining(sha256) },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('never writes over a file', async () => {
    writeFileSync(target, 'mine');
    expect(await fetchModel()).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_EXISTS' } });
    expect(readFileSync(target, 'utf8')).toBe('mine');
    expect(server.requests).toEqual([]);
  });

  it('gives up on a server that falls silent, before and within the body', async () => {
    const stalled = { ok: false, error: { code: 'DOWNLOAD_STALLED' } };
    server.behaviour.silent = true;
    expect(await fetchModel({ idleMs: 300 })).toMatchObject(stalled);
    Object.assign(server.behaviour, { silent: false, stallAfter: 500_000 });
    expect(await fetchModel({ idleMs: 300 })).toMatchObject(stalled);
    server.behaviour.stallAfter = null;
    expect(await fetchModel()).toMatchObject({ ok: true });
    expect(server.requests.at(-1)).toMatch(/bytes=\d+-/);
  });

  it('stops when it is told to, and keeps what it has', async () => {
    server.behaviour.stallAfter = 500_000;
    const stopping = new AbortController();
    const running = fetchModel({ signal: stopping.signal });
    setTimeout(() => stopping.abort(), 200);
    expect(await running).toMatchObject({ ok: false, error: { code: 'CANCELLED' } });
    expect(existsSync(`${target}.part`)).toBe(true);
    expect(existsSync(target)).toBe(false);
  });

  it('takes no more than is allowed, whatever the server says', async () => {
    const tooLarge = { ok: false, error: { code: 'DOWNLOAD_TOO_LARGE' } };
    expect(await fetchModel({ maxBytes: 1_000_000 })).toMatchObject(tooLarge);
    expect(existsSync(`${target}.part`)).toBe(false);
    server.behaviour.length = null;
    expect(await fetchModel({ maxBytes: 1_000_000 })).toMatchObject(tooLarge);
    expect(readFileSync(`${target}.part`).length).toBeLessThanOrEqual(1_000_000);
  });

  it('begins nothing that does not fit on the disk', async () => {
    server.behaviour.length = 900_000_000_000_000;
    expect(await fetchModel({ maxBytes: Number.POSITIVE_INFINITY })).toMatchObject({
      ok: false,
      error: { code: 'DOWNLOAD_NO_SPACE' },
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [404, 'DOWNLOAD_NOT_FOUND'],
    [401, 'DOWNLOAD_REFUSED'],
    [429, 'DOWNLOAD_REFUSED'],
    [503, 'DOWNLOAD_REFUSED'],
  ])('HTTP %i is %s', async (status, code) => {
    server.behaviour.status = status;
    expect(await fetchModel()).toMatchObject({ ok: false, error: { code, fault: 'link' } });
  });

  it('a server that is not there is unreachable', async () => {
    const url = new URL(`http://127.0.0.1:${await freePort()}/model.gguf`);
    expect(await fetchModel({ url })).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_UNREACHABLE' } });
  });
});

describe('openRemoteFile', () => {
  it.each(['http://127.0.0.1:1/model.gguf', '/other.gguf', 'ftp://example.org/x', 'file:///etc/passwd', 'http://'])(
    'is not sent on to %s',
    async (location) => {
      server.behaviour.redirects['/model.gguf'] = location;
      const opened = await openRemoteFile(server.url(), { method: 'GET', resume: null, signal });
      expect(opened).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_REDIRECT' } });
      expect(server.requests).toHaveLength(1);
    },
  );
});

describe('remoteSize', () => {
  it('asks for the head alone', async () => {
    expect(await remoteSize(server.url(), signal)).toEqual({ ok: true, value: content.length });
    expect(server.requests).toEqual(['HEAD /model.gguf']);
    server.behaviour.length = null;
    expect(await remoteSize(server.url(), signal)).toEqual({ ok: true, value: null });
    server.behaviour.status = 403;
    expect(await remoteSize(server.url(), signal)).toEqual({ ok: true, value: null });
    server.behaviour.status = 404;
    expect(await remoteSize(server.url(), signal)).toMatchObject({ ok: false, error: { code: 'DOWNLOAD_NOT_FOUND' } });
  });
});
