import type { PhoneState } from '../state/phone-state.js';
import type { Control } from './control.js';
import { messageComposer } from './messages.js';
import { bluetoothSettings, chooser, keyguard, quickSettings } from './system.js';

/** The controls on the screen right now, from the back to the front. */
export function currentScreen(state: PhoneState): readonly Control[] {
  if (state.isLocked) return keyguard();
  if (state.panel === 'quick-settings') return quickSettings(state);
  const { screen } = state;
  switch (screen.kind) {
    case 'composer':
      return messageComposer(screen);
    case 'bluetooth-settings':
      return bluetoothSettings(state);
    case 'chooser':
      return chooser();
    default:
      return plainScreen(state);
  }
}

/** Any other screen: its fields as texts, one below the other. */
function plainScreen({ screen }: PhoneState): readonly Control[] {
  const rows = [screen.kind, ...Object.values(screen.fields).filter((value) => value !== '')];
  return rows.map((text, index) => ({
    className: 'android.widget.TextView',
    packageName: screen.packageName,
    text,
    bounds: [60, 300 + index * 120, 1020, 400 + index * 120],
  }));
}

/** Taps the control in front at a point; a dark screen takes no taps. */
export function tapScreen(state: PhoneState, x: number, y: number): void {
  if (!state.isAwake) return;
  const hit = currentScreen(state).findLast(({ bounds: [left, top, right, bottom], onTap, enabled }) => {
    return onTap !== undefined && enabled !== false && x >= left && x < right && y >= top && y < bottom;
  });
  hit?.onTap?.(state);
}
