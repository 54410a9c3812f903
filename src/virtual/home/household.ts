import { nameOf, type RoomLanguage, sceneName, type ThingKey, thingKeys } from './names.js';
import type { Identity, Thing } from './thing.js';
import { thermostat } from './things/climate.js';
import { colourLight } from './things/colour-light.js';
import { garageDoor, plainCurtain, zigbeeBlinds } from './things/covers.js';
import { ceilingFan } from './things/fan.js';
import { dimmer, jsonDimmer, relayLight } from './things/lights.js';
import { plainLock, zigbeeLock } from './things/locks.js';
import { speaker, television } from './things/players.js';
import { type Scene, sceneController } from './things/scenes.js';
import { doorContact, plainRoomSensor, smokeDetector, wholeRoomSensor, zigbeeRoomSensor } from './things/sensors.js';
import { meteringPlug, socket } from './things/switches.js';
import { vacuum } from './things/vacuum.js';

/** Every radio has its own number after this one. */
const FIRST_SERIAL = 0x7e47ac1e0001;

const builders: Readonly<Record<ThingKey, (identity: Identity, language: RoomLanguage) => Thing>> = {
  living_room_ceiling_light: colourLight,
  bedroom_light: dimmer,
  kitchen_light: relayLight,
  hallway_light: jsonDimmer,
  thermostat,
  front_door_lock: zigbeeLock,
  back_door_lock: plainLock,
  living_room_blinds: zigbeeBlinds,
  bedroom_curtain: plainCurtain,
  garage_door: garageDoor,
  vacuum,
  ceiling_fan: ceilingFan,
  living_room_speaker: speaker,
  living_room_tv: television,
  coffee_maker: socket,
  heater: meteringPlug,
  smoke_detector: smokeDetector,
  living_room_sensor: (identity) => zigbeeRoomSensor(identity, { temperature: 21.4, humidity: 45, battery: 92 }),
  bedroom_sensor: (identity) => plainRoomSensor(identity, { temperature: 18.6 }),
  kitchen_sensor: (identity) => wholeRoomSensor(identity, { temperature: 22.8, humidity: 52 }),
  front_door_contact: doorContact,
  scenes: (identity, language) => sceneController(identity, scenesOf(language)),
};

function scenesOf(language: RoomLanguage): readonly Scene[] {
  return [
    {
      object: 'movie_night',
      name: sceneName('movie_night', language),
      changes: {
        living_room_ceiling_light: { on: true, brightness: 50 },
        living_room_blinds: { position: 0 },
        living_room_tv: { on: true },
      },
    },
    {
      object: 'good_night',
      name: sceneName('good_night', language),
      changes: {
        living_room_ceiling_light: { on: false },
        bedroom_light: { on: false },
        kitchen_light: { on: false },
        hallway_light: { on: false },
        living_room_tv: { on: false },
        front_door_lock: { lock: 'locked' },
        back_door_lock: { lock: 'locked' },
        garage_door: { position: 0 },
      },
    },
  ];
}

/** Everything in the home, named in one language. */
export function household(language: RoomLanguage): readonly Thing[] {
  return thingKeys.map((id, index) =>
    builders[id]({ id, ...nameOf(id, language), serial: (FIRST_SERIAL + index).toString(16) }, language),
  );
}
