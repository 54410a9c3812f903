import { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { fetchText } from './fetch-text.js';
import { parseHeadlines } from './parse-headlines.js';
import type { Place, PublicAnswer, PublicData } from './public-data.js';
import { weatherWords } from './weather-words.js';

/** Where the services are, and what they are called in reports. */
export interface PublicEndpoints {
  /** Answers `?name=Paris&count=1` with Open-Meteo's geocoding JSON. */
  readonly geocoding: string;
  /** Answers `?latitude=..&longitude=..` with Open-Meteo's forecast JSON. */
  readonly forecast: string;
  /** An RSS feed: of everything, and with `?q=` of one subject. */
  readonly news: string;
  readonly newsSearch: string;
  readonly weatherSource: string;
  readonly newsSource: string;
}

const publicServices: PublicEndpoints = {
  geocoding: 'https://geocoding-api.open-meteo.com/v1/search',
  forecast: 'https://api.open-meteo.com/v1/forecast',
  news: 'https://news.google.com/rss',
  newsSearch: 'https://news.google.com/rss/search',
  weatherSource: 'open-meteo.com',
  newsSource: 'news.google.com',
};

const geocodingSchema = z.object({
  results: z.array(z.object({ name: z.string(), latitude: z.number(), longitude: z.number() })).optional(),
});

const forecastSchema = z.object({
  current: z.object({ temperature_2m: z.number(), weather_code: z.number() }),
  daily: z.object({
    temperature_2m_max: z.array(z.number()).min(2),
    temperature_2m_min: z.array(z.number()).min(2),
    weather_code: z.array(z.number()).min(2),
  }),
});

const unreadable: Failure = {
  code: 'PUBLIC_DATA_UNREADABLE',
  fault: 'link',
  message: 'The public service answered in a form that is not known.',
  next: 'Try again later; if it stays, report it.',
};

/** Weather and news over HTTPS from services without keys or accounts. */
export class HttpPublicData implements PublicData {
  readonly #endpoints: PublicEndpoints;

  constructor(endpoints: PublicEndpoints = publicServices) {
    this.#endpoints = endpoints;
  }

  async weather(place: Place, signal: AbortSignal): Promise<Result<PublicAnswer, Failure>> {
    const where = typeof place === 'string' ? await this.#find(place, signal) : ok({ name: null, ...place });
    if (!where.ok) return where;
    const url = new URL(this.#endpoints.forecast);
    const { latitude, longitude, name } = where.value;
    const asked = {
      latitude,
      longitude,
      current: 'temperature_2m,weather_code',
      daily: 'temperature_2m_max,temperature_2m_min,weather_code',
      timezone: 'auto',
      forecast_days: 2,
    };
    for (const [key, value] of Object.entries(asked)) url.searchParams.set(key, String(value));
    const answer = await fetchJson(url, forecastSchema, signal);
    if (!answer.ok) return answer;
    const { current, daily } = answer.value;
    const day = (index: number): string => {
      const [low, high] = [
        Math.round(daily.temperature_2m_min[index] ?? 0),
        Math.round(daily.temperature_2m_max[index] ?? 0),
      ];
      return `${low} to ${high} °C, ${weatherWords(daily.weather_code[index] ?? -1)}`;
    };
    const now = `${Math.round(current.temperature_2m)} °C and ${weatherWords(current.weather_code)} now`;
    return ok({
      text: `${name === null ? '' : `${name}: `}${now}; today ${day(0)}; tomorrow ${day(1)}`,
      source: this.#endpoints.weatherSource,
    });
  }

  async news(query: string | null, signal: AbortSignal): Promise<Result<PublicAnswer, Failure>> {
    const url = new URL(query === null ? this.#endpoints.news : this.#endpoints.newsSearch);
    if (query !== null) url.searchParams.set('q', query);
    const feed = await fetchText(url, signal);
    if (!feed.ok) return feed;
    const headlines = parseHeadlines(feed.value);
    if (headlines.length > 0) return ok({ text: headlines.join('; '), source: this.#endpoints.newsSource });
    if (!/<rss[\s>]/.test(feed.value)) return err(unreadable);
    return err({
      code: 'NEWS_NONE',
      fault: 'user',
      message: `There is no news on "${query ?? 'today'}".`,
      next: 'Ask with other words.',
    });
  }

  async #find(place: string, signal: AbortSignal) {
    const url = new URL(this.#endpoints.geocoding);
    url.searchParams.set('name', place);
    url.searchParams.set('count', '1');
    const answer = await fetchJson(url, geocodingSchema, signal);
    if (!answer.ok) return answer;
    const [found] = answer.value.results ?? [];
    if (found) return ok(found);
    return err<Failure>({
      code: 'PLACE_UNKNOWN',
      fault: 'user',
      message: `The weather service knows no place called "${place}".`,
      next: 'Say a bigger place nearby.',
    });
  }
}

async function fetchJson<T>(url: URL, schema: z.ZodType<T>, signal: AbortSignal): Promise<Result<T, Failure>> {
  const text = await fetchText(url, signal);
  if (!text.ok) return text;
  try {
    return ok(schema.parse(JSON.parse(text.value)));
  } catch {
    return err(unreadable);
  }
}
