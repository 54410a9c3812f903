import { currentScreen } from '../screens/current-screen.js';
import { uiDump } from '../screens/ui-dump.js';
import type { Program } from '../shell/program.js';

/** `uiautomator dump [file]` */
export const uiautomator: Program = ({ state, args, out, err }) => {
  if (args[0] !== 'dump') {
    err('Usage: uiautomator <subcommand> [options]\n');
    return 1;
  }
  if (state.isAnimating) {
    err('ERROR: could not get idle state.\n');
    return 1;
  }
  if (!state.isAwake) {
    err('ERROR: null root node returned by UiTestAutomationBridge.\n');
    return 1;
  }
  const path = args.find((word, index) => index > 0 && !word.startsWith('--')) ?? '/sdcard/window_dump.xml';
  const dump = uiDump(currentScreen(state));
  if (path === '/dev/tty') out(`${dump}UI hierchary dumped to: /dev/tty\n`);
  else if (!state.files.isWritable(path)) {
    err(`ERROR: could not create ${path}\n`);
    return 1;
  } else {
    state.files.write(path, Buffer.from(dump));
    // Android's own spelling.
    out(`UI hierchary dumped to: ${path}\n`);
  }
  return 0;
};
