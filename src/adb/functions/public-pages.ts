import type { Failure } from '../../core/failure.js';
import { deviceSaid, failed, handedOver, untrusted } from '../../core/outcomes.js';
import type { Result } from '../../core/result.js';
import type { PhoneFunction } from '../carry-out.js';
import { uriComponent } from '../escapes.js';
import type { PhoneCall } from '../phone-call.js';
import type { Place, PublicAnswer } from '../public-data/public-data.js';
import { parseLocation } from './device-facts.js';
import { openPage } from './pages.js';

/** Failures for which the phone, which may have another network, shows the page itself. */
const UNREACHABLE: ReadonlySet<string> = new Set(['PUBLIC_DATA_UNREACHABLE', 'PUBLIC_DATA_UNREADABLE']);

/** What a public service says; where it cannot be reached, its page opens on the phone. */
async function ask(call: PhoneCall, answer: Promise<Result<PublicAnswer, Failure>> | null, search: string) {
  const found = await answer;
  if (found?.ok) {
    const { text, source } = found.value;
    return deviceSaid(text, { data: untrusted(text, text, source) });
  }
  if (found && !UNREACHABLE.has(found.error.code)) return { status: 'failed', failure: found.error } as const;
  const opened = await call.withScreen(() =>
    openPage(call, { url: `https://www.google.com/search?q=${uriComponent(search)}`, what: search }),
  );
  if (!opened.ok) return opened.outcome;
  const first = opened.isAwake ? 'Read' : 'Unlock the phone and read';
  return handedOver(
    `${first} it on the phone.`,
    `The service could not be reached from this computer; the search for "${search}" is open.`,
  );
}

/** "Here" is where the phone last was, rounded: the weather service needs no more than the town. */
async function hereabouts(call: PhoneCall): Promise<Place | null> {
  const position = parseLocation((await call.read('dumpsys', 'location')).stdout);
  if (!position) return null;
  return { latitude: rounded(position.latitude), longitude: rounded(position.longitude) };
}

const rounded = (degrees: number): number => Math.round(degrees * 10) / 10;

export const getWeatherForecast: PhoneFunction = async (call) => {
  const location = call.optionalText('location');
  const place = location ?? (await hereabouts(call));
  if (place === null)
    return failed('PLACE_UNKNOWN', 'The phone does not know where it is.', 'Say the place: "the weather in Paris".');
  const answer = call.surroundings.publicData?.weather(place, call.signal) ?? null;
  return ask(call, answer, location === null ? 'weather' : `weather ${location}`);
};

export const getTrendingNews: PhoneFunction = (call) => {
  const query = call.optionalText('query');
  const answer = call.surroundings.publicData?.news(query, call.signal) ?? null;
  return ask(call, answer, query === null ? 'news' : `news ${query}`);
};
