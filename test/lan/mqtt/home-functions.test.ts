import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { homeFunctions } from '../../../src/catalog/home.js';
import { hasMosquitto, Mosquitto } from '../../support/mosquitto.js';
import { type HomeRig, openHome } from './home-rig.js';

type Args = Readonly<Record<string, string | number | boolean>>;

/** What the report says, and what the home itself says it is: the second witness. */
interface Case {
  readonly device: string;
  readonly function: string;
  readonly args: Args;
  readonly proof?: 'device-said';
  readonly prior?: Args | null;
  readonly receipt?: string;
  readonly value?: unknown;
  readonly thing: string;
  readonly is: Readonly<Record<string, unknown>>;
}

const light = 'Living Room Ceiling Light';
const cases: readonly Case[] = [
  {
    device: light,
    function: 'set_light',
    args: { room: 'living room', power: true, brightness: 40, color: 'red' },
    prior: { room: 'living room', power: false },
    receipt: `${light}: on, 40 %, red`,
    thing: 'living_room_ceiling_light',
    is: { on: true, brightness: 102, red: 255, green: 0, blue: 0 },
  },
  {
    device: light,
    function: 'set_light',
    args: { color: '蓝色' },
    prior: { power: true, brightness: 40, color: '#ff0000' },
    thing: 'living_room_ceiling_light',
    is: { on: true, brightness: 102, red: 0, green: 0, blue: 255 },
  },
  {
    device: light,
    function: 'set_light',
    args: { brightness: 0 },
    prior: { power: true, brightness: 40 },
    thing: 'living_room_ceiling_light',
    is: { on: false },
  },
  {
    device: 'Bedroom Light',
    function: 'set_light',
    args: { brightness: 35 },
    prior: { power: false },
    thing: 'bedroom_light',
    is: { on: true, brightness: 35 },
  },
  { device: 'Bedroom Light', function: 'set_light', args: { power: false }, thing: 'bedroom_light', is: { on: false } },
  {
    device: 'Bedroom Light',
    function: 'set_light',
    args: { power: true },
    thing: 'bedroom_light',
    is: { on: true, brightness: 35 },
  },
  { device: 'Kitchen Light', function: 'set_light', args: { power: true }, thing: 'kitchen_light', is: { on: true } },
  {
    device: 'Hallway Light',
    function: 'set_light',
    args: { brightness: 100 },
    prior: { power: true, brightness: 50 },
    thing: 'hallway_light',
    is: { on: true, brightness: 255 },
  },
  {
    device: 'Thermostat',
    function: 'set_thermostat',
    args: { temperature: 22.5 },
    prior: { temperature: 20 },
    thing: 'thermostat',
    is: { target: 22.5 },
  },
  {
    device: 'Thermostat',
    function: 'set_thermostat',
    args: { temperature: 18.2 },
    receipt: 'Thermostat: set to 18 °C',
    thing: 'thermostat',
    is: { target: 18 },
  },
  {
    device: 'Thermostat',
    function: 'get_temperature',
    args: {},
    value: 19.4,
    thing: 'thermostat',
    is: { current: 19.4 },
  },
  {
    device: 'Kitchen Sensor',
    function: 'get_temperature',
    args: {},
    value: 22.8,
    thing: 'kitchen_sensor',
    is: { temperature: 22.8 },
  },
  {
    device: 'Smoke Detector',
    function: 'check_smoke_detector',
    args: {},
    value: 'no smoke',
    thing: 'smoke_detector',
    is: { smoke: false },
  },
  {
    device: 'Front Door',
    function: 'set_door_lock',
    args: { locked: false, door: 'front door' },
    prior: { locked: true, door: 'front door' },
    thing: 'front_door_lock',
    is: { lock: 'unlocked' },
  },
  {
    device: 'Back Door',
    function: 'set_door_lock',
    args: { locked: false },
    prior: { locked: true },
    thing: 'back_door_lock',
    is: { lock: 'unlocked' },
  },
  {
    device: 'Living Room Blinds',
    function: 'set_cover',
    args: { position: 30 },
    prior: { position: 100 },
    thing: 'living_room_blinds',
    is: { position: 30, motion: 'open' },
  },
  {
    device: 'Bedroom Curtain',
    function: 'set_cover',
    args: { position: 100 },
    thing: 'bedroom_curtain',
    is: { position: 100 },
  },
  {
    device: 'Garage Door',
    function: 'set_cover',
    args: { position: 100, kind: 'garage' },
    prior: { position: 0, kind: 'garage' },
    thing: 'garage_door',
    is: { position: 100 },
  },
  {
    device: 'Robot Vacuum',
    function: 'control_vacuum',
    args: { action: 'start' },
    receipt: 'Robot Vacuum: cleaning',
    prior: null,
    thing: 'vacuum',
    is: {},
  },
  { device: 'Robot Vacuum', function: 'control_vacuum', args: { action: 'stop' }, thing: 'vacuum', is: {} },
  { device: 'Robot Vacuum', function: 'control_vacuum', args: { action: 'dock' }, thing: 'vacuum', is: {} },
  {
    device: 'Ceiling Fan',
    function: 'set_fan',
    args: { speed: 70 },
    prior: { power: false },
    thing: 'ceiling_fan',
    is: { on: true, speed: 70 },
  },
  {
    device: 'Ceiling Fan',
    function: 'set_fan',
    args: { power: false },
    prior: { power: true, speed: 70 },
    thing: 'ceiling_fan',
    is: { on: false },
  },
  {
    device: 'Coffee Maker',
    function: 'set_switch',
    args: { name: 'coffee maker', power: true },
    prior: { name: 'coffee maker', power: false },
    thing: 'coffee_maker',
    is: { on: true },
  },
  {
    device: 'Living Room Speaker',
    function: 'play_music_on_speaker',
    args: { name: 'Kind of "Blue"', service: 'apple music' },
    thing: 'living_room_speaker',
    is: { on: true, playing: 'Kind of "Blue"', service: 'Apple Music' },
  },
  {
    device: 'Living Room TV',
    function: 'set_tv_power',
    args: { power: true },
    prior: { power: false },
    thing: 'living_room_tv',
    is: { on: true },
  },
  {
    device: 'Living Room TV',
    function: 'play_video_on_tv',
    args: { name: 'Planet Earth', service: 'Netflix' },
    thing: 'living_room_tv',
    is: { on: true, playing: 'Planet Earth', service: 'Netflix' },
  },
  {
    device: 'Virtual home scenes',
    function: 'activate_scene',
    args: { name: 'movie nigth' },
    proof: 'device-said',
    thing: 'living_room_blinds',
    is: { position: 0 },
  },
  {
    device: 'Hallway Light',
    function: 'get_device_state',
    args: { name: 'hallway light' },
    value: 'on, 100 %',
    thing: 'hallway_light',
    is: { on: true },
  },
];

describe('the cases', () => {
  it('cover every home function of the catalogue', () => {
    expect(new Set(cases.map((entry) => entry.function))).toEqual(new Set(homeFunctions.map(({ name }) => name)));
  });
});

const brokers: readonly (readonly [string, boolean])[] = [
  ['its own broker', true],
  ['mosquitto', hasMosquitto()],
];

describe.each(brokers)('home functions through %s', (name, isThere) => {
  describe.skipIf(!isThere)('each with the home as second witness', () => {
    let rig: HomeRig;
    let mosquitto: Mosquitto | null = null;
    beforeAll(async () => {
      if (name === 'mosquitto') mosquitto = await Mosquitto.start();
      rig = await openHome({ home: mosquitto ? { broker: mosquitto.url } : {} });
    });
    afterAll(async () => {
      await rig[Symbol.asyncDispose]();
      await mosquitto?.[Symbol.asyncDispose]();
    });

    it.each(cases)('$function on $device $args', async (entry) => {
      const outcome = await rig.call(entry.device, entry.function, entry.args);
      expect(outcome).toMatchObject({ status: 'done', proof: entry.proof ?? 'read-back' });
      if (outcome.status !== 'done') return;
      if (entry.prior !== undefined) expect(outcome.prior).toEqual(entry.prior);
      if (entry.receipt !== undefined) expect(outcome.receipt).toBe(entry.receipt);
      if (entry.value !== undefined) expect(outcome.data?.value).toBe(entry.value);
      // A scene's effects come by themselves.
      await expect.poll(() => rig.home.state()[entry.thing], { timeout: 2_000 }).toMatchObject(entry.is);
    });

    it('tells what scenes there are when the name fits none or several', async () => {
      const outcome = await rig.call('Virtual home scenes', 'activate_scene', { name: 'breakfast' });
      expect(outcome).toMatchObject({ status: 'refused', why: expect.stringContaining('Movie Night') });
      expect(await rig.call('Virtual home scenes', 'activate_scene', { name: 'night' })).toMatchObject({
        status: 'refused',
        why: expect.stringContaining('Good Night'),
      });
    });

    it('refuses what a device cannot', async () => {
      const before = rig.home.effects.length;
      const refused = { status: 'refused', by: 'device' };
      expect(await rig.call('Garage Door', 'set_cover', { position: 40 })).toMatchObject({
        ...refused,
        why: 'Garage Door can only open and close.',
      });
      expect(await rig.call('Kitchen Light', 'set_light', { brightness: 40 })).toMatchObject(refused);
      expect(await rig.call('Bedroom Light', 'set_light', { color: 'red' })).toMatchObject(refused);
      expect(await rig.call('Thermostat', 'set_thermostat', { temperature: 50 })).toMatchObject(refused);
      expect(await rig.call('Living Room TV', 'play_video_on_tv', { name: 'x', service: 'Spotify' })).toMatchObject(
        refused,
      );
      expect(await rig.call(light, 'set_light', { color: 'loud' })).toMatchObject({
        status: 'failed',
        failure: { code: 'COLOR_UNKNOWN' },
      });
      expect(rig.home.effects.length).toBe(before);
    });

    it('answers at once', async () => {
      const times: number[] = [];
      for (let turn = 0; turn < 21; turn += 1) {
        const start = performance.now();
        expect((await rig.call('Kitchen Light', 'set_light', { power: turn % 2 === 0 })).status).toBe('done');
        times.push(performance.now() - start);
      }
      // The home waits 5 ms before it reports; Nagle's 40 ms on any hop would show.
      expect(times.toSorted((a, b) => a - b)[10]).toBeLessThan(35);
    });
  });
});

describe('the devices of a Chinese home', () => {
  it('have their rooms and kinds', async () => {
    await using rig = await openHome({ home: { rooms: 'zh' } });
    const lamp = rig.transport.devices().find(({ name }) => name === '客厅吸顶灯');
    expect(lamp).toMatchObject({ room: '客厅', deviceClass: 'light', state: 'ready', virtual: true, kind: 'home' });
    expect(rig.transport.devices().find(({ name }) => name === '客厅电视')).toMatchObject({ deviceClass: 'tv' });
    expect(await rig.call('客厅吸顶灯', 'set_light', { color: '暖白' })).toMatchObject({ status: 'done' });
    const scenes = rig.transport.devices().find(({ deviceClass }) => deviceClass === 'scenes');
    expect(await rig.call(scenes?.name ?? '', 'activate_scene', { name: '观影' })).toMatchObject({ status: 'done' });
  });
});
