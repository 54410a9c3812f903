import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxArguments } from '../../../../src/model/profiles/octopus/octopus-functions.js';
import type { OctopusCall, OctopusValue } from '../../../../src/model/profiles/octopus/octopus-output.js';
import { parseOutput } from '../../../../src/model/profiles/octopus/parse-output.js';
import { partsOf, writeCall } from './written.js';

const parse = (output: string) => parseOutput(partsOf(output, 1), maxArguments);

const text = (value: string): OctopusValue => ({ kind: 'text', value });
const call = (index: number, ...args: OctopusValue[]): OctopusCall => ({ index, probability: 1, args });

describe('parseOutput', () => {
  it.each<[string, OctopusCall[]]>([
    [" <nexa_0>('front')<nexa_end>", [call(0, text('front'))]],
    ['<nexa_6>()<nexa_end>', [call(6)]],
    ['<nexa_6>( )<nexa_end>', [call(6)]],
    ['<nexa_7>("Anna", "I\'m late")<nexa_end>', [call(7, text('Anna'), text("I'm late"))]],
    ["<nexa_7>('Anna', 'I'm late')<nexa_end>", [call(7, text('Anna'), text("I'm late"))]],
    ["<nexa_7>('Anna', 'I\\'m late')<nexa_end>", [call(7, text('Anna'), text("I'm late"))]],
    ['<nexa_7>("Bob", "he said "hi" to me")<nexa_end>', [call(7, text('Bob'), text('he said "hi" to me'))]],
    [
      "<nexa_7>('Bob', 'the 'best', and then left')<nexa_end>",
      [call(7, text('Bob'), text("the 'best', and then left"))],
    ],
    ["<nexa_4>('songs by 'Queen', 'Abba')<nexa_end>", [call(4, text("songs by 'Queen', 'Abba"))]],
    ["<nexa_4>('smile (:') and more')<nexa_end>", [call(4, text("smile (:') and more"))]],
    ["<nexa_13>(7, 'ring')<nexa_end>", [call(13, { kind: 'number', value: 7 }, text('ring'))]],
    ['<nexa_15>(True)<nexa_end>', [call(15, { kind: 'boolean', value: true })]],
    ['<nexa_15>(False)<nexa_end>', [call(15, { kind: 'boolean', value: false })]],
    ['<nexa_2>(None)<nexa_end>', [call(2, { kind: 'none' })]],
    ['<nexa_2>(New York)<nexa_end>', [call(2, text('New York'))]],
    ['<nexa_8>(+15550100)<nexa_end>', [call(8, text('+15550100'))]],
    ['<nexa_8>(007)<nexa_end>', [call(8, text('007'))]],
    ["<nexa_0>('back');<nexa_6>()<nexa_end>", [call(0, text('back')), call(6)]],
    ["<nexa_0>('back') ; <nexa_6>()<nexa_end>", [call(0, text('back')), call(6)]],
    ["<nexa_0>('back')<nexa_end>;<nexa_6>()<nexa_end>", [call(0, text('back')), call(6)]],
    ["<nexa_0>('back')<nexa_end><nexa_6>()<nexa_end>", [call(0, text('back')), call(6)]],
    ["<nexa_0>('back')<nexa_end>\n<nexa_6>()<nexa_end>;", [call(0, text('back')), call(6)]],
    [
      "<nexa_7>('Anna', <nexa_2>('Rome'))<nexa_end>",
      [call(7, text('Anna'), { kind: 'call', call: call(2, text('Rome')) })],
    ],
  ])('reads %s', (output, calls) => {
    expect(parse(output)).toEqual({ ok: true, value: calls });
  });

  it.each([
    ['nothing', ''],
    ['words alone', 'I cannot do that.<nexa_end>'],
    ['words before the call', "Sure: <nexa_0>('front')<nexa_end>"],
    ['words after the call', "<nexa_0>('front') done<nexa_end>"],
    ['no end', "<nexa_0>('front')"],
    ['a call that is cut off', "<nexa_7>('Anna', 'I am"],
    ['a parenthesis that stays open', "<nexa_0>('front'<nexa_end>"],
    ['no parentheses', '<nexa_6><nexa_end>'],
    ['an argument too many', "<nexa_0>('front', 'back', 3)<nexa_end>"],
    ['an empty argument', "<nexa_7>('Anna', )<nexa_end>"],
    ['a semicolon without a call', "<nexa_0>('front');<nexa_end>"],
    ['calls side by side without a joint', "<nexa_0>('front')<nexa_6>()<nexa_end>"],
    ['a token inside a text', "<nexa_4>('a <nexa_6> b')<nexa_end>"],
  ])('refuses %s', (_, output) => {
    expect(parse(output)).toMatchObject({ ok: false, error: { reason: expect.any(String) } });
  });

  it('gives up on an output that can be read in too many ways, soon', () => {
    const knot = `<nexa_3>(${"'a', ".repeat(400)}`;
    const started = performance.now();
    expect(parse(`${knot}${knot}`).ok).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('refuses calls that are nested without end', () => {
    const deep = `${'<nexa_4>('.repeat(500)}'x'${')'.repeat(500)}<nexa_end>`;
    expect(parse(deep).ok).toBe(false);
  });

  const value: fc.Arbitrary<OctopusValue> = fc.oneof(
    fc.string({ unit: 'grapheme' }).map(text),
    fc.string({ unit: fc.constantFrom("'", '"', '\\', ',', ')', '(', ';', ' ', 'a') }).map(text),
    fc.integer({ min: -1_000, max: 1_000 }).map((number): OctopusValue => ({ kind: 'number', value: number })),
    fc.boolean().map((flag): OctopusValue => ({ kind: 'boolean', value: flag })),
    fc.constant<OctopusValue>({ kind: 'none' }),
  );
  const flat = fc
    .integer({ min: 0, max: 19 })
    .chain((index) => fc.array(value, { maxLength: maxArguments(index) }).map((args) => call(index, ...args)));
  const nested = fc
    .tuple(flat, flat)
    .filter(([outer]) => outer.args.length > 0)
    .map(([outer, inner]) => call(outer.index, ...outer.args.slice(1), { kind: 'call', call: inner }));

  it('reads back what a writer prints', () => {
    const joints = fc.constantFrom(';', ' ; ', '<nexa_end>', '<nexa_end>;', '<nexa_end>; ');
    fc.assert(
      fc.property(fc.array(fc.oneof(flat, nested), { minLength: 1, maxLength: 4 }), joints, (calls, joint) => {
        expect(parse(`${calls.map(writeCall).join(joint)}<nexa_end>`)).toEqual({ ok: true, value: calls });
      }),
      { numRuns: 500 },
    );
  });

  it('reads back texts whose quotes are not escaped, where no quote stands before a comma or parenthesis', () => {
    const words = fc.stringMatching(/^(?:[a-z]+['"]?[a-z]+ ?){1,6}$/u).map((said) => said.trim());
    fc.assert(
      fc.property(words, words, fc.constantFrom("'", '"'), (name, message, quote) => {
        const output = `<nexa_7>(${quote}${name}${quote}, ${quote}${message}${quote})<nexa_end>`;
        expect(parse(output)).toEqual({ ok: true, value: [call(7, text(name), text(message))] });
      }),
    );
  });

  it('never throws, whatever the model writes', () => {
    const piece = fc.constantFrom(
      '<nexa_3>',
      '<nexa_7>',
      '<nexa_end>',
      '(',
      ')',
      "'",
      '"',
      ',',
      ';',
      '\\',
      'a',
      ' ',
      '7',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        expect(typeof parse(pieces.join('')).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
