import type { HomeFunction, HomeRun } from '../home-call.js';
import type { Thing } from '../thing.js';
import { setCover } from './cover.js';
import { setFan } from './fan.js';
import { setLight } from './light.js';
import { setDoorLock } from './lock.js';
import { playMusic, playVideo } from './player.js';
import { activateScene } from './scenes.js';
import { checkSmokeDetector, getDeviceState } from './state.js';
import { setSwitch, setTvPower } from './switch.js';
import { getTemperature, setThermostat } from './thermostat.js';
import { controlVacuum } from './vacuum.js';

/** The catalogue's home functions and how each is done over MQTT. */
const homeFunctions: ReadonlyMap<string, HomeFunction> = new Map([
  ['set_light', setLight],
  ['set_thermostat', setThermostat],
  ['get_temperature', getTemperature],
  ['check_smoke_detector', checkSmokeDetector],
  ['get_device_state', getDeviceState],
  ['play_music_on_speaker', playMusic],
  ['play_video_on_tv', playVideo],
  ['set_tv_power', setTvPower],
  ['set_door_lock', setDoorLock],
  ['set_cover', setCover],
  ['control_vacuum', controlVacuum],
  ['set_switch', setSwitch],
  ['set_fan', setFan],
  ['activate_scene', activateScene],
]);

/** What this thing can do, by the catalogue's names. */
export function functionsOfThing(thing: Thing): ReadonlyMap<string, HomeRun> {
  const offered = new Map<string, HomeRun>();
  for (const [name, look] of homeFunctions) {
    const run = look(thing);
    if (run) offered.set(name, run);
  }
  return offered;
}
