import { failed, handedOver, readBack } from '../../core/outcomes.js';
import { knownApp, namesOf } from '../android/known-apps.js';
import { type Launchers, readLaunchers } from '../android/launchers.js';
import { nearestNames } from '../android/nearest-names.js';
import { readScreen, wakeScreen } from '../android/screen.js';
import { parseStarted } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import type { PhoneCall } from '../phone-call.js';

/** How long an app may take to come to the front, in milliseconds. */
const FRONT_PATIENCE_MS = 5_000;
/** Words in package names that say who made an app, or on what it runs, and not which it is. */
const MAKERS: ReadonlySet<string> = new Set([
  'com',
  'org',
  'net',
  'io',
  'tv',
  'de',
  'cn',
  'google',
  'android',
  'apps',
  'app',
  'mobile',
  'client',
  'sec',
  'samsung',
  'miui',
  'microsoft',
]);

/** A said app name without what people put around it: "the Spotify app" -> "Spotify". */
export function plainAppName(said: string): string {
  return said
    .trim()
    .replace(/^(?:the|my)\s+/i, '')
    .replace(/\s*(?:\bapp|\bapplication|应用|软件)$/i, '')
    .trim();
}

/** The words of a package name that tell apps apart: "com.spotify.music" -> spotify, music. */
function wordsOf(packageName: string): readonly string[] {
  return packageName
    .toLowerCase()
    .split(/[._]/)
    .filter((word) => word !== '' && !MAKERS.has(word));
}

/** Whether neighbouring words, written as one, are the wanted one: "fdroid" in org.f_droid. */
function hasRun(words: readonly string[], wanted: string): boolean {
  return words.some((_, start) => {
    const rest = words.slice(start);
    return rest.some((_word, last) => rest.slice(0, last + 1).join('') === wanted);
  });
}

/** The installed app that a name means: one package, several that fit equally well, or none. */
export function matchApp(said: string, installed: ReadonlySet<string>): readonly string[] {
  const name = plainAppName(said).toLowerCase();
  const known = knownApp(name);
  const present = known?.packages.find((packageName) => installed.has(packageName));
  if (present) return [present];
  // A product that is not there is not replaced by one whose package happens to hold its name (YouTube by YouTube Music).
  if (known?.isProduct) return [];
  if (installed.has(said.trim())) return [said.trim()];
  const wanted = name.replace(/[\s.-]+/g, '');
  if (wanted === '') return [];
  return [...installed].filter((packageName) => hasRun(wordsOf(packageName), wanted));
}

/** Brings an installed app to the front and looks that it is there. */
export const openApp: PhoneFunction = async (call) => {
  const said = call.text('app_name');
  const launchers = await readLaunchers(call);
  const installed = launchers ? new Set(launchers.keys()) : call.facts.packages;
  const [only, ...others] = matchApp(said, installed);
  if (only === undefined) return unknownApp(said, installed);
  if (others.length === 0) return bringToFront(call, only, launchers, plainAppName(said) || said);
  const packages = [only, ...others].slice(0, 5).join(', ');
  return failed('APP_AMBIGUOUS', `"${said}" may mean several apps: ${packages}.`, 'Say the full name of one.');
};

function unknownApp(said: string, installed: ReadonlySet<string>) {
  const names = [...installed].flatMap((packageName) => [...namesOf(packageName), ...wordsOf(packageName)]);
  const nearest = nearestNames(plainAppName(said), names);
  return failed(
    'APP_UNKNOWN',
    `No app called "${said}" was found on the phone.`,
    nearest.length === 0
      ? 'Say its name as it is shown on the phone, or install it.'
      : `The nearest names there: ${nearest.join(', ')}. Say one of them, or install the app.`,
  );
}

/**
 * Starts an app as its icon does. By component: without one, Android looks only for screens that declare the default
 * category (ActivityTaskSupervisor.resolveIntent: MATCH_DEFAULT_ONLY), which few launcher screens do.
 */
function launch(call: PhoneCall, packageName: string, launchers: Launchers | null) {
  const component = launchers?.get(packageName);
  return call.send(
    ...['am', 'start', '-W', '-a', 'android.intent.action.MAIN', '-c', 'android.intent.category.LAUNCHER'],
    ...(component === undefined ? ['-p', packageName] : ['-n', component]),
  );
}

async function bringToFront(call: PhoneCall, packageName: string, launchers: Launchers | null, name: string) {
  const isAwake = await wakeScreen(call);
  const outcome = await call.effect(
    async () => {
      const started = parseStarted(await launch(call, packageName, launchers));
      if (!started.ok) return started.outcome;
      return isAwake ? undefined : handedOver('Unlock the phone.', `${name} was started behind the lock.`);
    },
    async () => {
      const { foreground, isLocked } = await readScreen(call);
      return foreground === packageName && !isLocked ? readBack(`${name} (${packageName}) is in front`) : null;
    },
    { patienceMs: FRONT_PATIENCE_MS },
  );
  return (
    outcome ??
    failed(
      'APP_NOT_IN_FRONT',
      `${name} was started and did not come to the front.`,
      'Look at the phone: it may be asking something.',
    )
  );
}
