import type { Program } from '../shell/program.js';
import type { PhoneState } from '../state/phone-state.js';

export function setRadio(state: PhoneState, key: 'wifi_on' | 'bluetooth_on', enabled: boolean): void {
  state.settings.global.set(key, enabled ? '1' : '0');
  if (key === 'bluetooth_on' && !enabled) for (const device of state.bluetoothDevices) device.connected = false;
  state.record(key, enabled ? 'on' : 'off');
}

const keys: Readonly<Record<string, 'wifi_on' | 'bluetooth_on'>> = { wifi: 'wifi_on', bluetooth: 'bluetooth_on' };

/** `svc wifi|bluetooth enable|disable` */
export const svc: Program = ({ state, args, err }) => {
  const [name = '', command] = args;
  const key = keys[name];
  if (!key || (command !== 'enable' && command !== 'disable')) {
    err('Available commands:\n    help, power, usb, nfc, bluetooth, wifi\n');
    return 1;
  }
  setRadio(state, key, command === 'enable');
  return 0;
};
