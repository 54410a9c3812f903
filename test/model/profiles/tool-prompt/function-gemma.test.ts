import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFunctionGemma } from '../../../../src/model/profiles/tool-prompt/function-gemma.js';

const call = (text: string) => `<start_function_call>call:${text}<end_function_call>`;

describe('readFunctionGemma', () => {
  it('reads text, numbers, switches and nothing', () => {
    const answer = call('set_light{room:<escape>living, room}<escape>,brightness:30,power:true,color:null}');
    expect(readFunctionGemma(`${answer}<start_function_response>`)).toEqual({
      ok: true,
      value: [
        {
          name: 'set_light',
          arguments: { room: 'living, room}', brightness: 30, power: true, color: null },
          after: [],
          device: null,
        },
      ],
    });
  });

  it('reads several calls, and none in prose', () => {
    expect(readFunctionGemma(call('lock_screen{}') + call('open_trunk{}'))).toMatchObject({
      ok: true,
      value: [{ name: 'lock_screen' }, { name: 'open_trunk' }],
    });
    expect(readFunctionGemma('I cannot do that.<end_of_turn>')).toEqual({ ok: true, value: [] });
  });

  it.each([
    '<start_function_call>call:set_light{room:<escape>kit',
    '<start_function_call>',
    call('set_light'),
    call('set_light{room}'),
    call('set_light{room:{name:3}}'),
  ])('gives %j as unreadable', (answer) => expect(readFunctionGemma(answer)).toMatchObject({ ok: false }));

  it('reads back what is written in the format', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('<'));
    const values = fc.dictionary(
      fc.stringMatching(/^[a-z_]{1,10}$/).filter((name) => name !== '__proto__'),
      fc.oneof(text, fc.integer(), fc.boolean()),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(values, (given) => {
        const written = Object.entries(given).map(
          ([name, value]) => `${name}:${typeof value === 'string' ? `<escape>${value}<escape>` : value}`,
        );
        expect(readFunctionGemma(call(`a_function{${written.join(',')}}`))).toMatchObject({
          ok: true,
          value: [{ arguments: given }],
        });
      }),
    );
  });
});
