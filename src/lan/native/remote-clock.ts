import { performance } from 'node:perf_hooks';
import type { DeviceClockReading } from './profile.js';

/** What a device's clock shows now, as far as its last answer tells: never ahead of it, behind by that answer's way here. */
export class RemoteClock {
  #reading: DeviceClockReading;
  #at = performance.now();

  constructor(reading: DeviceClockReading) {
    this.#reading = reading;
  }

  set(reading: DeviceClockReading): void {
    this.#reading = reading;
    this.#at = performance.now();
  }

  now(): DeviceClockReading {
    const { epoch, ms } = this.#reading;
    return { epoch, ms: Math.floor(ms + performance.now() - this.#at) };
  }
}
