import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptUtterance } from '../../src/main/accept-utterance.js';

const accept = (text: string) => acceptUtterance(text, 'cli', 'en-US', 1);
const textOf = (text: string): string | null => {
  const accepted = accept(text);
  return accepted.ok ? accepted.value.text : null;
};

describe('acceptUtterance', () => {
  it.each(['', '   ', '\n\t', '\u0000', '\u0000 \u0001'])('refuses nothing to do: %j', (text) => {
    expect(accept(text)).toMatchObject({ ok: false, error: { code: 'UTTERANCE_EMPTY' } });
  });

  it('refuses 100,000 characters at once', () => {
    expect(accept('a'.repeat(100_000))).toMatchObject({ ok: false, error: { code: 'UTTERANCE_TOO_LONG' } });
    expect(accept('word '.repeat(500))).toMatchObject({ ok: false, error: { code: 'UTTERANCE_TOO_LONG' } });
  });

  it.each([
    ['turn on\u0000 the light', 'turn on the light'],
    ['a\u001b[31mb', 'a [31mb'],
    ["'; rm -rf /", "'; rm -rf /"],
    ['text Anna 🎉👩‍👩‍👧', 'text Anna 🎉👩‍👩‍👧'],
    ['שלח הודעה לאמא', 'שלח הודעה לאמא'],
    ['lone \ud800 half', 'lone  half'],
  ])('takes %j', (said, text) => {
    expect(textOf(said)?.replace(/\s+/g, ' ')).toBe(text.replace(/\s+/g, ' '));
  });

  it('never lets a control character through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (said) => {
        expect(textOf(said) ?? '').not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
    );
  });
});
