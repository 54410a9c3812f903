import { findFunction } from '../../../src/catalog/catalog.js';
import type { Device } from '../../../src/core/device.js';
import type { Call, CallArguments } from '../../../src/core/plan.js';
import { chooseDevices, type DeviceChoice } from '../../../src/orchestrator/routing/choose-devices.js';
import { fakeDevice } from '../../fakes/fake-transport.js';

const PHONE = [
  'set_wifi',
  'set_volume',
  'take_a_photo',
  'send_text_message',
  'get_battery_level',
  'find_my_phone',
  'show_notification',
];
const CAR = ['set_car_lock', 'set_climate_temperature', 'get_vehicle_status', 'open_trunk', 'control_window'];
const COMPUTER = ['lock_screen', 'open_url', 'show_notification', 'set_system_volume'];

/** What a home device of each class offers. */
const BY_CLASS: Readonly<Record<string, readonly string[]>> = {
  light: ['set_light'],
  thermostat: ['set_thermostat', 'get_temperature'],
  sensor: ['get_temperature'],
  lock: ['set_door_lock'],
  blinds: ['set_cover'],
  curtain: ['set_cover'],
  garage: ['set_cover'],
  fan: ['set_fan'],
  switch: ['set_switch'],
  tv: ['set_tv_power', 'play_video_on_tv'],
  speaker: ['play_music_on_speaker'],
  vacuum: ['control_vacuum'],
  smoke_detector: ['check_smoke_detector'],
};

type Facts = Partial<Device>;

/** A phone, car or computer; its name is its id. */
const of = (kind: Device['kind'], functions: readonly string[], name: string, facts: Facts = {}): Device =>
  fakeDevice({ id: name, name, kind, functions: [...functions], ...facts });
export const phone = (name: string, facts: Facts = {}): Device => of('phone', PHONE, name, facts);
export const car = (name: string, facts: Facts = {}): Device => of('car', CAR, name, facts);
export const computer = (name: string, facts: Facts = {}): Device => of('computer', COMPUTER, name, facts);
export const home = (deviceClass: string, name: string, room: string | null, facts: Facts = {}): Device =>
  of('home', [...(BY_CLASS[deviceClass] ?? []), 'get_device_state'], name, { deviceClass, room, ...facts });

export const offline: Facts = { state: 'offline', stateReason: 'It is switched off.' };

/** A family of four with their phones and a tablet. */
export const family: readonly Device[] = [
  phone("Dad's phone", { aliases: ['Pixel 8', 'Google Pixel 8'] }),
  phone('Galaxy S23', { aliases: ["Mom's phone", 'samsung SM-S911B'] }),
  phone("Lena's phone", { aliases: ['Fairphone 4'] }),
  phone('Kitchen tablet', { aliases: ['Galaxy Tab A8'], room: 'Kitchen' }),
];

/** Two cars, one of them a van. */
export const cars: readonly Device[] = [car('Tesla Model Y'), car('VW Transporter', { aliases: ['the van'] })];

const up = { groups: ['Upstairs'] };
const down = { groups: ['Downstairs'] };

/** A house with two floors, three lights in the living room, two in the kitchen, one elsewhere. */
export const house: readonly Device[] = [
  home('light', 'Living room ceiling', 'Living room', down),
  home('light', 'Sofa lamp', 'Living room', down),
  home('light', 'Shelf lamp', 'Living room', { ...down, ...offline }),
  home('light', 'Kitchen ceiling', 'Kitchen', down),
  home('light', 'Counter light', 'Kitchen', down),
  home('light', 'Hall light', 'Hallway', down),
  home('light', 'Bedroom light', 'Bedroom', up),
  home('light', "Kids' bedroom light", "Kids' bedroom", up),
  home('light', 'Desk lamp', 'Study', up),
  home('lock', 'Front door', 'Hallway', down),
  home('lock', 'Back door', 'Kitchen', down),
  home('blinds', 'Living room blinds left', 'Living room', down),
  home('blinds', 'Living room blinds right', 'Living room', down),
  home('curtain', 'Bedroom curtain', 'Bedroom', up),
  home('garage', 'Garage door', 'Garage', down),
  home('tv', 'Samsung Frame', 'Living room', down),
  home('tv', 'Bedroom TV', 'Bedroom', up),
  home('speaker', 'Kitchen', 'Kitchen', down),
  home('thermostat', 'Thermostat', 'Living room', down),
  home('sensor', 'Nursery sensor', 'Nursery', up),
  home('switch', 'Coffee maker', 'Kitchen', down),
  home('switch', 'Christmas tree', 'Living room', down),
  home('fan', 'Bedroom fan', 'Bedroom', up),
  home('vacuum', 'Roomba', null),
];

const upper = { groups: ['二楼'] };
const lower = { groups: ['一楼'] };

/** A Chinese house with two floors. */
export const chineseHouse: readonly Device[] = [
  home('light', '客厅吊灯', '客厅', lower),
  home('light', '客厅落地灯', '客厅', lower),
  home('light', '厨房灯', '厨房', lower),
  home('light', '主卧灯', '主卧', upper),
  home('light', '次卧灯', '次卧', upper),
  home('light', '书房台灯', '书房', upper),
  home('lock', '大门', '玄关', lower),
  home('lock', '后门', '厨房', lower),
  home('curtain', '客厅窗帘', '客厅', lower),
  home('blinds', '书房百叶窗', '书房', upper),
  home('tv', '客厅电视', '客厅', lower),
  home('tv', '卧室电视', '主卧', upper),
  home('switch', '空气净化器', '客厅', lower),
  home('switch', '插座2', '书房', upper),
  home('thermostat', '温控器', '客厅', lower),
];

/** The phones of a Chinese family. */
export const chineseFamily: readonly Device[] = [
  phone('爸爸的手机', { aliases: ['小米14'] }),
  phone('妈妈的手机', { aliases: ['HUAWEI P60'] }),
  phone('小明的手机'),
];

export interface Said {
  readonly utterance?: string;
  readonly target?: string | null;
  readonly devices: readonly Device[];
  readonly last?: string;
}

/** One call of a function, as a plan has it before its device is known. */
export function callOf(functionName: string, args: CallArguments, target: string | null = null): Call {
  if (!findFunction(functionName)) throw new Error(`no function ${functionName}`);
  return { id: 'c1', function: functionName, args, target, device: null, after: [] };
}

export function route(calls: readonly Call[], { utterance = '', devices, last }: Said): DeviceChoice {
  return chooseDevices(calls, { utterance, devices, lastUsed: () => last ?? null });
}

/** The devices that a single call goes to, or "?" and the labels that are offered. */
export function routed(functionName: string, args: CallArguments, said: Said): string {
  const choice = route([callOf(functionName, args, said.target ?? null)], said);
  return choice.settled
    ? choice.calls.map((call) => call.device ?? 'nobody').join(' + ')
    : `? ${choice.clarification.choices.map(({ label }) => label).join(' | ')}`;
}
