import type { Control } from './control.js';
import { SCREEN_HEIGHT, SCREEN_WIDTH } from './control.js';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
};

const escaped = (value: string): string => value.replace(/[&<>"\n]/g, (character) => escapes[character] ?? character);

function node(control: Control, index: number): string {
  const [left, top, right, bottom] = control.bounds;
  const attributes: Readonly<Record<string, string | boolean>> = {
    index: String(index),
    text: control.text ?? '',
    'resource-id': control.resourceId ?? '',
    class: control.className,
    package: control.packageName,
    'content-desc': control.description ?? '',
    checkable: control.checkable ?? control.checked !== undefined,
    checked: control.checked ?? false,
    clickable: control.onTap !== undefined,
    enabled: control.enabled ?? true,
    focusable: control.onTap !== undefined,
    focused: false,
    scrollable: false,
    'long-clickable': false,
    password: false,
    selected: false,
    bounds: `[${left},${top}][${right},${bottom}]`,
  };
  const written = Object.entries(attributes).map(([name, value]) => `${name}="${escaped(String(value))}"`);
  return `<node ${written.join(' ')} />`;
}

/** The screen as `uiautomator dump` writes it: one frame that holds all controls. */
export function uiDump(controls: readonly Control[]): string {
  const packageName = controls[0]?.packageName ?? 'com.android.systemui';
  const frame =
    `<node index="0" text="" resource-id="" class="android.widget.FrameLayout" package="${escaped(packageName)}" content-desc="" ` +
    `checkable="false" checked="false" clickable="false" enabled="true" focusable="false" focused="false" scrollable="false" ` +
    `long-clickable="false" password="false" selected="false" bounds="[0,0][${SCREEN_WIDTH},${SCREEN_HEIGHT}]">`;
  const nodes = controls.map(node).join('');
  return `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation="0">${frame}${nodes}</node></hierarchy>`;
}
