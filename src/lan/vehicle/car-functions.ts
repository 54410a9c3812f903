import type { CarFunction } from './car-function.js';
import type { CarSignals } from './car-signals.js';
import { adjustVolume, navigateTo, setWipers } from './functions/cabin.js';
import { setChargeLimit, setCharging } from './functions/charging.js';
import { setClimatePower, setClimateTemperature, setDefroster, setFanSpeed } from './functions/climate.js';
import { flashAndHonk } from './functions/flash-and-honk.js';
import { setAmbientLight, setHeadlights } from './functions/lights.js';
import { controlWindow, openTrunk, operateSunroof, setCarLock } from './functions/openings.js';
import { adjustSeatPosition, setSeatHeating } from './functions/seats.js';
import { getVehicleStatus } from './functions/status.js';

/** The functions of `src/catalog/car.ts`, by name. */
export const carFunctionsByName: ReadonlyMap<string, CarFunction> = new Map([
  ['set_climate_temperature', setClimateTemperature],
  ['set_climate_power', setClimatePower],
  ['set_fan_speed', setFanSpeed],
  ['set_defroster', setDefroster],
  ['set_seat_heating', setSeatHeating],
  ['adjust_seat_position', adjustSeatPosition],
  ['control_window', controlWindow],
  ['operate_sunroof', operateSunroof],
  ['set_car_lock', setCarLock],
  ['open_trunk', openTrunk],
  ['set_headlights', setHeadlights],
  ['set_ambient_light', setAmbientLight],
  ['flash_and_honk', flashAndHonk],
  ['set_charging', setCharging],
  ['set_charge_limit', setChargeLimit],
  ['get_vehicle_status', getVehicleStatus],
  ['navigate_to', navigateTo],
  ['adjust_volume', adjustVolume],
  ['set_wipers', setWipers],
]);

/** What a car with these signals can do, in the catalogue's order. */
export function functionsOffered(signals: CarSignals): readonly string[] {
  return [...carFunctionsByName].filter(([, { isOffered }]) => isOffered(signals)).map(([name]) => name);
}
