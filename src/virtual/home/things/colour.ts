/** Hue 0..360 and saturation 0..100, at full brightness. */
export interface HueSaturation {
  readonly hue: number;
  readonly saturation: number;
}

/** Red, green and blue, each 0..255. */
export interface RedGreenBlue {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

export function toRedGreenBlue({ hue, saturation }: HueSaturation): RedGreenBlue {
  const part = (offset: number): number => {
    const sector = (offset + hue / 60) % 6;
    return Math.round(255 * (1 - (saturation / 100) * Math.max(0, Math.min(sector, 4 - sector, 1))));
  };
  return { red: part(5), green: part(3), blue: part(1) };
}

export function toHueSaturation({ red, green, blue }: RedGreenBlue): HueSaturation {
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  if (span === 0) return { hue: 0, saturation: 0 };
  const sixth =
    most === red
      ? ((green - blue) / span + 6) % 6
      : most === green
        ? (blue - red) / span + 2
        : (red - green) / span + 4;
  return { hue: Math.round(sixth * 60) % 360, saturation: Math.round((span / most) * 100) };
}
