import type { Outcome } from '../../../core/outcome.js';
import { getTemperature, setThermostat } from './climate.js';
import { setCover } from './cover.js';
import type { HomeCall } from './home-call.js';
import { setLight } from './light.js';
import { setDoorLock } from './lock.js';
import { playMusicOnSpeaker, playVideoOnTv, setTvPower } from './media.js';
import { checkSmokeDetector, getDeviceState } from './read-state.js';
import { setFan, setSwitch } from './switches.js';
import { controlVacuum } from './vacuum.js';

/** Carries out one function on one entity. */
export type HomeFunction = (call: HomeCall) => Promise<Outcome>;

/** Every home function of the catalogue but activate_scene, which is about many entities. */
export const homeFunctions: ReadonlyMap<string, HomeFunction> = new Map([
  ['set_light', setLight],
  ['set_thermostat', setThermostat],
  ['get_temperature', getTemperature],
  ['check_smoke_detector', checkSmokeDetector],
  ['get_device_state', getDeviceState],
  ['play_music_on_speaker', playMusicOnSpeaker],
  ['play_video_on_tv', playVideoOnTv],
  ['set_tv_power', setTvPower],
  ['set_door_lock', setDoorLock],
  ['set_cover', setCover],
  ['control_vacuum', controlVacuum],
  ['set_switch', setSwitch],
  ['set_fan', setFan],
]);
