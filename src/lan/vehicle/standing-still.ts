import { TentacleError } from '../../core/failure.js';
import type { Car } from './car.js';

/**
 * Why this car must not open, move a seat or honk now, in a sentence, or null when it stands still. A car that has no
 * signal for its speed is left to the user's approval; one that has it and does not tell is taken to be driving.
 *
 * @param what what was asked: "opening windows", "moving seats".
 */
export async function whyNotWhileDriving(car: Car, what: string, signal: AbortSignal): Promise<string | null> {
  const speed = car.signals.get('speed') ?? car.signals.get('isMoving');
  if (!speed) return null;
  const unreadable = `${car.name} does not say whether it stands still: ${what} is done only then.`;
  try {
    const [value] = await car.client.getValues([speed.path], signal);
    if (value === null || value === undefined) return unreadable;
    if (value === false || value === 0) return null;
    const how = typeof value === 'number' ? ` at ${Math.round(Math.abs(value) * 10) / 10} km/h` : '';
    return `${car.name} is driving${how}: ${what} is done only while it stands still.`;
  } catch (error) {
    if (error instanceof TentacleError && error.failure.code === 'PERMISSION_DENIED') return unreadable;
    throw error;
  }
}
