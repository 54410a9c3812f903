import type { PhoneState } from '../state/phone-state.js';
import { type Control, listRow } from './control.js';

const SYSTEM_UI = 'com.android.systemui';
const SETTINGS = 'com.android.settings';

export function keyguard(): readonly Control[] {
  return [
    {
      className: 'android.widget.TextView',
      packageName: SYSTEM_UI,
      resourceId: `${SYSTEM_UI}:id/lockscreen_clock_view`,
      text: '10:00',
      bounds: [90, 300, 990, 700],
    },
  ];
}

/** The quick settings: only the flashlight has no other way for the shell. */
export function quickSettings(state: PhoneState): readonly Control[] {
  return [
    {
      className: 'android.widget.Switch',
      packageName: SYSTEM_UI,
      description: 'Flashlight',
      text: state.flashlight ? 'On' : 'Off',
      checked: state.flashlight,
      bounds: [40, 700, 520, 880],
      onTap: (phone) => {
        phone.flashlight = !phone.flashlight;
        phone.record('flashlight', phone.flashlight ? 'on' : 'off');
      },
    },
    {
      className: 'android.widget.Switch',
      packageName: SYSTEM_UI,
      description: 'Auto-rotate',
      text: 'Off',
      checked: false,
      bounds: [560, 700, 1040, 880],
    },
  ];
}

/** The paired devices, each with what it is doing under its name. */
export function bluetoothSettings(state: PhoneState): readonly Control[] {
  const isOn = state.settings.global.get('bluetooth_on') === '1';
  const title: Control = {
    className: 'android.widget.TextView',
    packageName: SETTINGS,
    text: 'Connected devices',
    bounds: [60, 120, 1020, 260],
  };
  if (!isOn) return [title];
  return [
    title,
    ...state.bluetoothDevices.flatMap((device, index): Control[] => {
      const [left, top, right, bottom] = listRow(index);
      const toggle = (): void => {
        // One loudspeaker at a time: connecting another one disconnects the first.
        for (const other of state.bluetoothDevices) other.connected = other === device;
        state.record('bluetooth-connected', device.name);
      };
      return [
        {
          className: 'android.widget.LinearLayout',
          packageName: SETTINGS,
          bounds: [left, top, right, bottom],
          onTap: toggle,
        },
        {
          className: 'android.widget.TextView',
          packageName: SETTINGS,
          resourceId: 'android:id/title',
          text: device.name,
          bounds: [160, top + 20, right - 60, top + 90],
        },
        {
          className: 'android.widget.TextView',
          packageName: SETTINGS,
          resourceId: 'android:id/summary',
          text: device.connected ? 'Active' : 'Saved',
          bounds: [160, top + 95, right - 60, bottom - 15],
        },
      ];
    }),
  ];
}

/** The question which app shall do it. */
export function chooser(): readonly Control[] {
  return [
    {
      className: 'android.widget.TextView',
      packageName: 'android',
      resourceId: 'android:id/title',
      text: 'Open with',
      bounds: [60, 1500, 1020, 1620],
    },
  ];
}
