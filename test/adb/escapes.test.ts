import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindValue, sqlText, uriComponent } from '../../src/adb/escapes.js';

/** The newer `content` command's reading of a value: a backslash takes the next character as it is. */
const unescaped = (value: string): string => value.replace(/\\([\s\S])/g, '$1');

describe('escapes', () => {
  it('leaves no colon or backslash of a bound value bare, and reads back the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(':', '\\', 'a', ' ', "'") }), (value) => {
        const escaped = bindValue(value, 'escaped');
        expect(escaped.replace(/\\[\s\S]/g, '')).not.toMatch(/[:\\]/);
        expect(unescaped(escaped)).toBe(value);
        expect(bindValue(value, 'raw')).toBe(value);
      }),
    );
  });

  it('makes SQL literals that end where they should', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("'", '-', 'x', ' ') }), (value) => {
        const literal = sqlText(value);
        expect(literal.slice(1, -1).replaceAll("''", '')).not.toContain("'");
        expect(literal.slice(1, -1).replaceAll("''", "'")).toBe(value);
      }),
    );
  });

  it('encodes any string, even half a surrogate pair, into unreserved characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const encoded = uriComponent(value);
        expect(encoded).toMatch(/^[A-Za-z0-9\-._~%]*$/);
        expect(decodeURIComponent(encoded)).toBe(Buffer.from(value).toString());
      }),
    );
    expect(uriComponent('\ud800')).toBe('%EF%BF%BD');
  });
});
