import { nameOf, packagesOf } from '../android/known-apps.js';
import { readScreen, wakeScreen } from '../android/screen.js';
import { startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { failed, handedOver, readBack } from '../outcomes.js';
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

/** A said app name without what people put around it: "the Spotify app" -> "spotify". */
export function plainAppName(said: string): string {
  return said
    .trim()
    .toLowerCase()
    .replace(/^(?:the|my)\s+/, '')
    .replace(/\s*(?:app|application|应用|软件)$/, '')
    .trim();
}

/** The words of a package name that tell apps apart: "com.spotify.music" -> spotify, music. */
function wordsOf(packageName: string): readonly string[] {
  return packageName
    .toLowerCase()
    .split(/[._]/)
    .filter((word) => word !== '' && !MAKERS.has(word));
}

/** The installed app that a name means: one package, several that fit equally well, or none. */
export function matchApp(said: string, installed: ReadonlySet<string>): readonly string[] {
  const name = plainAppName(said);
  const known = packagesOf(name).find((packageName) => installed.has(packageName));
  if (known) return [known];
  if (installed.has(said.trim())) return [said.trim()];
  const words = name.split(/[\s-]+/).filter((word) => word !== '');
  if (words.length === 0) return [];
  const joined = words.join('');
  return [...installed].filter((packageName) => {
    const has = wordsOf(packageName);
    return has.includes(joined) || words.every((word) => has.includes(word));
  });
}

const titled = (name: string): string => name.replace(/\b\w/g, (letter) => letter.toUpperCase());

/** Brings an installed app to the front and looks that it is there. */
export const openApp: PhoneFunction = async (call) => {
  const said = call.text('app_name');
  const [only, ...others] = matchApp(said, call.facts.packages);
  if (only === undefined)
    return failed(
      'APP_UNKNOWN',
      `No app called "${said}" was found on the phone.`,
      'Say its name as it is shown on the phone, or install it.',
    );
  if (others.length > 0) {
    const names = [only, ...others].slice(0, 5).join(', ');
    return failed('APP_AMBIGUOUS', `"${said}" may mean several apps: ${names}.`, 'Say the full name of one.');
  }
  return bringToFront(call, only, titled(nameOf(only) ?? said));
};

async function bringToFront(call: PhoneCall, packageName: string, name: string) {
  const isAwake = await wakeScreen(call);
  const started = await startActivity(call, {
    action: 'android.intent.action.MAIN',
    category: 'android.intent.category.LAUNCHER',
    packageName,
  });
  if (!started.ok) return started.outcome;
  if (!isAwake) return handedOver('Unlock the phone.', `${name} is open behind the lock.`);
  const isInFront = await call.look(
    async () => ((await readScreen(call)).foreground === packageName ? true : null),
    FRONT_PATIENCE_MS,
  );
  if (isInFront) return readBack(`${name} is in front`);
  return failed(
    'APP_NOT_IN_FRONT',
    `${name} was started and did not come to the front.`,
    'Look at the phone: it may be asking something.',
  );
}
