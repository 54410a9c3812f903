import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chromaticity,
  fromChromaticity,
  fromHueAndSaturation,
  hexOf,
  hueAndSaturation,
  parseColor,
} from '../../src/catalog/colors.js';

const hex = (words: string): string | null => {
  const color = parseColor(words);
  return color && hexOf(color);
};

describe('parseColor', () => {
  it('reads names of CSS and of every day, in English and Chinese', () => {
    expect(hex('red')).toBe('#ff0000');
    expect(hex('Sky Blue')).toBe('#87ceeb');
    expect(hex('rebecca-purple')).toBe('#663399');
    expect(hex('colour')).toBe(null);
    expect(hex('amber')).toBe('#ffbf00');
    expect(hex('红色')).toBe('#ff0000');
    expect(hex('红')).toBe('#ff0000');
    expect(hex('天蓝色')).toBe('#87ceeb');
    expect(hex('green color')).toBe('#008000');
  });

  it('knows whites by their warmth', () => {
    expect(parseColor('warm white')?.kelvin).toBe(2700);
    expect(parseColor('暖白')?.kelvin).toBe(2700);
    expect(parseColor('cold white')?.kelvin).toBe(6500);
    expect(parseColor('blue')?.kelvin).toBe(null);
  });

  it('lightens and darkens what has no name of its own', () => {
    expect(hex('light purple')).toBe('#c080c0');
    expect(hex('dark orange')).toBe('#ff8c00');
    expect(hex('浅蓝色')).toBe('#8080ff');
    expect(hex('深绿色')).toBe('#004600');
  });

  it('reads hexadecimal colours', () => {
    expect(hex('#FF8800')).toBe('#ff8800');
    expect(hex('#f80')).toBe('#ff8800');
  });

  it('knows every colour word of the training slots', () => {
    const said =
      '红色 蓝色 绿色 黄色 紫色 橙色 粉色 粉红色 白色 暖白 暖黄 冷白 暖色 冷色 暖光 青色 天蓝色 深蓝 金色 浅蓝色 玫红 薄荷绿 琥珀色 淡紫色 酒红 橘色 海蓝色 湖蓝 米黄';
    for (const words of said.split(' ')) expect(parseColor(words), words).not.toBe(null);
  });

  it('names none for other words', () => {
    for (const words of ['', 'loud', '__proto__', 'constructor', '色', '#12', 'light'])
      expect(parseColor(words)).toBe(null);
  });

  it('never throws, and gives whole parts of 0..255', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        const color = parseColor(words);
        for (const part of color ? [color.red, color.green, color.blue] : [])
          expect(Number.isInteger(part) && part >= 0 && part <= 255).toBe(true);
      }),
    );
  });
});

describe('colour spaces', () => {
  const colors = fc.record({
    red: fc.integer({ min: 0, max: 255 }),
    green: fc.integer({ min: 0, max: 255 }),
    blue: fc.integer({ min: 0, max: 255 }),
  });

  it('gives known values', () => {
    expect(hueAndSaturation({ red: 255, green: 0, blue: 0 })).toEqual({ hue: 0, saturation: 100 });
    expect(hueAndSaturation({ red: 0, green: 0, blue: 255 })).toEqual({ hue: 240, saturation: 100 });
    const red = chromaticity({ red: 255, green: 0, blue: 0 });
    expect(red.x).toBeCloseTo(0.64, 2);
    expect(red.y).toBeCloseTo(0.33, 2);
    expect(chromaticity({ red: 255, green: 255, blue: 255 }).x).toBeCloseTo(0.3127, 3);
  });

  it('goes to hue and saturation and back, at full brightness', () => {
    fc.assert(
      fc.property(colors, (color) => {
        const most = Math.max(color.red, color.green, color.blue);
        fc.pre(most > 20);
        const { hue, saturation } = hueAndSaturation(color);
        const back = fromHueAndSaturation(hue, saturation);
        for (const part of ['red', 'green', 'blue'] as const)
          expect(Math.abs(back[part] - (color[part] * 255) / most)).toBeLessThan(3);
      }),
    );
  });

  it('goes to a chromaticity and back to the same chromaticity', () => {
    fc.assert(
      fc.property(colors, (color) => {
        fc.pre(Math.max(color.red, color.green, color.blue) > 100);
        const { x, y } = chromaticity(color);
        const again = chromaticity(fromChromaticity(x, y));
        expect(Math.hypot(again.x - x, again.y - y)).toBeLessThan(0.02);
      }),
    );
  });
});
