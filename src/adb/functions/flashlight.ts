import { failed, handedOver, readBack } from '../../core/outcomes.js';
import { wakeScreen } from '../android/screen.js';
import { dumpScreen, tap, waitForNode } from '../android/ui.js';
import { findNode, type UiNode, type UiQuery } from '../android/ui-tree.js';
import type { PhoneFunction } from '../carry-out.js';
import type { PhoneCall } from '../phone-call.js';

const TILE: UiQuery = { descriptions: [/^(?:flashlight|torch|手电筒)\b/i], texts: [/^(?:flashlight|torch|手电筒)$/i] };
const PANEL_PATIENCE_MS = 3_000;

/** Whether the tile says that it is on: by its check mark, else by the word on it; null when it says neither. */
export function isTileOn(tile: UiNode): boolean | null {
  if (tile.isChecked) return true;
  const words = `${tile.description} ${tile.text}`;
  if (/\b(?:on)\b|已开启|打开/i.test(words)) return true;
  if (/\b(?:off)\b|已关闭|关闭/i.test(words) || /Switch|ToggleButton/.test(tile.className)) return false;
  return null;
}

/** No command of the shell switches the light: its tile in the quick settings does, and shows what it is. */
export const setFlashlight: PhoneFunction = async (call) => {
  const enabled = call.flag('enabled');
  const word = enabled ? 'on' : 'off';
  if (!(await wakeScreen(call)))
    return handedOver(`Switch the flashlight ${word} on the phone.`, 'The phone is locked.');
  await call.prepare('cmd', 'statusbar', 'expand-settings');
  try {
    const tile = await waitForNode(call, TILE, PANEL_PATIENCE_MS);
    const before = tile ? isTileOn(tile) : null;
    if (!tile || before === null) {
      return handedOver(
        `Tap the flashlight tile on the phone.`,
        'Its quick settings do not show the flashlight’s state.',
      );
    }
    if (before === enabled) return readBack(`flashlight ${word} (it was already)`);
    const outcome = await call.effect(
      async () => {
        await tap(call, tile, 'send');
      },
      async () =>
        (await tileState(call)) === enabled ? readBack(`flashlight ${word}`, { prior: { enabled: before } }) : null,
    );
    return (
      outcome ??
      failed('FLASHLIGHT_STAYED', `The flashlight is not ${word}.`, 'The camera may be using it: look at the phone.')
    );
  } finally {
    await call.prepare('cmd', 'statusbar', 'collapse').catch(() => {});
  }
};

async function tileState(call: PhoneCall): Promise<boolean | null> {
  const nodes = await dumpScreen(call);
  const tile = nodes ? findNode(nodes, TILE) : null;
  return tile ? isTileOn(tile) : null;
}
