import { describe, expect, it } from 'vitest';
import { downloadAddress, publicPart } from '../../../src/model/store/download-address.js';
import { isOwnNetwork, isThisPc } from '../../../src/platform/host-reach.js';

const hub = 'https://huggingface.co/me/model/resolve/main/model.gguf?download=true';

describe('downloadAddress', () => {
  it.each([
    ['https://example.org/a.gguf', undefined, 'https://example.org/a.gguf'],
    ['http://127.0.0.1:8080/a.gguf', undefined, 'http://127.0.0.1:8080/a.gguf'],
    ['http://[::1]/a.gguf', undefined, 'http://[::1]/a.gguf'],
    ['http://localhost/a.gguf', undefined, 'http://localhost/a.gguf'],
    [hub, undefined, hub],
    [hub, 'https://mirror.example', 'https://mirror.example/me/model/resolve/main/model.gguf?download=true'],
    [hub, 'https://m.example/hf/', 'https://m.example/hf/me/model/resolve/main/model.gguf?download=true'],
    ['https://huggingface.co.evil.example/x', 'https://mirror.example', 'https://huggingface.co.evil.example/x'],
    ['https://example.org/a.gguf', 'https://mirror.example', 'https://example.org/a.gguf'],
  ])('%s with the mirror %s is %s', (text, mirror, url) => {
    const address = downloadAddress(text, mirror);
    expect(address.ok && address.value.href).toBe(url);
  });

  it.each([
    ['http://example.org/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['http://192.168.1.4/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['http://127.0.0.1.example.org/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['http://localhost.example.org/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['ftp://example.org/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['file:///home/me/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['https://me:secret@example.org/a.gguf', undefined, 'BAD_MODEL_URL'],
    ['https://', undefined, 'BAD_MODEL_URL'],
    [hub, 'mirror', 'BAD_MODEL_MIRROR'],
    [hub, 'http://mirror.example', 'BAD_MODEL_URL'],
  ])('%s with the mirror %s is refused', (text, mirror, code) => {
    const address = downloadAddress(text, mirror);
    expect(address).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(address)).not.toContain('secret');
  });

  it('keeps the keys of a link to itself', () => {
    expect(publicPart(new URL('https://example.org/a.gguf?key=secret#x'))).toBe('https://example.org/a.gguf');
  });
});

describe('reach of a host', () => {
  it.each([
    ['http://127.0.0.1/', true, false],
    ['http://127.9.9.9/', true, false],
    ['http://2130706433/', true, false],
    ['http://[::1]/', true, false],
    ['http://localhost/', true, false],
    ['http://10.1.2.3/', false, true],
    ['http://172.31.0.1/', false, true],
    ['http://192.168.0.9/', false, true],
    ['http://[fd00::1]/', false, true],
    ['http://172.32.0.1/', false, false],
    ['http://8.8.8.8/', false, false],
    ['http://[2001:db8::1]/', false, false],
    ['http://localhost.example/', false, false],
    ['http://10.example.org/', false, false],
  ])('%s: this PC %s, own network %s', (url, thisPc, ownNetwork) => {
    expect([isThisPc(new URL(url)), isOwnNetwork(new URL(url))]).toEqual([thisPc, ownNetwork]);
  });
});
