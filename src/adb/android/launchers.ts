import type { PhoneCall } from '../phone-call.js';

/** The screens that the launcher's icons open: by package, the component of its first icon. */
export type Launchers = ReadonlyMap<string, string>;

/**
 * The components in `cmd package query-activities --brief`, or null when it is no such list. Each is two lines:
 * "    priority=0 preferredOrder=0 match=0x108000 specificIndex=-1 isDefault=false" and "    com.android.settings/.Settings".
 */
export function parseLaunchers(stdout: string): Launchers | null {
  if (!/^(?:\d+ activities found:|No activities found)/m.test(stdout)) return null;
  const launchers = new Map<string, string>();
  for (const line of stdout.split(/\r?\n/)) {
    const [, component, packageName] = /^\s+(([A-Za-z0-9_.]+)\/[A-Za-z0-9_.$]+)\s*$/.exec(line) ?? [];
    // The first is the one that Android itself takes for an app's launch intent.
    if (component && packageName && !launchers.has(packageName)) launchers.set(packageName, component);
  }
  return launchers;
}

/** What can be opened on the phone now, or null where the phone does not list it. */
export async function readLaunchers(call: PhoneCall): Promise<Launchers | null> {
  const { stdout } = await call.read(
    ...['cmd', 'package', 'query-activities', '--brief'],
    ...['-a', 'android.intent.action.MAIN', '-c', 'android.intent.category.LAUNCHER'],
  );
  return parseLaunchers(stdout);
}
