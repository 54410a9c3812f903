import type { OvmsFunction } from '../ovms-car.js';
import { setCarLock, setCharging, setClimatePower } from './states.js';
import { getVehicleStatus } from './status.js';

/** What every car can be asked through a module; whether its car type knows how, the module says when it is told. */
export const ovmsFunctions: ReadonlyMap<string, OvmsFunction> = new Map([
  ['set_climate_power', setClimatePower],
  ['set_car_lock', setCarLock],
  ['set_charging', setCharging],
  ['get_vehicle_status', getVehicleStatus],
]);

/** Locking needs the PIN: without it, it is not offered. */
export function functionsOffered(pin: string | null): readonly string[] {
  return [...ovmsFunctions.keys()].filter((name) => name !== 'set_car_lock' || pin !== null);
}
