import { createHash } from 'node:crypto';
import type { VirtualArea, VirtualDevice, VirtualEntry, VirtualFloor, VirtualRegistries } from './registries.js';
import type { Attributes } from './state-machine.js';

/** A thing of the example home: its state, and what the entity registry says of it. */
export interface VirtualThing {
  readonly entityId: string;
  readonly state: string;
  readonly attributes: Attributes;
  readonly entry: Partial<VirtualEntry> | null;
}

export const hexId = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

const floors: readonly VirtualFloor[] = [
  { floor_id: 'ground', name: 'Ground floor', aliases: ['downstairs'], level: 0 },
  { floor_id: 'upper', name: 'Upper floor', aliases: ['upstairs'], level: 1 },
];

const areas: readonly VirtualArea[] = [
  { area_id: 'kitchen', name: 'Kitchen', aliases: [], floor_id: 'ground' },
  { area_id: 'living_room', name: 'Living room', aliases: ['lounge'], floor_id: 'ground' },
  { area_id: 'bedroom', name: 'Bedroom', aliases: [], floor_id: 'upper' },
  { area_id: 'garage', name: 'Garage', aliases: [], floor_id: null },
];

const devices: readonly VirtualDevice[] = [
  {
    id: hexId('thermostat device'),
    name: 'Thermostat T3',
    name_by_user: 'Heating',
    area_id: 'living_room',
    manufacturer: 'Example Works',
    model: 'T3',
  },
];

const things: readonly VirtualThing[] = [
  thing(
    'light.kitchen',
    'off',
    'Kitchen light',
    {
      supported_color_modes: ['hs', 'color_temp'],
      brightness: null,
      rgb_color: null,
      min_color_temp_kelvin: 2_000,
      max_color_temp_kelvin: 6_500,
      supported_features: 44,
    },
    { area_id: 'kitchen', aliases: ['cooking light'] },
  ),
  thing(
    'light.hall',
    'off',
    'Hall lamp',
    { supported_color_modes: ['onoff'], supported_features: 0 },
    { area_id: null },
  ),
  thing(
    'light.bedroom',
    'on',
    'Bedroom light',
    { supported_color_modes: ['brightness'], brightness: 128, color_mode: 'brightness' },
    { area_id: 'bedroom' },
  ),
  thing('switch.coffee_machine', 'off', 'Coffee machine', { device_class: 'outlet' }, { area_id: 'kitchen' }),
  thing('input_boolean.guest_mode', 'off', 'Guest mode', {}, null),
  thing(
    'climate.living_room',
    'heat',
    'Living room thermostat',
    {
      supported_features: 385,
      current_temperature: 20.4,
      temperature: 20,
      min_temp: 7,
      max_temp: 30,
      target_temp_step: 0.5,
      hvac_modes: ['off', 'heat'],
    },
    { device_id: hexId('thermostat device') },
  ),
  thing('lock.front_door', 'locked', 'Front door', { supported_features: 0 }, { area_id: 'living_room' }),
  thing('lock.cellar', 'locked', 'Cellar door', { supported_features: 0, code_format: '^\\d{4}$' }, {}),
  thing(
    'cover.garage_door',
    'closed',
    'Garage door',
    { device_class: 'garage', supported_features: 3 },
    { area_id: 'garage' },
  ),
  thing(
    'cover.bedroom_blind',
    'open',
    'Bedroom blind',
    { device_class: 'blind', supported_features: 15, current_position: 100 },
    { area_id: 'bedroom' },
  ),
  thing(
    'cover.living_room_curtain',
    'open',
    'Living room curtain',
    { device_class: 'curtain', supported_features: 15, current_position: 60 },
    { area_id: 'living_room' },
  ),
  thing(
    'fan.bedroom',
    'off',
    'Bedroom fan',
    { supported_features: 49, percentage: 0, percentage_step: 100 / 3 },
    { area_id: 'bedroom' },
  ),
  thing('fan.bathroom', 'off', 'Bathroom fan', { supported_features: 48 }, {}),
  thing(
    'vacuum.robot',
    'docked',
    'Robot',
    { supported_features: 8_220, battery_level: 100 },
    { area_id: 'living_room' },
  ),
  thing(
    'media_player.living_room_tv',
    'off',
    'Living room TV',
    { device_class: 'tv', supported_features: 2_048 | 512 | 256 | 128, source_list: ['Netflix', 'YouTube', 'HDMI 1'] },
    { area_id: 'living_room' },
  ),
  thing(
    'media_player.kitchen_speaker',
    'idle',
    'Kitchen speaker',
    { device_class: 'speaker', supported_features: 512 | 4_096 | 16_384 },
    { area_id: 'kitchen', platform: 'music_assistant' },
  ),
  thing(
    'media_player.bedroom_radio',
    'idle',
    'Bedroom radio',
    { device_class: 'speaker', supported_features: 512 },
    { area_id: 'bedroom' },
  ),
  thing(
    'media_player.study_player',
    'idle',
    'Study player',
    { device_class: 'speaker', supported_features: 512 | 4_194_304 },
    {},
  ),
  thing('scene.movie_night', 'unknown', 'Movie night', { sets: { 'light.hall': 'on' } }, { aliases: ['cinema'] }),
  thing('scene.good_morning', '2026-11-20T06:30:00+00:00', 'Good morning', {}, null),
  thing('script.bedtime', 'off', 'Bedtime', { last_triggered: null, mode: 'single' }, {}),
  thing(
    'sensor.kitchen_temperature',
    '21.3',
    'Kitchen temperature',
    { device_class: 'temperature', unit_of_measurement: '°C', state_class: 'measurement' },
    { area_id: 'kitchen' },
  ),
  thing(
    'sensor.washing_machine_power',
    '412',
    'Washing machine power',
    { device_class: 'power', unit_of_measurement: 'W' },
    {},
  ),
  thing('sensor.robot_wifi', '-61', 'Robot signal', { unit_of_measurement: 'dBm' }, { entity_category: 'diagnostic' }),
  thing('binary_sensor.hall_smoke', 'off', 'Hall smoke detector', { device_class: 'smoke' }, {}),
  thing('binary_sensor.kitchen_window', 'on', 'Kitchen window', { device_class: 'window' }, { area_id: 'kitchen' }),
  thing('person.anna', 'not_home', 'Anna', {}, null),
  thing('switch.hidden_relay', 'off', 'Relay', {}, { hidden_by: 'user' }),
  thing('switch.child_lock', 'off', 'Child lock', {}, { entity_category: 'config' }),
  thing('zone.home', '1', 'Home', {}, null),
];

function thing(
  entityId: string,
  state: string,
  name: string,
  attributes: Attributes,
  entry: Partial<VirtualEntry> | null,
): VirtualThing {
  return { entityId, state, attributes: { ...attributes, friendly_name: name }, entry };
}

/** A home of about thirty things on two floors. Everything in it is invented. */
export function exampleHome(): { readonly things: readonly VirtualThing[]; readonly registries: VirtualRegistries } {
  const entities = things.flatMap(({ entityId, entry }) => (entry ? [entryOf(entityId, entry)] : []));
  return { things, registries: { areas, floors, devices, entities } };
}

/** An entry of the entity registry, with what is not named as Home Assistant has it for a new one. */
export function entryOf(entityId: string, known: Partial<VirtualEntry>): VirtualEntry {
  return {
    entity_id: entityId,
    id: hexId(entityId),
    unique_id: hexId(`unique ${entityId}`),
    platform: 'virtual',
    name: null,
    original_name: null,
    area_id: null,
    device_id: null,
    hidden_by: null,
    disabled_by: null,
    entity_category: null,
    options: {},
    aliases: [],
    ...known,
  };
}
