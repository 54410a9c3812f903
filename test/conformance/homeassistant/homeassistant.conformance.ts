import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../../src/core/device.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { HomeAssistantTransport } from '../../../src/lan/homeassistant/homeassistant-transport.js';

/** Home Assistant itself with its demo platform, started by run.sh. */
const url = process.env['TENTACLE_HOMEASSISTANT_URL'] ?? '';
const token = process.env['TENTACLE_HOMEASSISTANT_TOKEN'] ?? '';

describe.skipIf(url === '')('Home Assistant itself', () => {
  let transport: HomeAssistantTransport;
  const invoke = (entityId: string, name: string, args: Record<string, string | number | boolean>): Promise<Outcome> =>
    transport.invoke(
      device(entityId).id,
      { callId: 'c1', function: name, args, contacts: {} },
      { key: 'key', signal: new AbortController().signal, timeoutMs: 40_000 },
    );
  const find = (entityId: string): Device | undefined =>
    transport.devices().find(({ details, deviceClass }) => details['entity'] === entityId || deviceClass === entityId);
  const device = (entityId: string): Device => {
    const found = find(entityId);
    if (!found) throw new Error(`no ${entityId} among ${transport.devices().map(({ details }) => details['entity'])}`);
    return found;
  };

  beforeAll(async () => {
    transport = new HomeAssistantTransport({ url, token, name: 'Home', virtual: false });
    await transport.start({ signal: new AbortController().signal, timeoutMs: 50_000 });
    // The demo platform comes up after the API does.
    for (let tries = 0; tries < 400 && !(find('light.bed_light') && find('vacuum.0_ground_floor')); tries += 1)
      await new Promise((go) => setTimeout(go, 100));
  }, 100_000);
  afterAll(() => transport[Symbol.asyncDispose]());

  it('is understood without a problem', () => {
    expect(transport.problems()).toEqual([]);
    expect(transport.devices().length).toBeGreaterThan(30);
  });

  it('refuses a wrong token', async () => {
    await using other = new HomeAssistantTransport({ url, token: 'wrong', name: 'Home', virtual: false });
    await other.start({ signal: new AbortController().signal, timeoutMs: 20_000 });
    expect(other.problems()).toMatchObject([{ code: 'HA_UNAUTHORIZED' }]);
  });

  it.each([
    ['light.bed_light', 'set_light', { power: true }],
    ['light.bed_light', 'set_light', { brightness: 30 }],
    ['light.bed_light', 'set_light', { color: 'blue' }],
    ['light.bed_light', 'set_light', { color: 'warm white' }],
    ['light.bed_light', 'set_light', { power: false }],
    ['light.bed_light', 'set_light', { power: false }],
    ['switch.decorative_lights', 'set_switch', { name: 'x', power: false }],
    ['switch.decorative_lights', 'set_switch', { name: 'x', power: true }],
    ['input_boolean.guest', 'set_switch', { name: 'x', power: true }],
    ['climate.heatpump', 'set_thermostat', { temperature: 22 }],
    ['climate.hvac', 'get_temperature', {}],
    ['lock.front_door', 'set_door_lock', { locked: false }],
    ['lock.front_door', 'set_door_lock', { locked: true }],
    ['cover.hall_window', 'set_cover', { position: 40 }],
    ['cover.garage_door', 'set_cover', { position: 0 }],
    ['fan.living_room_fan', 'set_fan', { speed: 60 }],
    ['fan.living_room_fan', 'set_fan', { power: false }],
    ['vacuum.0_ground_floor', 'control_vacuum', { action: 'start' }],
    ['vacuum.0_ground_floor', 'control_vacuum', { action: 'stop' }],
    ['vacuum.0_ground_floor', 'control_vacuum', { action: 'dock' }],
    ['media_player.living_room', 'play_music_on_speaker', { name: 'bjYoutubeId' }],
    ['scenes', 'activate_scene', { name: 'movie night' }],
    ['scenes', 'activate_scene', { name: 'bedtime' }],
    ['sensor.outside_temperature', 'get_temperature', {}],
    ['light.kitchen_lights', 'get_device_state', { name: 'x' }],
  ])('%s: %s %j', async (entityId, name, args) => {
    expect(await invoke(entityId, name, args)).toMatchObject({ status: 'done' });
  });

  it('refuses what a thing cannot do, and out of its limits', async () => {
    expect(await invoke('climate.heatpump', 'set_thermostat', { temperature: 60 })).toMatchObject({
      status: 'refused',
    });
    expect((await invoke('lock.poorly_installed_door', 'set_door_lock', { locked: true })).status).toBe('failed');
  });
});
