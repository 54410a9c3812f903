import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellCommand, shellQuote } from '../../src/adb/shell-quote.js';

/** What a real shell hands to a program, one hexadecimal line an argument. */
function throughShell(argv: readonly string[]): Buffer[] {
  const script = "for (const a of process.argv.slice(1)) console.log(Buffer.from(a).toString('hex'))";
  const command = `${shellCommand([process.execPath, '-e', script, '--', ...argv])}`;
  const run = spawnSync('sh', ['-c', command], { encoding: 'utf8', maxBuffer: 64 << 20 });
  expect(run.status, run.stderr).toBe(0);
  const lines = run.stdout.split('\n').slice(0, -1);
  return lines.map((line) => Buffer.from(line, 'hex'));
}

const nasty = [
  '',
  ' ',
  "'",
  "''",
  "a'b'c",
  '"',
  '\\',
  "\\'",
  '$HOME',
  '$(reboot)',
  '`reboot`',
  '; reboot',
  '&& reboot',
  '| cat',
  '> /sdcard/x',
  '*',
  '~',
  '-n',
  '--',
  '!!',
  '#',
  'a\nb',
  '\r\n\t',
  '\u0001\u001b[0m\u007f',
  '我晚点到',
  'مرحبا \u202e',
  '👩‍👩‍👧',
  '%s%n',
  '$IFS',
  "'; rm -rf / #",
];

describe('shellQuote', () => {
  it('carries every nasty string through a real shell unchanged', () => {
    expect(throughShell(nasty).map(String)).toEqual(nasty);
  });

  it('carries any bytes of any string as one argument', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom("'", '\\', '"', '$', '`', '\n', ' ', ';', '*', '(', 'a'), maxLength: 40 }),
    );
    const withoutNul = text.map((value) => value.replaceAll('\0', ''));
    fc.assert(
      fc.property(fc.array(withoutNul, { minLength: 200, maxLength: 400 }), (argv) => {
        const got = throughShell(argv);
        expect(got.length).toBe(argv.length);
        for (const [index, value] of argv.entries()) expect(got[index]?.equals(Buffer.from(value))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('refuses NUL, which would cut the command short', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(() => shellQuote(`${before}\0${after}`)).toThrow(/NUL/);
      }),
    );
  });
});
