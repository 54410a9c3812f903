import { tapScreen } from '../screens/current-screen.js';
import type { Program } from '../shell/program.js';
import type { PhoneState } from '../state/phone-state.js';
import { takePicture } from './camera.js';

/** Key codes of Android by their names without `KEYCODE_`. */
const codes: Readonly<Record<string, string>> = {
  3: 'HOME',
  4: 'BACK',
  6: 'ENDCALL',
  26: 'POWER',
  27: 'CAMERA',
  66: 'ENTER',
  82: 'MENU',
  85: 'MEDIA_PLAY_PAUSE',
  86: 'MEDIA_STOP',
  87: 'MEDIA_NEXT',
  88: 'MEDIA_PREVIOUS',
  126: 'MEDIA_PLAY',
  127: 'MEDIA_PAUSE',
  223: 'SLEEP',
  224: 'WAKEUP',
};

const names: ReadonlySet<string> = new Set(Object.values(codes));

const keys: Readonly<Record<string, (state: PhoneState) => void>> = {
  HOME: (state) => state.goHome(),
  BACK: (state) => state.back(),
  ENDCALL: (state) => {
    state.callState = 0;
  },
  POWER: (state) => {
    state.isAwake = !state.isAwake;
  },
  SLEEP: (state) => {
    state.isAwake = false;
  },
  WAKEUP: (state) => {
    state.isAwake = true;
  },
  CAMERA: (state) => {
    if (state.isAwake && !state.isLocked && state.screen.kind === 'camera') takePicture(state);
  },
};

/** `input keyevent|tap|swipe|text`. */
export const input: Program = ({ state, args, err }) => {
  const [command, ...rest] = args;
  if (command === 'keyevent') {
    for (const key of rest.filter((word) => !word.startsWith('--'))) {
      const name = codes[key] ?? key.replace(/^KEYCODE_/, '');
      if (!names.has(name)) {
        err(`Error: Invalid arguments for command: keyevent\n`);
        return 255;
      }
      keys[name]?.(state);
    }
    return 0;
  }
  const points = rest.map(Number);
  if (command === 'tap' && points.length === 2 && points.every(Number.isFinite)) {
    tapScreen(state, points[0] ?? 0, points[1] ?? 0);
    return 0;
  }
  if (command === 'swipe' && points.length >= 4 && points.every(Number.isFinite)) {
    const [, from = 0, , to = 0] = points;
    // A swipe upwards opens a lock that asks for nothing.
    if (state.isAwake && state.isLocked && !state.hasPin && from - to > 300) state.isLocked = false;
    return 0;
  }
  if (command === 'text' && rest[0] !== undefined) {
    if (/[^\x20-\x7e]/.test(rest[0])) {
      err('java.lang.NullPointerException: Attempt to get length of null array\n');
      return 255;
    }
    return 0;
  }
  err(`Error: Invalid arguments for command: ${command ?? ''}\n`);
  return 255;
};

/** `wm dismiss-keyguard|size` */
export const wm: Program = ({ state, args, out, err }) => {
  if (args[0] === 'dismiss-keyguard') {
    if (!state.hasPin) state.isLocked = false;
    return 0;
  }
  if (args[0] === 'size') {
    out('Physical size: 1080x2400\n');
    return 0;
  }
  err(`Unknown command: ${args[0] ?? ''}\n`);
  return 255;
};
