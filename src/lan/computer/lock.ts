import type { Command } from './command.js';
import { osascript } from './osascript.js';
import { systemProgram } from './powershell.js';
import type { ComputerSurroundings } from './surroundings.js';

/** Session ids of logind: "2", "c1". Anything else in the environment is not handed on. */
const SESSION_ID = /^[A-Za-z0-9]+$/;

/** The user's session at the screen, as logind calls it, or null where there is no logind or no such session. */
export async function sessionOf(surroundings: ComputerSurroundings, signal: AbortSignal): Promise<string | null> {
  const loginctl = surroundings.find('loginctl');
  if (!loginctl) return null;
  const own = surroundings.env['XDG_SESSION_ID'] ?? '';
  const session = SESSION_ID.test(own) ? own : await graphicalSession(loginctl, surroundings, signal);
  if (session === null) return null;
  return (await isLocked(session, surroundings, signal)) === null ? null : session;
}

/** A program that a service started has no session of its own: the one at the user's screen is meant. */
async function graphicalSession(
  loginctl: string,
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<string | null> {
  const args = ['show-user', String(surroundings.uid), '--property=Display', '--value'];
  const { code, stdout } = await surroundings.run({ program: loginctl, args }, signal);
  return code === 0 && SESSION_ID.test(stdout.trim()) ? stdout.trim() : null;
}

/** logind's LockedHint, which the desktop's own lock sets; null where logind does not know the session. */
export async function isLocked(
  session: string,
  surroundings: ComputerSurroundings,
  signal: AbortSignal,
): Promise<boolean | null> {
  const args = ['show-session', session, '--property=LockedHint', '--value'];
  const { code, stdout } = await surroundings.run({ program: 'loginctl', args }, signal);
  return code === 0 && /^(yes|no)$/.test(stdout.trim()) ? stdout.trim() === 'yes' : null;
}

export const lockSession = (session: string): Command => ({ program: 'loginctl', args: ['lock-session', session] });

/** Knows the screen savers of the desktops and asks the one that runs; ends with 0 where it took the request. */
export const screensaverLock = (program: string): Command => ({ program, args: ['lock'] });

/** Control+Command+Q, the system's own key for it; macOS asks once whether Tentacle may press keys. */
export const macLock: Command = osascript([
  'tell application "System Events" to keystroke "q" using {control down, command down}',
]);

/** Prints the registry's root, in which a locked session has `CGSSessionScreenIsLocked` true. */
export const macLockState: Command = { program: '/usr/sbin/ioreg', args: ['-n', 'Root', '-d1', '-a'] };

export const isMacLocked = (printed: string): boolean => /CGSSessionScreenIsLocked<\/key>\s*<true\/>/.test(printed);

/** rundll32 tells nothing: it ends with 0 whatever the function did. */
export const windowsLock = (surroundings: ComputerSurroundings): Command => ({
  program: systemProgram(surroundings, 'rundll32.exe'),
  args: ['user32.dll,LockWorkStation'],
});
