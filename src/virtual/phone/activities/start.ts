import type { PhoneState } from '../state/phone-state.js';
import { type Activity, webAddress } from './activity.js';
import { appActivities } from './apps.js';
import { clockActivities } from './clock.js';
import { communicationActivities } from './communication.js';
import type { Intent } from './intent.js';

const activities: readonly Activity[] = [...communicationActivities, ...clockActivities, ...appActivities];

/** The activity that came to the front, or null when no installed app takes the intent. */
export function startActivity(state: PhoneState, intent: Intent): { readonly component: string } | null {
  const candidates = candidatesFor(state, intent);
  const chosen = candidates.length > 1 && intent.action === 'android.intent.action.SEND' ? resolver : candidates[0];
  if (!chosen) return null;
  chosen.open(state, intent);
  return { component: `${chosen.packageName}/${chosen.name}` };
}

const resolver: Activity = {
  packageName: 'android',
  name: 'com.android.internal.app.ResolverActivity',
  accepts: () => false,
  open: (state) =>
    state.show({
      packageName: 'android',
      activity: 'com.android.internal.app.ResolverActivity',
      kind: 'chooser',
      fields: {},
    }),
};

/** Installed activities that take the intent. An app that owns a web address comes before the browser. */
function candidatesFor(state: PhoneState, intent: Intent): readonly Activity[] {
  const isInstalled = (name: string): boolean => state.packages.some((known) => known.name === name);
  const isLauncher = intent.categories.includes('android.intent.category.LAUNCHER');
  if (intent.action === 'android.intent.action.MAIN' && (isLauncher || intent.component !== null))
    return launchers(state, intent);
  const fitting = activities.filter((activity) => {
    const isWanted = intent.packageName === null || activity.packageName === intent.packageName;
    return isWanted && isInstalled(activity.packageName) && activity.accepts(intent);
  });
  return webAddress(intent) === null ? fitting : fitting.slice(0, 1);
}

function launchers(state: PhoneState, intent: Intent): readonly Activity[] {
  const wanted = intent.packageName ?? intent.component?.split('/')[0];
  const app = state.packages.find(({ name }) => name === wanted);
  if (!app) return [];
  return [
    {
      packageName: app.name,
      name: app.activity,
      accepts: () => true,
      open: (phone) =>
        phone.show({ packageName: app.name, activity: app.activity, kind: 'app', fields: { label: app.label } }),
    },
  ];
}
