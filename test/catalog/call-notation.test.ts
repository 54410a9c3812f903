import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NotedCall, type NotedValue, readCalls } from '../../src/catalog/call-notation.js';
import { catalog } from '../../src/catalog/catalog.js';

const value: fc.Arbitrary<string | number | boolean> = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    .map((number) => Math.round(number * 10) / 10 || 0),
  fc.boolean(),
);

const call = (depth: number): fc.Arbitrary<NotedCall> =>
  fc.constantFrom(...catalog).chain((descriptor) =>
    fc.record({
      function: fc.constant(descriptor.name),
      args: fc
        .subarray(descriptor.parameters.map(({ name }) => name))
        .chain((names) =>
          fc.record(
            Object.fromEntries(names.map((name) => [name, depth > 0 ? fc.oneof(value, call(depth - 1)) : value])),
          ),
        ),
      target: fc.option(fc.string({ unit: 'grapheme' })),
      joiner: fc.constant('start' as const),
    }),
  );

const calls = fc
  .array(fc.record({ call: call(1), joiner: fc.constantFrom('also' as const, 'then' as const) }), { minLength: 1 })
  .map((list): NotedCall[] =>
    list.map((item, index) => (index === 0 ? item.call : { ...item.call, joiner: item.joiner })),
  );

/** Writes calls as a person would. */
function writeCalls(calls: readonly NotedCall[]): string {
  return calls
    .map((call) => `${call.joiner === 'also' ? ' & ' : call.joiner === 'then' ? ' > ' : ''}${writeCall(call)}`)
    .join('');
}

function writeCall({ function: name, args, target }: NotedCall): string {
  const given = Object.entries(args).map(([parameter, value]) => `${parameter}=${writeValue(value)}`);
  return `${name}(${given.join(', ')})${target === null ? '' : `@${quoted(target)}`}`;
}

function writeValue(value: NotedValue): string {
  if (typeof value === 'object') return writeCall(value);
  return typeof value === 'string' ? quoted(value) : String(value);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

describe('call notation', () => {
  it('what is written is read back', () => {
    fc.assert(
      fc.property(calls, (list) => {
        const read = readCalls(writeCalls(list));
        expect(read).toEqual({ ok: true, value: structuredClone(list) });
      }),
    );
  });

  it('reads calls at once, after one another, nested, and on a named device', () => {
    const read = readCalls(
      `set_light(room="den", power=true) & take_screenshot()@"my tablet" > send_text_message(contact_name='Anna', message=get_current_location())`,
    );
    expect(read.ok && read.value).toEqual([
      { function: 'set_light', args: { room: 'den', power: true }, target: null, joiner: 'start' },
      { function: 'take_screenshot', args: {}, target: 'my tablet', joiner: 'also' },
      {
        function: 'send_text_message',
        args: {
          contact_name: 'Anna',
          message: { function: 'get_current_location', args: {}, target: null, joiner: 'start' },
        },
        target: null,
        joiner: 'then',
      },
    ]);
  });

  it.each([
    ['', 'a function is expected here'],
    ['fly_to_moon()', 'there is no function fly_to_moon'],
    ['set_light(speed=3)', 'set_light has no parameter speed'],
    ['set_light(room="a", room="b")', 'room is given twice'],
    ['set_light(room="a"', ', is expected here'],
    ['set_light(room=)', 'a value is missing'],
    ['set_light(power=true) set_wifi(enabled=true)', '& or > or ; is expected here'],
    ['set_light(power=true)@tablet', 'a device in quotes is expected here'],
    ['set_light(room="a) $', 'nothing is known that begins with "a) $'],
  ])('%s is refused: %s', (text, reason) => {
    const read = readCalls(text);
    expect(!read.ok && read.error.reason).toBe(reason);
  });

  it('never throws on a stranger’s text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readCalls(text)));
  });
});
