import type { PhoneCall } from '../phone-call.js';

/** What is to be seen on the phone. */
export interface Screen {
  /** The app in front, by package name, or null when the phone does not say. */
  readonly foreground: string | null;
  /** The lock screen covers everything. */
  readonly isLocked: boolean;
}

/** What `dumpsys activity activities` says of the screen. */
export function parseScreen(stdout: string): Screen {
  // Android 10 and later say topResumedActivity or mResumedActivity, older ones mFocusedActivity or ResumedActivity.
  const resumed =
    /(?:topResumedActivity|mResumedActivity|ResumedActivity|mFocusedActivity)[=:]\s*ActivityRecord\{\S+ u\d+ ([A-Za-z0-9_.]+)\//.exec(
      stdout,
    );
  return {
    foreground: resumed?.[1] ?? null,
    isLocked: /\b(?:mKeyguardShowing|isKeyguardShowing|KeyguardShowing)=true\b/.test(stdout),
  };
}

export async function readScreen(call: PhoneCall): Promise<Screen> {
  return parseScreen((await call.read('dumpsys', 'activity', 'activities')).stdout);
}

/**
 * Switches the screen on and swipes away a lock that asks for nothing. Returns whether it can be worked on: a PIN is never
 * asked for and never typed.
 */
export async function wakeScreen(call: PhoneCall): Promise<boolean> {
  await call.prepare('input', 'keyevent', 'KEYCODE_WAKEUP');
  if (!(await readScreen(call)).isLocked) return true;
  await call.prepare('wm', 'dismiss-keyguard');
  const open = await call.look(async () => ((await readScreen(call)).isLocked ? null : true), 1_000);
  return open === true;
}
