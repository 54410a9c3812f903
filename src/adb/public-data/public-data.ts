import type { Failure } from '../../core/failure.js';
import type { Result } from '../../core/result.js';

/** One headline, as the service wrote it, capped. */
export interface Headline {
  readonly title: string;
  readonly source: string | null;
}

/** What a public service answered, and which one ("open-meteo.com", "local stand-in"). */
export interface PublicAnswer {
  /** A person's sentences, capped. */
  readonly text: string;
  readonly source: string;
}

/** Weather and news from public services that need no key. */
export interface PublicData {
  /**
   * Today's and tomorrow's weather at a place by its name.
   * Failures: PLACE_UNKNOWN, PUBLIC_DATA_UNREACHABLE, PUBLIC_DATA_UNREADABLE.
   */
  weather(location: string, signal: AbortSignal): Promise<Result<PublicAnswer, Failure>>;
  /** Headlines on a subject, or today's when it is null. Failures: NEWS_NONE and as above. */
  news(query: string | null, signal: AbortSignal): Promise<Result<PublicAnswer, Failure>>;
}
