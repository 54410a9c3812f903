import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasCode } from '../../../src/core/failures.js';
import { VirtualHome } from '../../../src/virtual/home/virtual-home.js';
import { RawClient } from './raw-client.js';

const CEILING = 'zigbee2mqtt/Living Room Ceiling Light';
const THERMOSTAT = 'zigbee2mqtt/Thermostat';

let home: VirtualHome;
let client: RawClient;

beforeAll(async () => {
  home = await VirtualHome.start({ latencyMs: 5, motionMs: 300 });
  client = await RawClient.connect(home.url);
  await client.quiet();
});

afterAll(async () => {
  await client?.[Symbol.asyncDispose]();
  await home?.stop();
});

let effectsBefore = 0;
beforeEach(() => {
  effectsBefore = home.effects.length;
});
const newEffects = () => home.effects.slice(effectsBefore).map(({ thing, command }) => ({ thing, command }));

const has =
  (...parts: readonly string[]) =>
  (payload: string): boolean =>
    parts.every((part) => payload.includes(part));
const is = (wanted: string) => (payload: string) => payload === wanted;

/** Sends a command, waits until the thing has said something about it, and returns all that it said on the topic. */
async function said(command: string, payload: string | object, topic: string): Promise<readonly string[]> {
  const mark = client.received.length;
  await client.send(command, payload);
  for (let tries = 0; tries < 500 && client.since(mark, topic).length === 0; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return client.since(mark, topic);
}

describe('lights', () => {
  it('takes power, brightness and colour in both models, and says them', async () => {
    await client.send(`${CEILING}/set`, { state: 'ON', brightness: 127, color: { h: 240, s: 100 } });
    const blue = await client.until(CEILING, has('"state":"ON"', '"color_mode":"hs"'));
    expect(JSON.parse(blue)).toMatchObject({ brightness: 127, color: { h: 240, s: 100 } });
    expect(home.state()['living_room_ceiling_light']).toMatchObject({ red: 0, green: 0, blue: 255 });
    await client.send(`${CEILING}/set`, { color: { r: 255, g: 0, b: 0 } });
    const red = await client.until(CEILING, has('"color_mode":"rgb"'));
    expect(JSON.parse(red)).toMatchObject({ state: 'ON', color: { r: 255, g: 0, b: 0 } });
    expect(home.state()['living_room_ceiling_light']).toMatchObject({ hue: 0, saturation: 100 });
    await client.send(`${CEILING}/set`, 'OFF');
    await client.until(CEILING, has('"state":"OFF"', '"brightness":127'));
    expect(newEffects()).toHaveLength(3);
    expect(newEffects()[2]).toEqual({ thing: 'living_room_ceiling_light', command: 'OFF' });
  });

  it('refuses what is out of range, stays as it is and says so', async () => {
    const before = home.state()['living_room_ceiling_light'];
    for (const wrong of [
      { brightness: 255 },
      { brightness: -1 },
      { state: 'BRIGHT' },
      { color: { h: 400, s: 1 } },
      {},
    ]) {
      const reports = await said(`${CEILING}/set`, wrong, CEILING);
      expect(reports, JSON.stringify(wrong)).toEqual([client.latest.get(CEILING)]);
    }
    expect(home.state()['living_room_ceiling_light']).toEqual(before);
    expect(newEffects()).toEqual([]);
  });

  it('dims in the plain schema, where 0 is off', async () => {
    const telegram = 'tasmota_bedroom_light/tele/STATE';
    await client.send('tasmota_bedroom_light/cmnd/Dimmer', '35');
    await client.until(telegram, is('{"POWER":"ON","Dimmer":35}'));
    await client.send('tasmota_bedroom_light/cmnd/Dimmer', '0');
    await client.until(telegram, is('{"POWER":"OFF","Dimmer":35}'));
    await client.send('tasmota_bedroom_light/cmnd/POWER', 'ON');
    await client.until(telegram, is('{"POWER":"ON","Dimmer":35}'));
    expect(await said('tasmota_bedroom_light/cmnd/Dimmer', '101', telegram)).toEqual(['{"POWER":"ON","Dimmer":35}']);
    expect(newEffects()).toHaveLength(3);
  });

  it('switches the ones that only switch, and the one that is a whole device', async () => {
    await client.send('kitchen-light/light/relay/command', 'ON');
    await client.until('kitchen-light/light/relay/state', is('ON'));
    await client.send('home/hallway_light/set', { state: 'ON', brightness: 255 });
    await client.until('home/hallway_light/state', is('{"state":"ON","color_mode":"brightness","brightness":255}'));
    await client.send('home/hallway_light/set', { state: 'OFF' });
    await client.until('home/hallway_light/state', is('{"state":"OFF","color_mode":"brightness","brightness":255}'));
    expect(home.state()).toMatchObject({ kitchen_light: { on: true }, hallway_light: { on: false } });
  });
});

describe('thermostat', () => {
  it('heats to 7..35 degrees, and refuses all else', async () => {
    const setpoint = `${THERMOSTAT}/set/occupied_heating_setpoint`;
    await client.send(setpoint, '22.5');
    await client.until(THERMOSTAT, has('"occupied_heating_setpoint":22.5', '"running_state":"heat"'));
    for (const wrong of ['6.9', '35.5', '', 'warm', '1e1', '0x10']) {
      const reports = await said(setpoint, wrong, THERMOSTAT);
      expect(reports, wrong).toHaveLength(1);
      expect(reports[0]).toContain('"occupied_heating_setpoint":22.5');
    }
    expect(newEffects()).toEqual([{ thing: 'thermostat', command: '22.5' }]);
    for (const edge of [7, 35]) {
      await client.send(`${THERMOSTAT}/set`, { occupied_heating_setpoint: edge });
      await client.until(THERMOSTAT, has(`"occupied_heating_setpoint":${edge},`));
    }
    await client.send(`${THERMOSTAT}/set/system_mode`, 'off');
    await client.until(THERMOSTAT, has('"system_mode":"off"', '"running_state":"idle"'));
  });
});

describe('locks', () => {
  it('take a moment: unlocking, then unlocked', async () => {
    const topic = 'home/back_door_lock/state';
    const mark = client.received.length;
    await client.send('home/back_door_lock/set', 'UNLOCK');
    await client.until(topic, is('UNLOCKING'));
    expect(home.state()['back_door_lock']).toEqual({ lock: 'unlocking' });
    await client.until(topic, is('UNLOCKED'));
    expect(client.since(mark, topic)).toEqual(['UNLOCKING', 'UNLOCKED']);
    // Turned round half way, it ends locked, and never says that it was unlocked.
    await client.send('home/back_door_lock/set', 'LOCK');
    await client.until(topic, is('LOCKED'));
    const turned = client.received.length;
    await client.send('home/back_door_lock/set', 'UNLOCK');
    await client.send('home/back_door_lock/set', 'LOCK');
    await client.until(topic, is('LOCKED'));
    await client.quiet();
    expect(client.since(turned, topic)).toEqual(['UNLOCKING', 'LOCKING', 'LOCKED']);
  });

  it('say the old state while the bolt moves, as Zigbee locks do', async () => {
    const topic = 'zigbee2mqtt/Front Door';
    const mark = client.received.length;
    await client.send(`${topic}/set`, 'UNLOCK');
    await client.until(topic, has('"state":"UNLOCK"', '"lock_state":"unlocked"'));
    expect(client.since(mark, topic).map((payload) => JSON.parse(payload))).toEqual([
      { state: 'LOCK', lock_state: 'not_fully_locked', battery: 87 },
      { state: 'UNLOCK', lock_state: 'unlocked', battery: 87 },
    ]);
    await client.send(`${topic}/set`, { state: 'LOCK' });
    await client.until(topic, has('"state":"LOCK"', '"lock_state":"locked"'));
    expect(home.state()['front_door_lock']).toEqual({ lock: 'locked' });
  });
});

describe('covers', () => {
  it('move in steps and say where they are', async () => {
    const mark = client.received.length;
    await client.send('home/bedroom_curtain/position/set', '35');
    await client.until('home/bedroom_curtain/position', is('35'));
    await client.until('home/bedroom_curtain/state', is('open'));
    expect(client.since(mark, 'home/bedroom_curtain/position')).toEqual(['0', '10', '20', '30', '35']);
    expect(client.since(mark, 'home/bedroom_curtain/state').slice(0, -1)).toEqual(Array(4).fill('opening'));
    expect(home.state()['bedroom_curtain']).toEqual({ position: 35, motion: 'open' });
    for (const wrong of ['101', '-1', 'half']) {
      expect(await said('home/bedroom_curtain/position/set', wrong, 'home/bedroom_curtain/position')).toEqual(['35']);
    }
  });

  it('stop half way', async () => {
    const topic = 'zigbee2mqtt/Living Room Blinds';
    await client.send(`${topic}/set`, 'CLOSE');
    await client.until(topic, has('"moving":"DOWN"', '"position":80'));
    await client.send(`${topic}/set`, 'STOP');
    await client.until(topic, has('"moving":"STOP"'));
    const { position } = JSON.parse(client.latest.get(topic) ?? '');
    expect(position).toBeGreaterThan(0);
    expect(position).toBeLessThanOrEqual(80);
    await client.quiet();
    expect(home.state()['living_room_blinds']).toEqual({ position, motion: 'open' });
    await client.send(`${topic}/set`, { position: 0 });
    await client.until(topic, has('"position":0', '"state":"CLOSED"', '"moving":"STOP"'));
  });

  it('open and shut the garage', async () => {
    const topic = 'garage-door/cover/door/state';
    const mark = client.received.length;
    await client.send('garage-door/cover/door/command', 'OPEN');
    await client.until(topic, is('open'));
    await client.send('garage-door/cover/door/command', 'CLOSE');
    await client.until(topic, is('closed'));
    expect(new Set(client.since(mark, topic))).toEqual(new Set(['opening', 'open', 'closing', 'closed']));
  });
});

describe('vacuum, fan, switches', () => {
  it('cleans, stops, and goes home in its own time', async () => {
    const [topic, command] = ['valetudo/vacuum/state', 'valetudo/vacuum/command'];
    for (const [word, state] of [
      ['start', 'cleaning'],
      ['stop', 'idle'],
      ['return_to_base', 'returning'],
    ] as const) {
      await client.send(command, word);
      await client.until(topic, has(`"state":"${state}"`));
    }
    expect(home.state()['vacuum']).toMatchObject({ state: 'returning' });
    await client.until(topic, has('"state":"docked"'));
    // In its dock there is nothing to stop.
    expect((await said(command, 'stop', topic))[0]).toContain('"state":"docked"');
  });

  it('turns the fan at a percentage, where 0 is off', async () => {
    await client.send('ceiling-fan/fan/fan/speed_level/command', '70');
    await client.until('ceiling-fan/fan/fan/speed_level/state', is('70'));
    await client.until('ceiling-fan/fan/fan/state', is('ON'));
    await client.send('ceiling-fan/fan/fan/speed_level/command', '0');
    await client.until('ceiling-fan/fan/fan/state', is('OFF'));
    expect(home.state()['ceiling_fan']).toEqual({ on: false, speed: 70 });
  });

  it('switches a socket and a plug that measures', async () => {
    await client.send('tasmota_coffee_maker/cmnd/POWER', 'ON');
    await client.until('tasmota_coffee_maker/tele/STATE', is('{"POWER":"ON"}'));
    await client.send('zigbee2mqtt/Heater/set', { state: 'ON' });
    await client.until('zigbee2mqtt/Heater', is('{"state":"ON","power":1480}'));
    expect(home.state()).toMatchObject({ coffee_maker: { on: true }, heater: { on: true } });
  });
});

describe('players', () => {
  it('plays what is said, on the service chosen, at a volume', async () => {
    const base = 'home/living_room_speaker';
    await client.send(`${base}/service/set`, 'Apple Music');
    await client.until(`${base}/service`, is('Apple Music'));
    await client.send(`${base}/volume/set`, '55');
    await client.until(`${base}/volume`, is('55'));
    await client.send(`${base}/play/set`, 'Clair de Lune');
    await client.until(`${base}/play`, is('Clair de Lune'));
    await client.until(`${base}/power`, is('ON'));
    await client.send(`${base}/power/set`, 'OFF');
    await client.until(`${base}/play`, is(''));
    expect(home.state()['living_room_speaker']).toEqual({
      on: false,
      playing: '',
      service: 'Apple Music',
      volume: 55,
    });
    expect(await said(`${base}/service/set`, 'Winamp', `${base}/service`)).toEqual(['Apple Music']);
    expect(await said(`${base}/volume/set`, '101', `${base}/volume`)).toEqual(['55']);
  });

  it('wakes the TV to play a video', async () => {
    await client.send('home/living_room_tv/play/set', 'how to fold a paper crane');
    await client.until('home/living_room_tv/power', is('ON'));
    expect(home.state()['living_room_tv']).toMatchObject({ on: true, playing: 'how to fold a paper crane' });
  });
});

describe('sensors, scenes, somebody at the wall', () => {
  it('says what the sensors feel', async () => {
    home.set('smoke_detector', { smoke: true });
    await client.until('zigbee2mqtt/Smoke Detector', is('{"smoke":true,"battery":96}'));
    home.set('bedroom_sensor', { temperature: 17.25 });
    await client.until('bedroom-sensor/sensor/temperature/state', is('17.3'));
    home.set('kitchen_sensor', { temperature: 25 });
    await client.until('home/kitchen_sensor/state', is('{"temperature":25,"humidity":52}'));
    home.set('front_door_contact', { open: true });
    await client.until('front-door-contact/binary_sensor/contact/state', is('ON'));
    // What happens by itself or by hand is no effect of a command.
    expect(newEffects()).toEqual([]);
  });

  it('changes the things of a scene, and each tells', async () => {
    home.set('living_room_blinds', { position: 100 });
    home.set('living_room_tv', { on: false });
    await client.send('scenes/scene/movie_night/command', 'ON');
    await client.until(CEILING, has('"state":"ON"', '"brightness":50'));
    await client.until('zigbee2mqtt/Living Room Blinds', has('"position":0'));
    await client.until('home/living_room_tv/power', is('ON'));
    await client.send('scenes/scene/good_night/command', 'ON');
    await client.until(CEILING, has('"state":"OFF"'));
    expect(home.state()).toMatchObject({
      scenes: { last: 'good_night' },
      front_door_lock: { lock: 'locked' },
      hallway_light: { on: false },
    });
    expect(newEffects()).toEqual([
      { thing: 'scenes', command: 'ON' },
      { thing: 'scenes', command: 'ON' },
    ]);
  });

  it('takes a hand at the wall, within what a thing can be', async () => {
    home.set('kitchen_light', { on: false });
    await client.until('kitchen-light/light/relay/state', is('OFF'));
    const thrown = (act: () => void): unknown => {
      try {
        act();
        return null;
      } catch (error) {
        return error;
      }
    };
    const outOfRange = [
      ['thermostat', { target: 36 }],
      ['kitchen_light', { on: 'yes' }],
      ['kitchen_light', { colour: 'red' }],
      ['kitchen_light', { constructor: 'red' }],
      ['back_door_lock', { lock: 'ajar' }],
    ] as const;
    for (const [thing, facts] of outOfRange) {
      expect(
        hasCode(
          thrown(() => home.set(thing, facts)),
          'FACT_OUT_OF_RANGE',
        ),
        thing,
      ).toBe(true);
    }
    expect(
      hasCode(
        thrown(() => home.set('bathtub', { on: true })),
        'THING_UNKNOWN',
      ),
    ).toBe(true);
  });

  it('does not read a command longer than 4 kilobytes', async () => {
    await client.send('home/living_room_tv/play/set', 'x'.repeat(5000));
    await client.send('home/living_room_tv/volume/set', '12');
    await client.until('home/living_room_tv/volume', is('12'));
    expect(newEffects()).toEqual([{ thing: 'living_room_tv', command: '12' }]);
  });

  it('introduces everything again when Home Assistant starts', async () => {
    const mark = client.received.length;
    await client.send('homeassistant/status', 'online');
    await client.quiet();
    const configs = client.received.slice(mark).filter(({ topic }) => topic.endsWith('/config'));
    expect(new Set(configs.map(({ topic }) => topic)).size).toBeGreaterThanOrEqual(28);
  });
});
