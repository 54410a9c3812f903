import { describe, expect, it } from 'vitest';
import { acceptable, isSame } from '../../../src/lan/vehicle/acceptable.js';
import type { Signal } from '../../../src/lan/vehicle/signal.js';

function signal(facts: Partial<Signal>): Signal {
  return {
    path: 'Vehicle.X',
    type: 'DATA_TYPE_FLOAT',
    kind: 'number',
    isActuator: true,
    unit: '',
    min: null,
    max: null,
    allowed: null,
    ...facts,
  };
}

const why = (facts: Partial<Signal>, value: string | number | boolean): unknown => {
  const result = acceptable(signal(facts), value);
  return result.ok ? result.value : result.error;
};

describe('what a signal takes', () => {
  it.each([
    [{ min: 16, max: 28, unit: 'celsius' }, 30, 'The car takes 16 to 28 °C.'],
    [{ min: 16, max: 28, unit: 'Celsius' }, 15.9, 'The car takes 16 to 28 °C.'],
    [{ min: 0, unit: 'mm' }, -1, 'The car takes at least 0 mm.'],
    [{ max: 90, unit: 'percent' }, 91, 'The car takes at most 90 %.'],
    [{ type: 'DATA_TYPE_INT8', unit: 'percent' }, 200, 'The car takes -128 to 127 %.'],
    [{ type: 'DATA_TYPE_UINT8', allowed: [0, 50, 100] }, 20, 'The car takes only 0, 50, 100 here.'],
    [{ type: 'DATA_TYPE_STRING', kind: 'string', allowed: ['OFF', 'SLOW'] }, 'FAST', /OFF, SLOW/],
    [{}, true, /something else/],
  ] as const)('%o refuses %s in words', (facts, value, words) => {
    expect(why(facts, value)).toEqual(words instanceof RegExp ? expect.stringMatching(words) : words);
  });

  it('passes what fits, whole where the type is', () => {
    expect(why({ min: 16, max: 28 }, 21.5)).toBe(21.5);
    expect(why({ type: 'DATA_TYPE_INT8' }, 21.5)).toBe(22);
    expect(why({ type: 'DATA_TYPE_INT8', max: 28 }, 28.4)).toBe(28);
  });
});

it('knows a float again after 32 bits', () => {
  expect(isSame(Math.fround(21.3), 21.3)).toBe(true);
  expect(isSame(Math.fround(13.405), 13.405)).toBe(true);
  expect(isSame(21.31, 21.3)).toBe(false);
  expect(isSame('#ff0000', '#FF0000')).toBe(true);
  expect(isSame(null, 0)).toBe(false);
});
