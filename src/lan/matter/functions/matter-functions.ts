import type { MatterFunction, MatterRun } from '../matter-call.js';
import type { Thing } from '../thing.js';
import { setCover } from './cover.js';
import { setFan } from './fan.js';
import { setLight } from './light.js';
import { setDoorLock } from './lock.js';
import { checkSmokeDetector, getDeviceState } from './state.js';
import { setSwitch } from './switch.js';
import { getTemperature, setThermostat } from './thermostat.js';
import { controlVacuum } from './vacuum.js';

const functions: readonly (readonly [string, MatterFunction])[] = [
  ['set_light', setLight],
  ['set_switch', setSwitch],
  ['set_thermostat', setThermostat],
  ['get_temperature', getTemperature],
  ['set_door_lock', setDoorLock],
  ['set_cover', setCover],
  ['set_fan', setFan],
  ['control_vacuum', controlVacuum],
  ['check_smoke_detector', checkSmokeDetector],
  ['get_device_state', getDeviceState],
];

/** What a thing can do, by the catalogue's names. */
export function functionsOfThing(thing: Thing): ReadonlyMap<string, MatterRun> {
  const offered = new Map<string, MatterRun>();
  for (const [name, make] of functions) {
    const run = make(thing);
    if (run) offered.set(name, run);
  }
  return offered;
}
