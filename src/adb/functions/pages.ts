import type { Outcome } from '../../core/outcome.js';
import { deviceSaid, handedOver, readBack } from '../../core/outcomes.js';
import { readScreen, wakeScreen } from '../android/screen.js';
import { type Started, startActivity } from '../android/start-activity.js';
import type { PhoneFunction } from '../carry-out.js';
import { uriComponent } from '../escapes.js';
import type { PhoneCall } from '../phone-call.js';

/** A web page that an app of its own may show better than the browser. */
export interface Page {
  readonly url: string;
  /** The app that the page belongs to, where it is installed. */
  readonly packageName?: string;
  /** What is shown, in words: "web search for …". */
  readonly what: string;
}

const PATIENCE_MS = 4_000;

/** What came of opening a page: which app shows it, or why not. */
type Opened =
  | { readonly ok: true; readonly app: string | null; readonly isAwake: boolean }
  | { readonly ok: false; readonly outcome: Outcome };

function view(call: PhoneCall, url: string, packageName?: string): Promise<Started> {
  const app = packageName === undefined ? {} : { packageName };
  return startActivity(call, { action: 'android.intent.action.VIEW', data: url, ...app });
}

/** Opens a page in its own app where that is installed and takes the address, else wherever the phone opens it. */
async function start(call: PhoneCall, { url, packageName }: Page): Promise<Started> {
  if (packageName === undefined || !call.facts.packages.has(packageName)) return view(call, url);
  const started = await view(call, url, packageName);
  const isNotTheirs = !started.ok && started.outcome.status === 'failed' && started.outcome.failure.code === 'NO_APP';
  return isNotTheirs ? view(call, url) : started;
}

/** Opens a page and waits until the app that took it is in front. */
export async function openPage(call: PhoneCall, page: Page): Promise<Opened> {
  const isAwake = await wakeScreen(call);
  const started = await start(call, page);
  if (!started.ok) return { ok: false, outcome: started.outcome };
  if (started.isChooser) {
    const first = isAwake ? 'Choose' : 'Unlock the phone and choose';
    return {
      ok: false,
      outcome: handedOver(`${first} the app for it.`, `The phone asks which app opens ${page.what}.`),
    };
  }
  const taker = started.component?.split('/')[0];
  if (!isAwake || taker === undefined) return { ok: true, app: null, isAwake };
  const app = await call.look(async () => ((await readScreen(call)).foreground === taker ? taker : null), PATIENCE_MS);
  return { ok: true, app, isAwake };
}

/** Opens a page whose opening is all that was asked for. */
async function show(call: PhoneCall, page: Page) {
  const opened = await openPage(call, page);
  if (!opened.ok) return opened.outcome;
  if (!opened.isAwake) return handedOver('Unlock the phone to see it.', `The phone took ${page.what} behind the lock.`);
  return opened.app === null
    ? deviceSaid(`the phone took ${page.what}`)
    : readBack(`${page.what} is open in ${opened.app}`);
}

/** Opens a shop's page: choosing and paying is for its owner alone. */
async function shop(call: PhoneCall, page: Page) {
  const opened = await openPage(call, page);
  if (!opened.ok) return opened.outcome;
  const first = opened.isAwake ? 'Choose' : 'Unlock the phone, choose';
  return handedOver(
    `${first} and order it on the phone.`,
    `${opened.app === null ? `The phone took ${page.what}` : `${page.what} is open in ${opened.app}`}; nothing is ordered.`,
  );
}

export const webSearch: PhoneFunction = (call) => {
  const query = call.text('query');
  return show(call, {
    url: `https://www.google.com/search?q=${uriComponent(query)}`,
    what: `the web search for "${query}"`,
  });
};

export const searchYoutubeVideos: PhoneFunction = (call) => {
  const query = call.text('query');
  return show(call, {
    url: `https://www.youtube.com/results?search_query=${uriComponent(query)}`,
    packageName: 'com.google.android.youtube',
    what: `the YouTube search for "${query}"`,
  });
};

/** The documented Maps address (api=1), which needs no key and opens in the browser without the app. */
export const findRouteGoogleMaps: PhoneFunction = (call) => {
  const [destination, origin, mode] = [
    call.text('destination'),
    call.optionalText('origin'),
    call.optionalText('mode'),
  ];
  const fields = [`destination=${uriComponent(destination)}`];
  if (origin !== null) fields.push(`origin=${uriComponent(origin)}`);
  if (mode !== null) fields.push(`travelmode=${uriComponent(mode)}`);
  return show(call, {
    url: `https://www.google.com/maps/dir/?api=1&${fields.join('&')}`,
    packageName: 'com.google.android.apps.maps',
    what: `the route to ${destination}`,
  });
};

export const searchAmazon: PhoneFunction = (call) => {
  const query = call.text('query');
  return show(call, {
    url: `https://www.amazon.com/s?k=${uriComponent(query)}`,
    packageName: 'com.amazon.mShop.android.shopping',
    what: `the Amazon search for "${query}"`,
  });
};

export const orderFood: PhoneFunction = (call) => {
  const query = call.text('query');
  return shop(call, {
    url: `https://www.ubereats.com/search?q=${uriComponent(query)}`,
    packageName: 'com.ubercab.eats',
    what: `the search for "${query}"`,
  });
};

export const orderGroceries: PhoneFunction = (call) => {
  const query = call.text('query');
  return shop(call, {
    url: `https://www.instacart.com/store/s?k=${uriComponent(query)}`,
    packageName: 'com.instacart.client',
    what: `the search for "${query}"`,
  });
};
