import type { Command } from './command.js';
import { powershell, powershellOf } from './powershell.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Programs that write and read one clipboard, as commands. */
export interface Clipboard {
  /** "wl-copy", "xclip"... */
  readonly name: string;
  write(text: string): Command;
  /** Prints the text that the clipboard holds; ends with another code than 0 where it holds none. */
  readonly read: Command;
}

const PBCOPY = '/usr/bin/pbcopy';

/** The clipboards of this computer, best first: each program that is there and has the display that it needs. */
export function clipboardsOf(surroundings: ComputerSurroundings): readonly Clipboard[] {
  if (surroundings.platform === 'darwin') return surroundings.has(PBCOPY) ? [macClipboard] : [];
  if (surroundings.platform === 'win32') {
    return surroundings.has(powershellOf(surroundings)) ? [windowsClipboard(surroundings)] : [];
  }
  const { env } = surroundings;
  const wlCopy = env['WAYLAND_DISPLAY'] ? surroundings.find('wl-copy') : null;
  const wlPaste = surroundings.find('wl-paste');
  const xclip = env['DISPLAY'] ? surroundings.find('xclip') : null;
  const xsel = env['DISPLAY'] ? surroundings.find('xsel') : null;
  return [
    ...(wlCopy && wlPaste ? [waylandClipboard(wlCopy, wlPaste)] : []),
    ...(xclip ? [xclipClipboard(xclip)] : []),
    ...(xsel ? [xselClipboard(xsel)] : []),
  ];
}

/** Without a type, wl-copy guesses one from the text, and what looks like JSON or a picture could not be pasted as text. */
function waylandClipboard(wlCopy: string, wlPaste: string): Clipboard {
  return {
    name: 'wl-copy',
    write: (text) => ({ program: wlCopy, args: ['--type', 'text/plain'], stdin: text, leavesHelper: true }),
    read: { program: wlPaste, args: ['--no-newline', '--type', 'text/plain'] },
  };
}

function xclipClipboard(xclip: string): Clipboard {
  const clipboard = ['-selection', 'clipboard'];
  return {
    name: 'xclip',
    write: (text) => ({ program: xclip, args: [...clipboard, '-in'], stdin: text, leavesHelper: true }),
    read: { program: xclip, args: [...clipboard, '-out', '-target', 'UTF8_STRING'] },
  };
}

function xselClipboard(xsel: string): Clipboard {
  return {
    name: 'xsel',
    write: (text) => ({ program: xsel, args: ['--clipboard', '--input'], stdin: text, leavesHelper: true }),
    read: { program: xsel, args: ['--clipboard', '--output'] },
  };
}

/** Without a UTF-8 locale, as for a program that a service started, they take and give MacRoman. */
const MAC_TEXT = { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' };

export const macClipboard: Clipboard = {
  name: 'pbcopy',
  write: (text) => ({ program: PBCOPY, args: [], stdin: text, env: MAC_TEXT }),
  read: { program: '/usr/bin/pbpaste', args: ['-Prefer', 'txt'], env: MAC_TEXT },
};

export function windowsClipboard(surroundings: ComputerSurroundings): Clipboard {
  return {
    name: 'Set-Clipboard',
    write: (text) => powershell(surroundings, 'Set-Clipboard -Value (Read-Utf8)', { stdin: text }),
    read: powershell(surroundings, 'Write-Utf8 ([string](Get-Clipboard -Raw -Format Text))'),
  };
}
