import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { deviceSchema } from '../../../src/core/device.js';
import { HomeAssistantTransport } from '../../../src/lan/homeassistant/homeassistant-transport.js';
import { hexId } from '../../../src/virtual/homeassistant/example-home.js';
import { VirtualHomeAssistant } from '../../../src/virtual/homeassistant/virtual-homeassistant.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { makeCertificate } from '../../support/tls.js';
import { describeTransport } from '../../transport-contract.js';
import { Rig, TOKEN } from './rig.js';

describeTransport('Home Assistant over a WebSocket', async () => {
  const rig = await Rig.open();
  return {
    transport: rig.transport,
    deviceId: rig.device('Kitchen light').id,
    call: { function: 'set_light', args: { power: true } },
    [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose](),
  };
});

describe('what a home looks like', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.open();
  });
  afterEach(() => rig[Symbol.asyncDispose]());

  it('takes names, rooms, floors and aliases from the registries (config/*_registry/list, get_entries)', () => {
    expect(rig.device('Kitchen light')).toMatchObject({
      id: `homeassistant:${hexId('light.kitchen')}`,
      kind: 'home',
      room: 'Kitchen',
      aliases: ['cooking light'],
      groups: ['Ground floor', 'downstairs'],
      deviceClass: 'light',
      functions: ['set_light', 'get_device_state'],
      transport: 'homeassistant',
      state: 'ready',
      virtual: true,
    });
    expect(rig.device('Living room thermostat')).toMatchObject({
      room: 'Living room',
      groups: ['lounge', 'Ground floor', 'downstairs'],
      aliases: ['Heating'],
      details: { manufacturer: 'Example Works', model: 'T3', entity: 'climate.living_room' },
    });
    expect(rig.device('Guest mode').id).toBe('homeassistant:input_boolean.guest_mode');
  });

  it('offers by domain, device_class, supported_features', () => {
    const offered = Object.fromEntries(rig.transport.devices().map((d) => [d.name, [d.deviceClass, ...d.functions]]));
    expect(offered).toMatchObject({
      'Hall lamp': ['light', 'set_light', 'get_device_state'],
      'Coffee machine': ['switch', 'set_switch', 'get_device_state'],
      'Guest mode': ['switch', 'set_switch', 'get_device_state'],
      'Living room thermostat': ['thermostat', 'set_thermostat', 'get_temperature', 'get_device_state'],
      'Front door': ['lock', 'set_door_lock', 'get_device_state'],
      'Garage door': ['garage', 'set_cover', 'get_device_state'],
      'Bedroom blind': ['blinds', 'set_cover', 'get_device_state'],
      'Living room curtain': ['curtain', 'set_cover', 'get_device_state'],
      'Bedroom fan': ['fan', 'set_fan', 'get_device_state'],
      Robot: ['vacuum', 'control_vacuum', 'get_device_state'],
      'Living room TV': ['tv', 'set_tv_power', 'play_video_on_tv', 'get_device_state'],
      'Kitchen speaker': ['speaker', 'play_music_on_speaker', 'get_device_state'],
      'Home scenes': ['scenes', 'activate_scene'],
      'Kitchen temperature': ['sensor', 'get_temperature', 'get_device_state'],
      'Hall smoke detector': ['smoke_detector', 'check_smoke_detector', 'get_device_state'],
      'Kitchen window': ['window', 'get_device_state'],
      Anna: ['person', 'get_device_state'],
      Home: ['gateway'],
    });
    for (const device of rig.transport.devices()) expect(deviceSchema.parse(device)).toEqual(device);
  });

  it('leaves out hidden entities, those for settings and diagnosis, and zones', () => {
    for (const name of ['Relay', 'Child lock', 'Robot signal', 'zone.home']) expect(rig.find(name)).toBeUndefined();
  });

  it('follows renaming, moving and hiding (entity_registry_updated, area_registry_updated)', async () => {
    const { entities, areas } = rig.house.registries;
    rig.house.changeLists({
      entities: entities.map((entry) => (entry.entity_id === 'light.hall' ? { ...entry, hidden_by: 'user' } : entry)),
    });
    await rig.until(() => rig.find('Hall lamp') === undefined);
    rig.house.changeLists(
      { areas: areas.map((area) => (area.area_id === 'kitchen' ? { ...area, name: 'Cookery' } : area)) },
      'area_registry_updated',
    );
    await rig.until(() => rig.device('Kitchen light').room === 'Cookery');
    rig.house.set('light.kitchen', 'off', { friendly_name: 'Cooker light' });
    await rig.until(() => rig.find('Cooker light') !== undefined);
  });

  it('tells watchers once of a burst of states, and not of states that change nothing of a device', async () => {
    let told = 0;
    rig.transport.watch(() => {
      told += 1;
    });
    for (let at = 0; at < 50; at += 1) rig.house.set('sensor.washing_machine_power', String(at));
    await new Promise((go) => setTimeout(go, 150));
    expect(told).toBe(0);
    for (const entity of ['light.kitchen', 'light.hall', 'light.bedroom']) rig.house.set(entity, 'unavailable');
    await rig.until(() => rig.device('Bedroom light').state === 'offline');
    expect(told).toBe(1);
    expect(rig.device('Hall lamp')).toMatchObject({
      state: 'offline',
      stateReason: expect.stringMatching(/does not reach/),
    });
  });

  it('takes in and removes entities while connected (subscribe_entities: a, r)', async () => {
    rig.house.set('switch.new', 'off', { friendly_name: 'New plug' });
    await rig.until(() => rig.find('New plug') !== undefined);
    rig.house.states.remove('switch.new');
    await rig.until(() => rig.find('New plug') === undefined);
  });
});

describe('the link', () => {
  it('says that a token is refused, what to do, and does not try it again (auth_invalid)', async () => {
    await using rig = await Rig.open({ token: 'wrong' });
    expect(rig.transport.devices()).toMatchObject([
      { name: 'Home', state: 'unauthorized', stateReason: expect.stringMatching(/long-lived access token/) },
    ]);
    expect(rig.transport.problems()).toMatchObject([{ code: 'HA_UNAUTHORIZED', fault: 'user' }]);
    expect(JSON.stringify(rig.transport.problems())).not.toContain('wrong"');
    await new Promise((go) => setTimeout(go, 300));
    expect(rig.server.connections).toBe(1);
    await rig.start();
    expect(rig.server.connections).toBe(2);
  });

  it('keeps the token from a server that does not ask for it as Home Assistant does (auth_required)', async () => {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const heard: string[] = [];
    server.on('connection', (socket) => {
      socket.on('message', (data) => heard.push(data.toString()));
      socket.send('{"type":"welcome"}');
    });
    const { port } = server.address() as AddressInfo;
    await using transport = new HomeAssistantTransport({
      url: `http://127.0.0.1:${port}`,
      token: TOKEN,
      name: 'Home',
      virtual: true,
    });
    await transport.start({ signal: new AbortController().signal, timeoutMs: 5_000 });
    expect(transport.problems()).toMatchObject([
      { code: 'HA_UNREACHABLE', detail: expect.stringMatching(/does not speak/) },
    ]);
    expect(heard).toEqual([]);
    server.close();
  });

  it('turns every device unauthorized when the token is revoked', async () => {
    await using rig = await Rig.open();
    Object.assign(rig.server, { token: 'another' });
    rig.server.dropClients();
    await rig.until(() => rig.device('Kitchen light').state === 'unauthorized');
    const outcome = await rig.invoke('Kitchen light', 'set_light', { power: true });
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'DEVICE_NOT_READY' } });
  });

  it('connects again after a restart and reads every state anew', async () => {
    await using rig = await Rig.open();
    await rig.server.stop();
    await rig.until(() => rig.device('Kitchen light').state === 'offline');
    expect(rig.device('Kitchen light').stateReason).toMatch(/reconnects|tries again/);
    rig.house.set('light.kitchen', 'on', { brightness: 51, friendly_name: 'Kitchen light' });
    rig.house.states.remove('switch.coffee_machine');
    rig.house.set('switch.added', 'on', { friendly_name: 'Added' });
    await rig.server.start();
    await rig.until(() => rig.find('Added')?.state === 'ready');
    expect(rig.find('Coffee machine')).toBeUndefined();
    expect(await rig.invoke('Kitchen light', 'get_device_state', { name: 'x' })).toMatchObject({
      status: 'done',
      data: { value: 'on, brightness 20 %' },
    });
  });

  it('finds out that Home Assistant is gone without a word (ping without pong)', async () => {
    await using rig = await Rig.open({ heartbeatMs: 100 });
    const before = rig.server.connections;
    rig.server.fallMute();
    await rig.until(() => rig.server.connections > before && rig.device('Kitchen light').state === 'ready');
  });

  it('tries again and again where nobody listens, and connects once somebody does', async () => {
    const server = await VirtualHomeAssistant.start({ token: TOKEN });
    await server.stop();
    await using transport = new HomeAssistantTransport({
      url: server.url,
      token: TOKEN,
      name: 'Home',
      virtual: true,
      backOff: { minMs: 20, maxMs: 50 },
    });
    await transport.start({ signal: new AbortController().signal, timeoutMs: 5_000 });
    expect(transport.problems()).toMatchObject([{ code: 'HA_UNREACHABLE', fault: 'link' }]);
    expect(transport.devices()).toMatchObject([{ state: 'offline' }]);
    await server.start();
    await using _ = server;
    for (let tries = 0; tries < 100 && transport.devices().length < 5; tries += 1)
      await new Promise((go) => setTimeout(go, 20));
    expect(transport.devices().length).toBeGreaterThan(20);
    expect(transport.problems()).toEqual([]);
  });

  it('speaks wss, and does not trust a certificate that nobody vouches for', async () => {
    using folder = temporaryFolder();
    const tls = makeCertificate(folder.path);
    await using server = await VirtualHomeAssistant.start({ token: TOKEN, tls });
    const options = { url: server.url, token: TOKEN, name: 'Home', virtual: true };
    const start = { signal: new AbortController().signal, timeoutMs: 5_000 };
    await using trusting = new HomeAssistantTransport({ ...options, certificateAuthority: tls.cert.toString() });
    await trusting.start(start);
    expect(trusting.devices().length).toBeGreaterThan(20);
    await using doubting = new HomeAssistantTransport(options);
    await doubting.start(start);
    expect(doubting.problems()).toMatchObject([
      { code: 'HA_UNREACHABLE', detail: expect.stringMatching(/self.signed/) },
    ]);
    expect(server.connections).toBe(1);
  });

  it('works with a Home Assistant that knows neither floors nor aliases (unknown_command)', async () => {
    await using rig = await Rig.open({}, (server) => {
      server.unknownCommands.add('config/floor_registry/list').add('config/entity_registry/get_entries');
    });
    expect(rig.device('Kitchen light')).toMatchObject({ room: 'Kitchen', groups: [], aliases: [] });
    expect(rig.problems()).toEqual([]);
  });

  it('ends at once, whatever it is doing', async () => {
    const rig = await Rig.open();
    rig.house.deaf.add('light.kitchen');
    const hanging = rig.invoke('Kitchen light', 'set_light', { power: true }, 400);
    await rig[Symbol.asyncDispose]();
    expect(await hanging).toMatchObject({ status: 'unknown' });
  });
});
