import type { Failure } from '../../core/failure.js';
import type { Result } from '../../core/result.js';

/** What a public service answered, and which one ("open-meteo.com", "local stand-in"). */
export interface PublicAnswer {
  /** A person's sentences, capped. */
  readonly text: string;
  readonly source: string;
}

/** A place by its name, or by degrees of latitude and longitude. */
export type Place = string | { readonly latitude: number; readonly longitude: number };

/** Weather and news from public services that need no key. */
export interface PublicData {
  /**
   * Today's and tomorrow's weather at a place, by its name or its position.
   * Failures: PLACE_UNKNOWN, PUBLIC_DATA_UNREACHABLE, PUBLIC_DATA_UNREADABLE.
   */
  weather(place: Place, signal: AbortSignal): Promise<Result<PublicAnswer, Failure>>;
  /** Headlines on a subject, or today's when it is null. Failures: NEWS_NONE and as above. */
  news(query: string | null, signal: AbortSignal): Promise<Result<PublicAnswer, Failure>>;
}
