import type { Entity } from './entity.js';
import { features, supports } from './features.js';
import type { Services } from './services.js';

/** What an entity is for a person, and what can be asked of it. */
export interface EntityClass {
  readonly deviceClass: string;
  readonly functions: readonly string[];
}

/** Nothing that anybody would ask the state of: places, voices, talk. */
const LEFT_OUT = new Set([
  'zone',
  'stt',
  'tts',
  'wake_word',
  'conversation',
  'assist_satellite',
  'ai_task',
  'notify',
  'tag',
]);
/** They are one device together. */
export const SCENE_DOMAINS: ReadonlySet<string> = new Set(['scene', 'script']);

/** Home Assistant's word for a cover to ours; gates and doors keep their own, as they are no blinds to anybody. */
const COVERS: Readonly<Record<string, string>> = {
  blind: 'blinds',
  shade: 'blinds',
  shutter: 'blinds',
  curtain: 'curtain',
  garage: 'garage',
};

const STATE = 'get_device_state';

/** Null for what is no device of its own. */
export function classOf(entity: Entity, services: Services): EntityClass | null {
  if (LEFT_OUT.has(entity.domain) || SCENE_DOMAINS.has(entity.domain)) return null;
  const { deviceClass, functions } = describe(entity, services);
  return { deviceClass, functions: [...functions, STATE] };
}

function describe(entity: Entity, services: Services): EntityClass {
  const { device_class: own } = entity.attributes;
  const offers = (name: string, needs: readonly string[]): string[] =>
    needs.every((service) => services.has(`${entity.domain}.${service}`)) ? [name] : [];
  switch (entity.domain) {
    case 'light':
      return { deviceClass: 'light', functions: offers('set_light', ['turn_on', 'turn_off']) };
    case 'switch':
    case 'input_boolean':
      return { deviceClass: 'switch', functions: offers('set_switch', ['turn_on', 'turn_off']) };
    case 'climate':
      return { deviceClass: 'thermostat', functions: climateFunctions(entity, offers) };
    case 'lock':
      return { deviceClass: 'lock', functions: offers('set_door_lock', ['lock', 'unlock']) };
    case 'cover':
      return { deviceClass: COVERS[own ?? ''] ?? own ?? 'cover', functions: coverFunctions(entity, offers) };
    case 'fan':
      return { deviceClass: 'fan', functions: offers('set_fan', ['turn_on', 'turn_off']) };
    case 'vacuum':
      return { deviceClass: 'vacuum', functions: vacuumFunctions(entity, offers) };
    case 'media_player':
      return playerClass(entity, services);
    case 'sensor':
      return { deviceClass: 'sensor', functions: own === 'temperature' ? ['get_temperature'] : [] };
    case 'binary_sensor':
      if (own === 'smoke') return { deviceClass: 'smoke_detector', functions: ['check_smoke_detector'] };
      return { deviceClass: own ?? 'sensor', functions: [] };
    default:
      return { deviceClass: entity.domain, functions: [] };
  }
}

type Offers = (name: string, needs: readonly string[]) => string[];

function climateFunctions(entity: Entity, offers: Offers): string[] {
  const settable = supports(entity, features.climate.targetTemperature | features.climate.targetRange);
  const readable = typeof entity.attributes.current_temperature === 'number';
  return [...(settable ? offers('set_thermostat', ['set_temperature']) : []), ...(readable ? ['get_temperature'] : [])];
}

function coverFunctions(entity: Entity, offers: Offers): string[] {
  const { open, close, setPosition } = features.cover;
  if (supports(entity, setPosition)) return offers('set_cover', ['set_cover_position']);
  return supports(entity, open | close) ? offers('set_cover', ['open_cover', 'close_cover']) : [];
}

function vacuumFunctions(entity: Entity, offers: Offers): string[] {
  const { start, stop, pause, returnHome } = features.vacuum;
  return supports(entity, start | stop | pause | returnHome) ? offers('control_vacuum', ['start']) : [];
}

function playerClass(entity: Entity, services: Services): EntityClass {
  const isTv = ['tv', 'projector'].includes(entity.attributes.device_class ?? '');
  const { playMedia, turnOn, turnOff } = features.player;
  const plays = supports(entity, playMedia) && services.has('media_player.play_media');
  const switches =
    supports(entity, turnOn | turnOff) && services.has('media_player.turn_on') && services.has('media_player.turn_off');
  if (!isTv) return { deviceClass: 'speaker', functions: plays ? ['play_music_on_speaker'] : [] };
  return {
    deviceClass: 'tv',
    functions: [...(switches ? ['set_tv_power'] : []), ...(plays ? ['play_video_on_tv'] : [])],
  };
}
