import { expect, it } from 'vitest';
import { colorHex } from '../../../src/lan/vehicle/color-names.js';

it.each([
  ['red', '#FF0000'],
  ['Light Blue', '#ADD8E6'],
  ['warm white', '#FFD6A5'],
  ['ice-blue', '#A5F2F3'],
  ['rebeccapurple', '#663399'],
  ['#ff8800', '#FF8800'],
  ['00ff7f', '#00FF7F'],
  ['红色', '#FF0000'],
  ['蓝', '#0000FF'],
  ['浅蓝色', '#ADD8E6'],
  ['天蓝色的灯光', '#87CEEB'],
  ['暖白光', '#FFD6A5'],
  ['紫色', '#800080'],
])('%s is %s', (said, hex) => {
  expect(colorHex(said)).toBe(hex);
});

it.each(['', 'loud', '#ff', 'constructor', '颜色', 'reddish-ish'])('"%s" is no colour', (said) => {
  expect(colorHex(said)).toBeNull();
});
