import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseWebAddress } from '../../../src/lan/computer/web-address.js';

const hrefOf = (said: string): string | null => {
  const address = parseWebAddress(said);
  return address.ok ? address.value.href : null;
};

describe('parseWebAddress', () => {
  it.each([
    ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
    ['HTTP://Example.ORG', 'http://example.org/'],
    ['example.org', 'https://example.org/'],
    ['example.org/path?x=1', 'https://example.org/path?x=1'],
    ['//example.org/a', 'https://example.org/a'],
    ['localhost:3000/x', 'http://localhost:3000/x'],
    ['example.org:8080', 'https://example.org:8080/'],
    ['192.168.1.1', 'http://192.168.1.1/'],
    ['[::1]:8080/', 'http://[::1]:8080/'],
    ['bücher.example', 'https://xn--bcher-kva.example/'],
    ['mailto:anna@example.org?subject=Hi%20there', 'mailto:anna@example.org?subject=Hi%20there'],
    ['anna@example.org', 'mailto:anna@example.org'],
    ['https://example.org/"quote" <b>', 'https://example.org/%22quote%22%20%3Cb%3E'],
    ['  https://example.org  ', 'https://example.org/'],
  ])('opens %j as %j', (said, href) => {
    expect(hrefOf(said)).toBe(href);
  });

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    ' java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'file:///etc/passwd',
    'FILE://server/share',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.org/x',
    'view-source:https://example.org',
    'ms-settings:display',
    'search-ms:query=x',
    'steam://run/1',
    'tel:112',
    'ssh://-oProxyCommand=x',
    'https://bank.com@evil.example',
    'https://user:password@example.org',
    'mailto:a@example.org?attach=/etc/passwd',
    'mailto:a@example.org?subject=x&Attachment=/etc/passwd',
    'wikipedia',
    'two words.org',
    '/etc/passwd',
    '\\\\server\\share',
    'C:\\Windows\\System32\\calc.exe',
    '--version',
    '-e',
    '',
    '   ',
    'https://',
  ])('refuses %j with a sentence', (said) => {
    const address = parseWebAddress(said);
    expect(address).toMatchObject({ ok: false, error: expect.stringMatching(/^\S.*\.$/s) });
  });

  it('gives only web pages and mail, in the normal form, whatever is said', () => {
    const scheme = fc.constantFrom('https:', 'javascript:', 'file:', 'data:', 'mailto:', '', '//', 'x:');
    fc.assert(
      fc.property(scheme, fc.string({ unit: 'binary' }), (start, rest) => {
        const href = hrefOf(`${start}${rest}`);
        if (href === null) return;
        expect(href).toMatch(/^(https?:\/\/|mailto:)/);
        expect(href).not.toMatch(/[\0-\u001f\u007f]/);
        expect(new URL(href).href).toBe(href);
      }),
      { numRuns: 2_000 },
    );
  });
});
