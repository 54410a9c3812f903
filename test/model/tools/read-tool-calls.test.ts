import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToolCalls } from '../../../src/model/tools/read-tool-calls.js';
import type { ToolCall } from '../../../src/model/tools/tool-call.js';

const wifi: ToolCall = { name: 'set_wifi', arguments: { enabled: true }, after: [], device: null };

describe('readToolCalls', () => {
  it.each([
    ['an array', '[{"name":"set_wifi","arguments":{"enabled":true}}]'],
    ['a single object', '{"name":"set_wifi","arguments":{"enabled":true}}'],
    ["Llama 3's parameters", '{"name":"set_wifi","parameters":{"enabled":true}}'],
    [
      'OpenAI tool_calls',
      '{"tool_calls":[{"id":"x","type":"function","function":{"name":"set_wifi","arguments":"{\\"enabled\\":true}"}}]}',
    ],
    ['a code fence', '```json\n[{"name":"set_wifi","arguments":{"enabled":true}}]\n```'],
    ["Qwen's block", '<tool_call>\n{"name":"set_wifi","arguments":{"enabled":true}}\n</tool_call>'],
    [
      "Qwen's block after thoughts",
      '<think>\n[1]?\n</think>\n<tool_call>{"name":"set_wifi","arguments":{"enabled":true}}</tool_call>',
    ],
    ['a block without its end', '<tool_call>{"name":"set_wifi","arguments":{"enabled":true}}'],
    ['nulls for what is not said', '[{"name":"set_wifi","arguments":{"enabled":true},"after":null,"device":null}]'],
  ])('reads %s', (_, answer) => expect(readToolCalls(answer)).toEqual({ ok: true, value: [wifi] }));

  it('reads several blocks in their order, with order and device', () => {
    const answer =
      '<tool_call>{"name":"set_wifi","arguments":{"enabled":true}}</tool_call>\n<tool_call>{"name":"lock_screen","arguments":{"after":[1],"device":"laptop"}}</tool_call>';
    expect(readToolCalls(answer)).toEqual({
      ok: true,
      value: [wifi, { name: 'lock_screen', arguments: {}, after: [1], device: 'laptop' }],
    });
  });

  it('reads a call without arguments, in every form', () => {
    const lock = { ok: true, value: [{ name: 'lock_screen', arguments: {}, after: [], device: null }] };
    expect(readToolCalls('[{"name":"lock_screen"}]')).toEqual(lock);
    expect(readToolCalls('[{"function":{"name":"lock_screen","arguments":""}}]')).toEqual(lock);
  });

  it('takes an empty array as an answer', () => expect(readToolCalls(' [] ')).toEqual({ ok: true, value: [] }));

  it.each([
    '',
    'I cannot do that.',
    '[{"name":"set_wifi","argu',
    '42',
    'null',
    '[[]]',
    '[{"arguments":{}}]',
    '[{"name":3,"arguments":{}}]',
    '[{"name":"set_wifi","arguments":[true]}]',
    '[{"name":"set_wifi","arguments":"enabled"}]',
    '[{"name":"set_wifi","arguments":{},"after":["c1"]}]',
    '[{"name":"set_wifi","arguments":{},"after":[0]}]',
    '[{"name":"set_wifi","arguments":{"device":3}}]',
    '<tool_call></tool_call>',
    '<tool_call>{"name":"set_wifi"}</tool_call><tool_call>{"na</tool_call>',
  ])('gives %j as unreadable', (answer) => expect(readToolCalls(answer)).toMatchObject({ ok: false }));

  const calls = fc.array(
    fc.record({
      name: fc.stringMatching(/^[a-z_]{1,20}$/),
      arguments: fc.dictionary(
        fc.stringMatching(/^[a-z_]{1,12}$/).filter((name) => !['after', 'device', '__proto__'].includes(name)),
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
          fc.boolean(),
        ),
        { noNullPrototype: true },
      ),
      after: fc.array(fc.integer({ min: 1, max: 50 })),
      device: fc.option(fc.string()),
    }),
    { maxLength: 5 },
  );

  it('reads back whatever calls are written as an array or as OpenAI writes them', () => {
    fc.assert(
      fc.property(calls, (written) => {
        expect(readToolCalls(JSON.stringify(written))).toEqual({ ok: true, value: written });
        const openAi = written.map(({ name, arguments: args, after, device }) => ({
          type: 'function',
          function: { name, arguments: JSON.stringify({ ...args, after, device }) },
        }));
        expect(readToolCalls(JSON.stringify({ tool_calls: openAi }))).toEqual({ ok: true, value: written });
      }),
    );
  });

  it('does not look through an answer that is far too long', () => {
    const started = performance.now();
    expect(readToolCalls('<think>'.repeat(100_000))).toMatchObject({ ok: false });
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void readToolCalls(text)));
    fc.assert(fc.property(fc.json(), (text) => void readToolCalls(text)));
    fc.assert(fc.property(fc.json(), (text) => void readToolCalls(`<tool_call>${text}</tool_call>`)));
  });
});
