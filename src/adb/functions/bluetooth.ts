import { failed, handedOver, readBack } from '../../core/outcomes.js';
import { wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import { dumpScreen, tap } from '../android/ui.js';
import type { UiNode } from '../android/ui-tree.js';
import type { PhoneFunction } from '../carry-out.js';
import type { PhoneCall } from '../phone-call.js';

const LIST_PATIENCE_MS = 4_000;
const CONNECT_PATIENCE_MS = 15_000;
const CONNECTED = /^(?:connected|active|已连接|使用中)/i;

/** A paired device in the settings' list, with what it says under its name. */
interface Paired {
  readonly name: string;
  readonly summary: string;
  readonly node: UiNode;
}

/** The list's rows: a title, and the summary that follows it before the next title. */
export function pairedDevices(nodes: readonly UiNode[]): readonly Paired[] {
  return nodes.flatMap((node, index) => {
    if (node.resourceId !== 'android:id/title' || node.text === '') return [];
    const following = nodes.slice(index + 1);
    const end = following.findIndex(({ resourceId }) => resourceId === 'android:id/title');
    const own = end < 0 ? following : following.slice(0, end);
    return [
      { name: node.text, summary: own.find(({ resourceId }) => resourceId === 'android:id/summary')?.text ?? '', node },
    ];
  });
}

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:the|my)\s+/, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The devices that a said name means: the same name, else those that hold all its words. */
export function matchPaired(said: string, devices: readonly Paired[]): readonly Paired[] {
  const wanted = plain(said);
  const same = devices.filter(({ name }) => plain(name) === wanted);
  if (same.length > 0) return same;
  const words = wanted.split(' ').filter((word) => word !== '');
  return words.length === 0 ? [] : devices.filter(({ name }) => words.every((word) => plain(name).includes(word)));
}

async function shown(call: PhoneCall): Promise<readonly Paired[] | null> {
  const nodes = await dumpScreen(call);
  const devices = nodes ? pairedDevices(nodes) : [];
  return devices.length > 0 ? devices : null;
}

/** No command of the shell connects a device: the settings' list of paired devices does, and shows what came of it. */
export const connectToBluetoothDevice: PhoneFunction = async (call) => {
  const said = call.text('device_name');
  const isAwake = await wakeScreen(call);
  const started = await startActivity(call, { action: 'android.settings.BLUETOOTH_SETTINGS' }, 'prepare');
  if (!started.ok) return started.outcome;
  if (!isAwake) return handedOver(`Unlock the phone and tap "${said}".`, 'The Bluetooth settings are open.');
  const devices = await call.look(() => shown(call), LIST_PATIENCE_MS);
  if (!devices)
    return handedOver(`Tap "${said}" on the phone.`, 'The Bluetooth settings are open; their list cannot be read.');
  const [only, ...others] = matchPaired(said, devices);
  const names = devices
    .map(({ name }) => name)
    .slice(0, 6)
    .join(', ');
  if (!only) {
    return failed(
      'BLUETOOTH_DEVICE_UNKNOWN',
      `No paired device is called "${said}"; the phone shows: ${names}.`,
      'Pair it on the phone first, or say another name.',
    );
  }
  if (others.length > 0) {
    const choices = [only, ...others].map(({ name }) => name).join(', ');
    return failed(
      'BLUETOOTH_DEVICE_AMBIGUOUS',
      `"${said}" may mean several devices: ${choices}.`,
      'Say the full name of one.',
    );
  }
  if (CONNECTED.test(only.summary)) return readBack(`${only.name} is connected (it was already)`);
  const outcome = await call.effect(
    async () => {
      await tap(call, only.node, 'send');
    },
    async () => {
      const now = (await shown(call))?.find(({ name }) => name === only.name);
      return now && CONNECTED.test(now.summary) ? readBack(`${only.name} is connected`) : null;
    },
    { patienceMs: CONNECT_PATIENCE_MS },
  );
  return (
    outcome ??
    failed('BLUETOOTH_NOT_CONNECTED', `${only.name} did not connect.`, 'Switch it on, bring it near, and try again.')
  );
};
