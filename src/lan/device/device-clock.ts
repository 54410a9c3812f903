import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { CLOCK_SLACK_MS, type DeviceClockReading, MAX_TTL_MS } from '../native/profile.js';

/**
 * Counts milliseconds since the device's start. Commands are dated by this clock and not by the time of day, which many
 * devices do not know and which jumps.
 */
export class DeviceClock {
  readonly #epoch = randomUUID();
  readonly #now: () => number;
  readonly #start: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#start = now();
  }

  reading(): DeviceClockReading {
    return { epoch: this.#epoch, ms: Math.round(this.#now() - this.#start) };
  }

  /** Why a command of that moment must not run any more, in a sentence; null when it may. */
  staleness(issued: DeviceClockReading, ttlMs: number): string | null {
    const now = this.reading();
    if (issued.epoch !== now.epoch) return 'It was sent before this device last started.';
    if (issued.ms > now.ms + CLOCK_SLACK_MS) return 'It is dated in the future of this device.';
    const age = now.ms - issued.ms;
    return age > Math.min(ttlMs, MAX_TTL_MS) ? `It came ${Math.round(age / 100) / 10} s late.` : null;
  }
}
