import type { PhoneCall } from '../phone-call.js';
import { findNode, parseUiTree, type UiNode, type UiQuery } from './ui-tree.js';

/** Where the phone writes the dump: the shell may write there on every release. */
const DUMP_FILE = '/sdcard/window_dump.xml';

/** What is on the screen, or null when the phone cannot say ("could not get idle state": something moves). */
export async function dumpScreen(call: PhoneCall): Promise<readonly UiNode[] | null> {
  const dumped = await call.prepare('uiautomator', 'dump', DUMP_FILE);
  // A dump that failed leaves the file of the one before.
  if (!/dumped to/i.test(dumped.stdout + dumped.stderr)) return null;
  const file = await call.read('cat', DUMP_FILE);
  return file.exitCode === 0 ? parseUiTree(file.stdout) : null;
}

/** Looks for a control until it is there or the patience (milliseconds) is up. */
export async function waitForNode(call: PhoneCall, query: UiQuery, patienceMs: number): Promise<UiNode | null> {
  return call.look(async () => {
    const nodes = await dumpScreen(call);
    return nodes ? findNode(nodes, query) : null;
  }, patienceMs);
}

/** Taps a control. `send` when the tap is the effect, `prepare` when it only leads there. */
export async function tap(call: PhoneCall, node: UiNode, mark: 'send' | 'prepare'): Promise<void> {
  await call[mark]('input', 'tap', String(node.x), String(node.y));
}
