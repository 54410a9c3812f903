import type { ComputerFunction } from './computer-function.js';
import { lockScreen } from './lock-screen.js';
import { openApplication } from './open-application.js';
import { openUrl } from './open-url.js';
import { setClipboard } from './set-clipboard.js';
import { setSystemVolume } from './set-system-volume.js';
import { showNotification } from './show-notification.js';

/**
 * What the computer that Tentacle runs on can do, whoever asks: this program itself (ComputerTransport), or another
 * computer to which this one is a device. For the latter, take `offeredFunctions`, and serve each of them so:
 *
 *     const surroundings = new ComputerSurroundings();
 *     const { offered } = await offeredFunctions(surroundings, signal);
 *     offered.map(({ name, args, repeat, run }) => ({
 *       name, args, repeat,
 *       run: (args, { signal, key }) => run(args, surroundings, { signal, key, markSent: () => {} }),
 *     }));
 *
 * `run` checks its arguments itself and resolves with an Outcome; it rejects with `signal.reason` alone.
 */
export const computerFunctions: readonly ComputerFunction[] = [
  openUrl,
  openApplication,
  setClipboard,
  showNotification,
  lockScreen,
  setSystemVolume,
];
