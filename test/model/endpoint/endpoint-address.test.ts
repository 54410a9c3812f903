import { describe, expect, it } from 'vitest';
import { completionsUrl, leavesThisPc } from '../../../src/model/endpoint/endpoint-address.js';

describe('completionsUrl', () => {
  it.each([
    ['https://api.example.com/v1', 'https://api.example.com/v1/chat/completions'],
    ['https://api.example.com/v1//', 'https://api.example.com/v1/chat/completions'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1/chat/completions'],
    ['http://[::1]:8080/v1', 'http://[::1]:8080/v1/chat/completions'],
    ['http://192.168.1.20:1234/v1', 'http://192.168.1.20:1234/v1/chat/completions'],
    ['http://10.0.0.5/v1', 'http://10.0.0.5/v1/chat/completions'],
    ['http://172.31.0.5/v1', 'http://172.31.0.5/v1/chat/completions'],
    ['http://[fd12:3456::1]/v1', 'http://[fd12:3456::1]/v1/chat/completions'],
    ['https://example.com/v1?api-version=3', 'https://example.com/v1/chat/completions?api-version=3'],
  ])('leads %s to %s', (base, expected) => {
    const url = completionsUrl(base);
    expect(url.ok && url.value.href).toBe(expected);
  });

  it.each([
    'http://api.example.com/v1',
    'http://8.8.8.8/v1',
    'http://172.32.0.5/v1',
    'http://192.169.1.1/v1',
    'http://127.0.0.1.example.com/v1',
    'http://10.example.com/v1',
    'http://fd.example.com/v1',
    'http://nas.local/v1',
    'http://[2001:db8::1]/v1',
    'https://user:secret@example.com/v1',
    'ftp://127.0.0.1/v1',
    'file:///etc/passwd',
    'example.com/v1',
    '',
  ])('refuses %s', (base) => {
    const url = completionsUrl(base);
    expect(url).toMatchObject({ ok: false, error: { code: 'ENDPOINT_REFUSED' } });
    expect(JSON.stringify(url)).not.toContain('secret');
  });
});

describe('leavesThisPc', () => {
  it.each([
    'http://127.0.0.1:1/v1',
    'http://127.9.9.9/v1',
    'http://localhost/v1',
    'http://[::1]/v1',
    'http://0x7f.1/v1',
  ])('keeps %s here', (url) => expect(leavesThisPc(url)).toBe(false));

  it.each(['https://api.example.com/v1', 'http://192.168.1.2/v1', 'http://localhost.example.com/v1', 'nonsense'])(
    'says that %s leaves',
    (url) => expect(leavesThisPc(url)).toBe(true),
  );
});
