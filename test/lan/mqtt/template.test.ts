import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composition, extraction } from '../../../src/lan/mqtt/template.js';

const read = (template: string | undefined, payload: string) => extraction(template)?.(payload);

describe('extraction', () => {
  it.each([
    [undefined, 'ON', 'ON'],
    [undefined, 'None', null],
    ['{{ value }}', 'ON', 'ON'],
    ['{{value_json.a}}', '{"a":21.5}', '21.5'],
    ['{{ value_json["a b"].c[1] }}', '{"a b":{"c":[1,2]}}', '2'],
    ["{{ value_json['x'] | int }}", '{"x":"7.9"}', '7'],
    ['{{ value_json.x | float | round(1) }}', '{"x":7.94}', '7.9'],
    ["{{ value_json.rgb | join(',') }}", '{"rgb":[255,0,1]}', '255,0,1'],
    ['{{ value_json.x | default("off") }}', '{}', 'off'],
    ['{{ value_json.smoke }}', '{"smoke":false}', 'False'],
    ['power {{ value }}', 'on', 'power on'],
    ['{{ value_json.x | upper }}', '{"x":"on"}', 'ON'],
    ['{{ value_json.missing }}', '{"x":1}', undefined],
    ['{{ value_json.x }}', 'no json', undefined],
    ['{{ value_json.x }}', '{"x":null}', null],
    ['{{ value_json.constructor.name }}', '{"x":1}', undefined],
    ['{{ value_json.__proto__ }}', '{"x":1}', undefined],
  ])('%s of %s', (template, payload, value) => {
    expect(read(template, payload)).toBe(value);
  });

  it('reads the one condition by which Zigbee2MQTT says that a cover moves', () => {
    const template =
      '{% if "moving" in value_json and value_json.moving %} {{ value_json.moving }} {% else %} STOP {% endif %}';
    expect(read(template, '{"moving":"UP"}')).toBe('UP');
    expect(read(template, '{"position":3}')).toBe('STOP');
  });

  it.each([
    '{% if value %}x{% endif %}',
    '{{ states("light.x") }}',
    '{{ value_json.x * 2 }}',
    '{{ value if value else 1 }}',
    '{{ other }}',
    '{{ value | unknown_filter }}',
    '{{ value',
    '{{ }}',
    `{{ value }}${'x'.repeat(3_000)}`,
  ])('does not support %s', (template) => {
    expect(extraction(template)).toBe(null);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((inner) => `{{ value_json${inner} }}`),
        ),
        fc.string(),
        (template, payload) => {
          extraction(template)?.(payload);
          composition(template, ['value'])?.(new Map([['value', payload]]));
        },
      ),
    );
  });
});

describe('composition', () => {
  const write = (template: string | undefined, value: string | number) =>
    composition(template, ['value', 'position'])?.(
      new Map([
        ['value', value],
        ['position', value],
      ]),
    );

  it('writes a value plainly, or into the text around it', () => {
    expect(write(undefined, 21.5)).toBe('21.5');
    expect(write('{ "position": {{ position }} }', 30)).toBe('{ "position": 30 }');
  });

  it('lets no text break out of JSON', () => {
    const payload = write('{"play": "{{ value }}"}', 'x", "admin": "yes\n') ?? '';
    expect(JSON.parse(payload)).toEqual({ play: 'x", "admin": "yes\n' });
  });

  it('knows only the variables of the command', () => {
    expect(composition('{{ brightness }}', ['value'])).toBe(null);
    expect(composition('{% if value %}1{% endif %}', ['value'])).toBe(null);
  });
});
