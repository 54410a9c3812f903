import type { PhoneState } from '../state/phone-state.js';

/** Pixels of the virtual phone's screen. */
export const SCREEN_WIDTH = 1080;
export const SCREEN_HEIGHT = 2400;

/** One control on the screen: what a dump says of it, and what a tap on it does. */
export interface Control {
  readonly resourceId?: string;
  readonly text?: string;
  readonly description?: string;
  readonly className: string;
  readonly packageName: string;
  readonly checked?: boolean;
  readonly checkable?: boolean;
  readonly enabled?: boolean;
  /** Left, top, right, bottom, in pixels. */
  readonly bounds: readonly [number, number, number, number];
  readonly onTap?: (state: PhoneState) => void;
}

/** The rectangle of the n-th row of a list below the title bar. */
export function listRow(index: number, height = 180): readonly [number, number, number, number] {
  const top = 320 + index * height;
  return [0, top, SCREEN_WIDTH, top + height];
}
