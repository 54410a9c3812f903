import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHueSaturation, toRedGreenBlue } from '../../../src/virtual/home/things/colour.js';

describe('colours in both models', () => {
  it('are the well-known ones', () => {
    expect(toRedGreenBlue({ hue: 0, saturation: 100 })).toEqual({ red: 255, green: 0, blue: 0 });
    expect(toRedGreenBlue({ hue: 120, saturation: 100 })).toEqual({ red: 0, green: 255, blue: 0 });
    expect(toRedGreenBlue({ hue: 300, saturation: 50 })).toEqual({ red: 255, green: 128, blue: 255 });
    expect(toRedGreenBlue({ hue: 360, saturation: 0 })).toEqual({ red: 255, green: 255, blue: 255 });
    expect(toHueSaturation({ red: 255, green: 165, blue: 0 })).toEqual({ hue: 39, saturation: 100 });
    expect(toHueSaturation({ red: 0, green: 0, blue: 0 })).toEqual({ hue: 0, saturation: 0 });
  });

  it('come back within a degree from saturated colours', () => {
    const colours = fc.record({ hue: fc.integer({ min: 0, max: 359 }), saturation: fc.integer({ min: 50, max: 100 }) });
    fc.assert(
      fc.property(colours, ({ hue, saturation }) => {
        const back = toHueSaturation(toRedGreenBlue({ hue, saturation }));
        const apart = Math.abs(back.hue - hue);
        expect(Math.min(apart, 360 - apart)).toBeLessThanOrEqual(1);
        expect(Math.abs(back.saturation - saturation)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
