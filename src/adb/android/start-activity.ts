import { TentacleError } from '../../core/failure.js';
import type { Outcome } from '../../core/outcome.js';
import { failed, refusedByDevice } from '../../core/outcomes.js';
import { peerWords } from '../../core/peer-words.js';
import type { PhoneCall } from '../phone-call.js';
import type { ShellOutput } from '../shell.js';

/** Extras of an intent, typed as `am start` takes them. */
export interface Extra {
  readonly type: 'string' | 'int' | 'long' | 'boolean' | 'uri';
  readonly name: string;
  readonly value: string | number | boolean;
}

export interface Intent {
  readonly action: string;
  readonly data?: string;
  readonly mimeType?: string;
  readonly category?: string;
  readonly packageName?: string;
  readonly extras?: readonly Extra[];
  /** Lets the receiving app read the content URIs in the extras. */
  readonly grantRead?: boolean;
}

/** The only schemes that ever leave in an intent's data. "content" is for our own pictures, as an extra. */
const ALLOWED_SCHEMES: ReadonlySet<string> = new Set(['https', 'mailto', 'sms', 'smsto', 'tel', 'geo']);

const flags: Readonly<Record<Extra['type'], string>> = {
  string: '--es',
  int: '--ei',
  long: '--el',
  boolean: '--ez',
  uri: '--eu',
};

/** What came of starting an activity: the component on top then, or why not. */
export type Started =
  | { readonly ok: true; readonly component: string | null; readonly isChooser: boolean }
  | { readonly ok: false; readonly outcome: Outcome };

/**
 * Opens a screen of an app and waits for it. `mark` says whether the start alone is the effect (`send`) or only gets the
 * screen ready (`prepare`).
 */
export async function startActivity(
  call: PhoneCall,
  intent: Intent,
  mark: 'send' | 'prepare' = 'send',
): Promise<Started> {
  return parseStarted(await call[mark](...startArguments(intent)));
}

/** The `am start` command of an intent. */
export function startArguments(intent: Intent): readonly string[] {
  const argv = ['am', 'start', '-W', '-a', intent.action];
  if (intent.category !== undefined) argv.push('-c', intent.category);
  if (intent.data !== undefined) argv.push('-d', checkedUri(intent.data));
  if (intent.mimeType !== undefined) argv.push('-t', intent.mimeType);
  if (intent.packageName !== undefined) argv.push('-p', intent.packageName);
  for (const { type, name, value } of intent.extras ?? []) argv.push(flags[type], name, String(value));
  if (intent.grantRead) argv.push('--grant-read-uri-permission');
  return argv;
}

function checkedUri(uri: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):/.exec(uri)?.[1] ?? '';
  if (ALLOWED_SCHEMES.has(scheme)) return uri;
  throw new TentacleError({
    code: 'SCHEME_REFUSED',
    fault: 'tentacle',
    message: `Addresses of the kind "${scheme}:" are never sent to a phone.`,
    next: 'This is a mistake in Tentacle: please report it.',
  });
}

/** Reads `am start -W`'s words: older releases print "Error:" and exit 0, so the exit code says nothing. */
export function parseStarted(output: ShellOutput): Started {
  const said = `${output.stdout}\n${output.stderr}`;
  const error = /^(?:Error:|Error type|Exception|java\.lang\.).*$/m.exec(said)?.[0] ?? null;
  if (error !== null || output.exitCode !== 0) return { ok: false, outcome: refusal(said) };
  const component = /^Activity: (\S+)$/m.exec(output.stdout)?.[1] ?? null;
  return { ok: true, component, isChooser: component !== null && /(?:Resolver|Chooser)Activity$/.test(component) };
}

function refusal(said: string): Outcome {
  if (/unable to resolve intent|does not exist|No Activity found/i.test(said)) {
    return failed(
      'NO_APP',
      'No app on the phone can do this.',
      'Install one from the phone’s app store, then try again.',
      said,
    );
  }
  if (/SecurityException|Permission Denial/i.test(said)) {
    return refusedByDevice(`The phone does not let a connected computer do this: ${peerWords(firstLine(said), 200)}`);
  }
  return failed('START_FAILED', 'The phone could not open the screen.', 'Look at the phone and try again.', said);
}

const firstLine = (text: string): string =>
  text.split('\n').find((line) => /Exception|Denial/.test(line)) ?? text.trim().split('\n')[0] ?? '';
