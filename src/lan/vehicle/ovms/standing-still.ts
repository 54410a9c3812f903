import type { MetricName } from './metric-names.js';
import type { MetricStore } from './metric-store.js';

export const MOTION_METRICS: readonly MetricName[] = ['v.p.speed', 'v.e.on'];

/** Faster than any car, in km/h; some modules count backwards as negative. */
const MOST = 1_000;

/**
 * Why this car must not be opened now, in a sentence, or null when it stands still. Only what the module said since the mark
 * counts. A car that has neither metric is left to the user's approval; one that has them and does not tell is taken to be
 * driving.
 *
 * @param what what was asked: "unlocking".
 */
export function whyNotWhileDriving(name: string, metrics: MetricStore, mark: number, what: string): string | null {
  const speed = metrics.isSince('v.p.speed', mark) ? metrics.number('v.p.speed', -MOST, MOST) : null;
  if (speed === 0) return null;
  const standing = `${what} is done only while it stands still.`;
  if (speed !== null) return `${name} is driving at ${Math.round(Math.abs(speed) * 10) / 10} km/h: ${standing}`;
  const isOn = metrics.isSince('v.e.on', mark) ? metrics.flag('v.e.on') : null;
  if (isOn === false) return null;
  if (isOn === true) return `${name} is switched on and does not tell its speed: ${standing}`;
  const hasNeither = MOTION_METRICS.every((metric) => metrics.text(metric) === null);
  return hasNeither ? null : `${name} does not say whether it stands still: ${standing}`;
}
