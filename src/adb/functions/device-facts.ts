import { failed, readBack, untrusted } from '../../core/outcomes.js';
import type { PhoneFunction } from '../carry-out.js';

/** What `dumpsys battery` says, in percent. */
export function parseBattery(stdout: string): { readonly level: number; readonly isCharging: boolean } | null {
  const field = (name: string): string | null => new RegExp(`^\\s*${name}: (\\S+)`, 'm').exec(stdout)?.[1] ?? null;
  const [level, scale] = [Number(field('level') ?? Number.NaN), Number(field('scale') ?? 100)];
  if (!Number.isFinite(level) || !(scale > 0)) return null;
  const isCharging = ['AC', 'USB', 'Wireless', 'Dock'].some((source) => field(`${source} powered`) === 'true');
  return { level: Math.round((level * 100) / scale), isCharging };
}

export const getBatteryLevel: PhoneFunction = async (call) => {
  const { stdout } = await call.read('dumpsys', 'battery');
  const battery = parseBattery(stdout);
  if (!battery)
    return failed('BATTERY_UNREADABLE', 'The phone does not say its battery level.', 'Look at the phone.', stdout);
  const text = `battery ${battery.level} %${battery.isCharging ? ', charging' : ''}`;
  return readBack(text, { data: untrusted(battery.level, text, 'device') });
};

interface Position {
  readonly latitude: number;
  readonly longitude: number;
  /** 95 % of the truth lies within this many metres, or null where it is not said. */
  readonly accuracy: number | null;
}

/** The most exact of the last known positions in `dumpsys location`; null when the phone knows none. */
export function parseLocation(stdout: string): Position | null {
  const found = [
    ...stdout.matchAll(/Location\[\w+ (-?\d{1,3}\.\d+),(-?\d{1,3}\.\d+)(?:[^\]\n]*?hAcc=(\d+(?:\.\d+)?))?/g),
  ].map(
    ([, latitude, longitude, accuracy]): Position => ({
      latitude: Number(latitude),
      longitude: Number(longitude),
      accuracy: accuracy === undefined ? null : Number(accuracy),
    }),
  );
  const [best] = found.sort(
    (a, b) => (a.accuracy ?? Number.POSITIVE_INFINITY) - (b.accuracy ?? Number.POSITIVE_INFINITY),
  );
  return best ?? null;
}

export const getCurrentLocation: PhoneFunction = async (call) => {
  const position = parseLocation((await call.read('dumpsys', 'location')).stdout);
  if (!position) {
    return failed(
      'LOCATION_UNKNOWN',
      'The phone knows no position.',
      'Switch its location on, open a map on it once, then try again.',
    );
  }
  const value = `${position.latitude.toFixed(5)},${position.longitude.toFixed(5)}`;
  const accuracy = position.accuracy === null ? '' : ` (within ${Math.round(position.accuracy)} m)`;
  return readBack(`last known position ${value}${accuracy}`, { data: untrusted(value, value, 'device') });
};
