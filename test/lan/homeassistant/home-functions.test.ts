import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeFunctions as catalogue } from '../../../src/catalog/home.js';
import { homeFunctions } from '../../../src/lan/homeassistant/functions/home-functions.js';
import { Rig } from './rig.js';

let rig: Rig;
beforeEach(async () => {
  rig = await Rig.open();
});
afterEach(() => rig[Symbol.asyncDispose]());

/** What the house itself says. */
const state = (entityId: string): Record<string, unknown> => {
  const { state: value, attributes } = rig.house.state(entityId) ?? { state: 'gone', attributes: {} };
  return { ...attributes, state: value };
};

it('carries out every home function of the catalogue', () => {
  expect([...homeFunctions.keys(), 'activate_scene'].sort()).toEqual(catalogue.map(({ name }) => name).sort());
});

describe('lights (call_service light.turn_on, turn_off)', () => {
  it('switches, reads back, and tells how to put it back', async () => {
    const on = await rig.invoke('Kitchen light', 'set_light', { power: true });
    expect(on).toMatchObject({ status: 'done', proof: 'read-back', prior: { power: false } });
    expect(state('light.kitchen')).toMatchObject({ state: 'on', brightness: 255 });
    expect(await rig.invoke('Kitchen light', 'set_light', { power: false })).toMatchObject({ status: 'done' });
    expect(state('light.kitchen')).toMatchObject({ state: 'off' });
  });

  it('sets brightness and colour, by name, by number and by warmth', async () => {
    const dim = await rig.invoke('Bedroom light', 'set_light', { brightness: 20 });
    expect(dim).toMatchObject({
      receipt: 'Bedroom light: on, brightness 20 %',
      prior: { power: true, brightness: 50 },
    });
    expect(state('light.bedroom')).toMatchObject({ state: 'on', brightness: 51 });
    await rig.invoke('Kitchen light', 'set_light', { color: 'red', brightness: 100 });
    expect(state('light.kitchen')).toMatchObject({ rgb_color: [255, 0, 0], brightness: 255, color_mode: 'hs' });
    const green = await rig.invoke('Kitchen light', 'set_light', { color: '#00ff00' });
    expect(green).toMatchObject({ status: 'done', prior: { power: true, brightness: 100, color: '#ff0000' } });
    await rig.invoke('Kitchen light', 'set_light', { color: 'warm white' });
    expect(state('light.kitchen')).toMatchObject({ color_mode: 'color_temp' });
    expect(Number(state('light.kitchen')['color_temp_kelvin'])).toBeLessThan(3_200);
  });

  it('refuses what the light cannot do, and sends nothing', async () => {
    const refusals = [
      await rig.invoke('Hall lamp', 'set_light', { brightness: 40 }),
      await rig.invoke('Bedroom light', 'set_light', { color: 'red' }),
      await rig.invoke('Kitchen light', 'set_light', { color: 'flurple' }),
      await rig.invoke('Kitchen light', 'set_light', { color: 'black' }),
    ];
    for (const outcome of refusals) expect(outcome).toMatchObject({ status: 'refused', by: 'device' });
    expect(refusals.map((outcome) => (outcome.status === 'refused' ? outcome.why : ''))).toEqual([
      expect.stringMatching(/no brightness/),
      expect.stringMatching(/cannot change its colour/),
      expect.stringMatching(/no colour that I know/),
      expect.stringMatching(/black/),
    ]);
    expect(rig.services()).toEqual([]);
  });

  it('takes brightness 0 for off', async () => {
    await rig.invoke('Bedroom light', 'set_light', { brightness: 0 });
    expect(state('light.bedroom')['state']).toBe('off');
  });
});

describe('heating (climate.set_temperature)', () => {
  it('sets it to the next step within the limits', async () => {
    const set = await rig.invoke('Living room thermostat', 'set_thermostat', { temperature: 21.3 });
    expect(set).toMatchObject({ status: 'done', proof: 'read-back', prior: { temperature: 20 } });
    expect(set).toMatchObject({ receipt: 'Living room thermostat: heat, 20.4 °C, set to 21.5 °C' });
    expect(state('climate.living_room')).toMatchObject({ temperature: 21.5 });
    expect(await rig.invoke('Living room thermostat', 'set_thermostat', { temperature: 40 })).toMatchObject({
      status: 'refused',
      why: 'Living room thermostat takes 7 °C to 30 °C, not 40 °C.',
    });
  });

  it('speaks the unit of the home (get_config unit_system)', async () => {
    await using american = await Rig.open({}, ({ house }) => {
      house.temperatureUnit = '°F';
      house.set('climate.living_room', 'heat', {
        temperature: 68,
        current_temperature: 70,
        min_temp: 45,
        max_temp: 90,
        target_temp_step: 1,
      });
    });
    const set = await american.invoke('Living room thermostat', 'set_thermostat', { temperature: 21 });
    expect(set).toMatchObject({ status: 'done', prior: { temperature: 20 } });
    expect(american.house.calls.at(-1)?.data).toEqual({ temperature: 70 });
    expect(await american.invoke('Living room thermostat', 'get_temperature', {})).toMatchObject({
      data: { value: 21.1 },
    });
  });

  it('refuses one temperature where a range is held', async () => {
    rig.house.set('climate.living_room', 'heat_cool', { temperature: null, target_temp_low: 19, target_temp_high: 24 });
    await rig.until(() => rig.device('Living room thermostat').state === 'ready');
    await new Promise((go) => setTimeout(go, 30));
    expect(await rig.invoke('Living room thermostat', 'set_thermostat', { temperature: 21 })).toMatchObject({
      status: 'refused',
      why: expect.stringMatching(/holds a range/),
    });
  });
});

describe('reading', () => {
  it('temperatures of sensors and thermostats, in degrees Celsius', async () => {
    expect(await rig.invoke('Kitchen temperature', 'get_temperature', {})).toMatchObject({
      status: 'done',
      proof: 'read-back',
      data: { value: 21.3, text: '21.3 °C' },
    });
    rig.house.set('sensor.kitchen_temperature', '70', { unit_of_measurement: '°F' });
    expect(await rig.invoke('Kitchen temperature', 'get_temperature', {})).toMatchObject({ data: { value: 21.1 } });
    expect(await rig.invoke('Living room thermostat', 'get_temperature', {})).toMatchObject({ data: { value: 20.4 } });
    rig.house.set('sensor.kitchen_temperature', 'warm');
    expect(await rig.invoke('Kitchen temperature', 'get_temperature', {})).toMatchObject({
      status: 'failed',
      failure: { code: 'NO_READING' },
    });
  });

  it('smoke, and never says "no smoke" of a detector that is not heard', async () => {
    expect(await rig.invoke('Hall smoke detector', 'check_smoke_detector', {})).toMatchObject({
      data: { value: 'Hall smoke detector: no smoke' },
    });
    rig.house.set('binary_sensor.hall_smoke', 'on');
    expect(await rig.invoke('Hall smoke detector', 'check_smoke_detector', {})).toMatchObject({
      data: { value: 'Smoke detected by Hall smoke detector!' },
    });
    rig.house.set('binary_sensor.hall_smoke', 'unknown');
    expect((await rig.invoke('Hall smoke detector', 'check_smoke_detector', {})).status).not.toBe('done');
  });

  it('states in words, asked for anew (subscribe_entities with entity_ids)', async () => {
    const said = async (name: string): Promise<unknown> => {
      const outcome = await rig.invoke(name, 'get_device_state', { name });
      return outcome.status === 'done' ? outcome.data?.value : outcome;
    };
    expect(await said('Kitchen light')).toBe('off');
    expect(await said('Front door')).toBe('locked');
    expect(await said('Bedroom blind')).toBe('open, 100 % open');
    expect(await said('Kitchen window')).toBe('open');
    expect(await said('Anna')).toBe('away');
    expect(await said('Washing machine power')).toBe('412 W');
    expect(await said('Robot')).toBe('docked, battery 100 %');
    expect(await said('Living room thermostat')).toBe('heat, 20.4 °C, set to 20 °C');
  });
});

describe('music and films (media_player.play_media, music_assistant.play_media, search_media)', () => {
  it('lets Music Assistant find music for its own players', async () => {
    const played = await rig.invoke('Kitchen speaker', 'play_music_on_speaker', {
      name: 'Miles Davis',
      service: 'Spotify',
    });
    expect(played).toMatchObject({ status: 'done', receipt: 'Kitchen speaker: playing Miles Davis (first track)' });
    expect(rig.house.calls).toEqual([
      {
        service: 'music_assistant.play_media',
        entityIds: ['media_player.kitchen_speaker'],
        data: { media_id: 'Miles Davis' },
      },
    ]);
  });

  it('hands other players the name, and knows it playing by its title', async () => {
    expect(await rig.invoke('Bedroom radio', 'play_music_on_speaker', { name: 'jazz' })).toMatchObject({
      status: 'done',
    });
    expect(state('media_player.bedroom_radio')).toMatchObject({ state: 'playing', media_content_id: 'jazz' });
    // It plays already: asked anew, the title is still there.
    expect(await rig.invoke('Bedroom radio', 'play_music_on_speaker', { name: 'Jazz' })).toMatchObject({
      status: 'done',
    });
  });

  it('knows it playing by its content, where the title is another', async () => {
    rig.house.set('media_player.bedroom_radio', 'playing', { media_title: 'So What', media_content_id: 'jazz' });
    expect(await rig.invoke('Bedroom radio', 'play_music_on_speaker', { name: 'blues' })).toMatchObject({
      status: 'done',
    });
    rig.house.set('media_player.bedroom_radio', 'playing', { media_title: 'So What', media_content_id: 'jazz' });
    rig.house.deaf.add('media_player.bedroom_radio');
    expect(await rig.invoke('Bedroom radio', 'play_music_on_speaker', { name: 'jazz' })).toMatchObject({
      status: 'done',
    });
  });

  it('does not take what played before for what was asked', async () => {
    rig.house.set('media_player.bedroom_radio', 'playing', { media_title: 'Old song' });
    rig.house.deaf.add('media_player.bedroom_radio');
    const outcome = await rig.invoke('Bedroom radio', 'play_music_on_speaker', { name: 'New song' }, 300);
    expect(outcome).toMatchObject({ status: 'unknown' });
  });

  it('searches where the player can, and asks for the answer (call_service with return_response)', async () => {
    const played = await rig.invoke('Study player', 'play_music_on_speaker', { name: 'Blue in Green' });
    expect(played).toMatchObject({ status: 'done', receipt: 'Study player: playing Blue in Green' });
    expect(rig.house.calls.at(-1)?.data).toEqual({
      media_content_id: 'library://track/Blue in Green',
      media_content_type: 'track',
    });
    expect(await rig.invoke('Study player', 'play_music_on_speaker', { name: 'nowhere' })).toMatchObject({
      status: 'failed',
      failure: { code: 'NOTHING_FOUND' },
    });
  });

  it('switches a TV on, chooses the service, and plays', async () => {
    const played = await rig.invoke('Living room TV', 'play_video_on_tv', {
      name: 'Big Buck Bunny',
      service: 'youtube',
    });
    expect(played).toMatchObject({ status: 'done', receipt: 'Living room TV: playing Big Buck Bunny on YouTube' });
    expect(rig.services()).toEqual(['media_player.turn_on', 'media_player.select_source', 'media_player.play_media']);
    expect(await rig.invoke('Living room TV', 'play_video_on_tv', { name: 'x', service: 'Disney' })).toMatchObject({
      status: 'refused',
      why: 'Living room TV has no "Disney". It has: Netflix, YouTube, HDMI 1.',
    });
  });

  it('switches a TV on and off', async () => {
    expect(await rig.invoke('Living room TV', 'set_tv_power', { power: true })).toMatchObject({
      status: 'done',
      prior: { power: false },
    });
    expect(state('media_player.living_room_tv')['state']).toBe('on');
    await rig.invoke('Living room TV', 'set_tv_power', { power: false });
    expect(state('media_player.living_room_tv')['state']).toBe('off');
  });
});

describe('doors and covers (lock.*, cover.*)', () => {
  it('locks and unlocks, and waits until the bolt is there', async () => {
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: false })).toMatchObject({
      status: 'done',
      receipt: 'Front door: unlocked',
      prior: { locked: true },
    });
    expect(state('lock.front_door')['state']).toBe('unlocked');
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: true })).toMatchObject({
      prior: { locked: false },
    });
    expect(state('lock.front_door')['state']).toBe('locked');
  });

  it('refuses a lock that asks for a code, unless Home Assistant has one for it', async () => {
    expect(await rig.invoke('Cellar door', 'set_door_lock', { locked: false })).toMatchObject({
      status: 'refused',
      why: expect.stringMatching(/asks for a code/),
    });
    expect(rig.services()).toEqual([]);
    const { entities } = rig.house.registries;
    rig.house.changeLists({
      entities: entities.map((entry) =>
        entry.entity_id === 'lock.cellar' ? { ...entry, options: { lock: { default_code: '4711' } } } : entry,
      ),
    });
    await rig.until(() => rig.names().length > 0);
    await new Promise((go) => setTimeout(go, 500));
    expect(await rig.invoke('Cellar door', 'set_door_lock', { locked: false })).toMatchObject({ status: 'done' });
    expect(JSON.stringify(rig.transport.devices())).not.toContain('4711');
  });

  it('says that a lock is jammed', async () => {
    rig.house.set('lock.front_door', 'unlocked', { bolt: 'stuck' });
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'LOCK_JAMMED' },
    });
  });

  it('moves covers, and waits until they stand', async () => {
    expect(await rig.invoke('Bedroom blind', 'set_cover', { position: 30 })).toMatchObject({
      status: 'done',
      receipt: 'Bedroom blind: open, 30 % open',
      prior: { position: 100 },
    });
    expect(state('cover.bedroom_blind')).toMatchObject({ state: 'open', current_position: 30 });
    expect(await rig.invoke('Garage door', 'set_cover', { position: 100, kind: 'garage' })).toMatchObject({
      status: 'done',
      prior: { position: 0, kind: 'garage' },
    });
    expect(state('cover.garage_door')['state']).toBe('open');
    expect(await rig.invoke('Garage door', 'set_cover', { position: 50, kind: 'garage' })).toMatchObject({
      status: 'refused',
      why: expect.stringMatching(/all the way/),
    });
  });
});

describe('vacuum, fan, switches, scenes', () => {
  it('starts, stops and docks a vacuum (vacuum.start, stop, return_to_base)', async () => {
    for (const [action, expected] of [
      ['start', 'cleaning'],
      ['stop', 'idle'],
      ['dock', 'returning'],
    ] as const) {
      expect(await rig.invoke('Robot', 'control_vacuum', { action })).toMatchObject({ status: 'done', prior: null });
      expect(state('vacuum.robot')['state']).toBe(expected);
    }
  });

  it('runs a fan in its steps (fan.set_percentage)', async () => {
    expect(await rig.invoke('Bedroom fan', 'set_fan', { speed: 50 })).toMatchObject({
      status: 'done',
      receipt: 'Bedroom fan: on, speed 67 %',
      prior: { power: false },
    });
    expect(await rig.invoke('Bedroom fan', 'set_fan', { power: false })).toMatchObject({
      prior: { power: true, speed: 67 },
    });
    expect(state('fan.bedroom')['state']).toBe('off');
    expect(await rig.invoke('Bathroom fan', 'set_fan', { speed: 50 })).toMatchObject({ status: 'refused' });
    expect(await rig.invoke('Bathroom fan', 'set_fan', { power: true })).toMatchObject({ status: 'done' });
  });

  it('switches plugs and helpers', async () => {
    expect(await rig.invoke('Coffee machine', 'set_switch', { name: 'coffee', power: true })).toMatchObject({
      status: 'done',
      prior: { name: 'coffee', power: false },
    });
    expect(state('switch.coffee_machine')['state']).toBe('on');
    await rig.invoke('Guest mode', 'set_switch', { name: 'guest mode', power: true });
    expect(state('input_boolean.guest_mode')['state']).toBe('on');
  });

  it('activates a scene by name or alias, also one never activated, and starts scripts', async () => {
    expect(await rig.invoke('Home scenes', 'activate_scene', { name: 'the movie night scene' })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Movie night was activated',
    });
    expect(state('light.hall')['state']).toBe('on');
    expect(await rig.invoke('Home scenes', 'activate_scene', { name: 'cinema' })).toMatchObject({ status: 'done' });
    expect(await rig.invoke('Home scenes', 'activate_scene', { name: 'bedtime' })).toMatchObject({
      status: 'done',
      receipt: 'Bedtime was started',
    });
    expect(state('script.bedtime')['last_triggered']).not.toBeNull();
    expect(rig.services()).toEqual(['scene.turn_on', 'scene.turn_on', 'script.turn_on']);
    expect(await rig.invoke('Home scenes', 'activate_scene', { name: 'party' })).toMatchObject({
      status: 'failed',
      failure: { code: 'NO_SUCH_SCENE', next: expect.stringMatching(/Movie night/) },
    });
  });

  it('asks which, where a name fits several scenes', async () => {
    rig.house.set('scene.movie_day', 'unknown', { friendly_name: 'Movie day' });
    await new Promise((go) => setTimeout(go, 100));
    expect(await rig.invoke('Home scenes', 'activate_scene', { name: 'movie' })).toMatchObject({
      status: 'refused',
      why: expect.stringMatching(/Movie night or Movie day/),
    });
  });
});

describe('what goes wrong', () => {
  it('an entity that ignores the service: unknown, though the result says success', async () => {
    rig.house.deaf.add('light.kitchen');
    const outcome = await rig.invoke('Kitchen light', 'set_light', { power: true }, 300);
    expect(outcome).toMatchObject({ status: 'unknown', why: expect.stringMatching(/not confirmed/) });
    expect(rig.services()).toEqual(['light.turn_on']);
  });

  it('a setter that finds it so already is sent, and asks for the state anew', async () => {
    expect(await rig.invoke('Coffee machine', 'set_switch', { name: 'x', power: false })).toMatchObject({
      status: 'done',
      proof: 'read-back',
    });
    expect(rig.services()).toEqual(['switch.turn_off']);
  });

  it('a state heard before the call confirms nothing: it is asked for anew', async () => {
    // The house and the client differ, as when a message was lost on the way.
    rig.server.sendEntitiesEvent('{"c":{"switch.coffee_machine":{"+":{"s":"on"}}}}');
    await new Promise((go) => setTimeout(go, 50));
    rig.house.deaf.add('switch.coffee_machine');
    const outcome = await rig.invoke('Coffee machine', 'set_switch', { name: 'x', power: true }, 300);
    expect(outcome).toMatchObject({ status: 'unknown' });
    expect(state('switch.coffee_machine')['state']).toBe('off');
  });

  it('a service error: failed, in words, capped (result with success false)', async () => {
    const message = `\u001b[31mThe lamp said no. ${'x'.repeat(5_000)}`;
    rig.house.failing.set('light.kitchen', { code: 'home_assistant_error', message });
    const outcome = await rig.invoke('Kitchen light', 'set_light', { power: true });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'HA_SERVICE_ERROR' } });
    expect(JSON.stringify(outcome)).toMatch(/The lamp said no/);
    expect(JSON.stringify(outcome)).not.toContain('\\u001b');
    expect(JSON.stringify(outcome).length).toBeLessThan(1_500);
  });

  it('a service that is gone (not_found)', async () => {
    rig.house.missingServices.add('light.turn_on');
    expect(await rig.invoke('Kitchen light', 'set_light', { power: true })).toMatchObject({ status: 'failed' });
  });

  it('functions whose services are not listed are not offered (get_services)', async () => {
    await using bare = await Rig.open({}, ({ house }) => {
      for (const name of ['light.turn_on', 'vacuum.start', 'music_assistant.play_media'])
        house.missingServices.add(name);
    });
    expect(bare.device('Kitchen light').functions).toEqual(['get_device_state']);
    expect(bare.device('Robot').functions).toEqual(['get_device_state']);
    await bare.invoke('Kitchen speaker', 'play_music_on_speaker', { name: 'Queen' });
    expect(bare.services()).toEqual(['media_player.play_media']);
  });

  it('unavailable and unknown entities: nothing is sent', async () => {
    rig.house.set('light.kitchen', 'unavailable');
    rig.house.set('switch.coffee_machine', 'unknown');
    // At once: the list may still call it ready. Then: it does not.
    expect((await rig.invoke('Kitchen light', 'set_light', { power: true }, 300)).status).not.toBe('done');
    await rig.until(() => rig.device('Kitchen light').state === 'offline');
    expect(await rig.invoke('Kitchen light', 'set_light', { power: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'DEVICE_NOT_READY', next: expect.stringMatching(/does not reach Kitchen light/) },
    });
    expect(await rig.invoke('Coffee machine', 'set_switch', { name: 'x', power: true })).toMatchObject({
      status: 'refused',
      by: 'device',
      why: expect.stringMatching(/does not know the state/),
    });
  });

  it('a state that is only assumed proves no more than that it was sent (assumed_state)', async () => {
    rig.house.set('switch.coffee_machine', 'off', { assumed_state: true });
    await new Promise((go) => setTimeout(go, 50));
    expect(await rig.invoke('Coffee machine', 'set_switch', { name: 'x', power: true })).toMatchObject({
      status: 'done',
      proof: 'device-said',
      receipt: expect.stringMatching(/assumed/),
    });
  });

  it('a restart in the middle of a call: done if the state read afterwards is as asked', async () => {
    rig.server.onCall = () => {
      rig.house.set('light.kitchen', 'on', { brightness: 255 });
      void rig.server.stop().then(() => rig.server.start());
      return false;
    };
    expect(await rig.invoke('Kitchen light', 'set_light', { power: true })).toMatchObject({ status: 'done' });
  });

  it('a restart in the middle of a call: unknown if it is not', async () => {
    rig.server.onCall = () => {
      void rig.server.stop().then(() => rig.server.start());
      return false;
    };
    const outcome = await rig.invoke('Kitchen light', 'set_light', { power: true }, 800);
    expect(outcome).toMatchObject({ status: 'unknown' });
    expect(state('light.kitchen')['state']).toBe('off');
    await rig.until(() => rig.device('Kitchen light').state === 'ready');
  });

  it('cancelled while it waits: unknown; cancelled before: refused', async () => {
    rig.house.deaf.add('light.kitchen');
    const cancel = new AbortController();
    const hanging = rig.invoke('Kitchen light', 'set_light', { power: true }, 5_000, cancel.signal);
    await rig.until(() => rig.services().length === 1);
    const queued = rig.invoke('Kitchen light', 'set_light', { power: false }, 5_000, cancel.signal);
    cancel.abort();
    expect(await hanging).toMatchObject({ status: 'unknown' });
    expect(await queued).toMatchObject({ status: 'refused' });
    expect(rig.services()).toEqual(['light.turn_on']);
  });

  it('many calls at once on many things end each as its own thing does', async () => {
    rig.house.deaf.add('light.bedroom');
    const outcomes = await Promise.all([
      rig.invoke('Kitchen light', 'set_light', { power: true }),
      rig.invoke('Hall lamp', 'set_light', { power: true }),
      rig.invoke('Bedroom light', 'set_light', { power: false }, 300),
      rig.invoke('Coffee machine', 'set_switch', { name: 'x', power: true }),
      rig.invoke('Kitchen light', 'set_light', { power: false }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['done', 'done', 'unknown', 'done', 'done']);
    expect(state('light.kitchen')['state']).toBe('off');
  });
});
