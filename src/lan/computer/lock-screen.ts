import { z } from 'zod';
import { pause } from '../../core/deadline.js';
import type { Outcome } from '../../core/outcome.js';
import { deviceSaid, failed, readBack } from '../../core/outcomes.js';
import type { Command } from './command.js';
import { type ComputerCall, computerFunction } from './computer-function.js';
import {
  isLocked,
  isMacLocked,
  lockSession,
  macLock,
  macLockState,
  screensaverLock,
  sessionOf,
  windowsLock,
} from './lock.js';
import { OSASCRIPT } from './osascript.js';
import type { ComputerSurroundings } from './surroundings.js';

/** How long a desktop may take to lock, in milliseconds, and how often it is looked at. */
const LOCK_TIME_MS = 3_000;
const LOOK_MS = 100;

/** One way to lock, and how to see that it is so: null where nothing tells. */
interface LockWay {
  readonly lock: Command;
  readonly isLocked: ((signal: AbortSignal) => Promise<boolean | null>) | null;
}

/** Locks the screen of the user's session. `unknown` where the request was taken and the screen is not seen to be locked. */
export const lockScreen = computerFunction({
  name: 'lock_screen',
  args: z.object({}),
  thing: 'lock',
  async whyNot(surroundings, signal) {
    if ((await lockWays(surroundings, signal)).length > 0) return null;
    return 'No way to lock a screen is there: this session is unknown to logind, or has no screen.';
  },
  async run(_args, surroundings, call) {
    let detail = 'no way to lock it is there';
    let taken: LockWay | null = null;
    for (const way of await lockWays(surroundings, call.signal)) {
      call.markSent();
      const ran = await surroundings.run(way.lock, call.signal);
      if (ran.code === 0) {
        taken = way;
        if (!way.isLocked || (await isSeenLocked(way.isLocked, call))) return lockedBy(way);
      } else detail = `${way.lock.program}: ${ran.stderr.trim() || ran.code}`;
    }
    if (taken) return notSeen();
    return failed('NOT_LOCKED', 'The screen could not be locked.', 'Lock it by hand.', detail);
  },
});

const lockedBy = (way: LockWay): Outcome =>
  way.isLocked ? readBack('the screen is locked') : deviceSaid('the request to lock the screen was taken');

const notSeen = (): Outcome => ({
  status: 'unknown',
  since: Date.now(),
  why: 'The request to lock was taken, but the session does not say that it is locked. Look at the screen.',
});

async function isSeenLocked(
  look: (signal: AbortSignal) => Promise<boolean | null>,
  call: ComputerCall,
): Promise<boolean> {
  for (let waited = 0; waited < LOCK_TIME_MS; waited += LOOK_MS) {
    if (await look(call.signal)) return true;
    await pause(LOOK_MS, call.signal);
  }
  return false;
}

async function lockWays(surroundings: ComputerSurroundings, signal: AbortSignal): Promise<readonly LockWay[]> {
  if (surroundings.platform === 'darwin') {
    const look = async (until: AbortSignal): Promise<boolean> =>
      isMacLocked((await surroundings.run(macLockState, until)).stdout);
    return surroundings.has(OSASCRIPT) ? [{ lock: macLock, isLocked: look }] : [];
  }
  if (surroundings.platform === 'win32') {
    const lock = windowsLock(surroundings);
    return surroundings.has(lock.program) ? [{ lock, isLocked: null }] : [];
  }
  const session = await sessionOf(surroundings, signal);
  const look = session === null ? null : (until: AbortSignal) => isLocked(session, surroundings, until);
  const screensaver = surroundings.hasDisplay ? surroundings.find('xdg-screensaver') : null;
  return [
    ...(session === null ? [] : [{ lock: lockSession(session), isLocked: look }]),
    ...(screensaver ? [{ lock: screensaverLock(screensaver), isLocked: look }] : []),
  ];
}
