import type { PhoneState } from '../state/phone-state.js';
import type { Intent } from './intent.js';

/** A screen of an installed app that intents can open. */
export interface Activity {
  readonly packageName: string;
  readonly name: string;
  /** Whether its intent filter takes the intent. The package is checked elsewhere. */
  accepts(intent: Intent): boolean;
  /** What opening it does. */
  open(state: PhoneState, intent: Intent): void;
}

/** The host and path of a web address, or null for another one. */
export function webAddress(intent: Intent): URL | null {
  if (intent.data === null || !/^https?:/.test(intent.data)) return null;
  return URL.canParse(intent.data) ? new URL(intent.data) : null;
}

/** The part of an address after its scheme, without the query, decoded: `sms:+1%20555?body=x` -> `+1 555`. */
export function addressee(data: string): string {
  const part = data.replace(/^\w+:/, '').replace(/\?.*$/s, '');
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function queryOf(data: string): URLSearchParams {
  return new URLSearchParams(data.includes('?') ? data.slice(data.indexOf('?') + 1) : '');
}
