import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { VirtualHomeAssistant } from '../../../src/virtual/homeassistant/virtual-homeassistant.js';

/**
 * Each check names the message of https://developers.home-assistant.io/docs/api/websocket that it is for, or the handler in
 * home-assistant/core where the page has none. The client here is a bare socket, not Tentacle's.
 */

type Message = Readonly<Record<string, unknown>>;

class Client {
  readonly socket: WebSocket;
  readonly #waiting: ((message: Message) => void)[] = [];
  readonly #received: Message[] = [];

  constructor(url: string) {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/api/websocket`);
    this.socket.on('message', (data) => {
      const message: Message = JSON.parse(data.toString());
      const next = this.#waiting.shift();
      if (next) next(message);
      else this.#received.push(message);
    });
  }

  next(): Promise<Message> {
    const waiting = this.#received.shift();
    return waiting ? Promise.resolve(waiting) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  send(message: unknown): Promise<Message> {
    this.socket.send(JSON.stringify(message));
    return this.next();
  }

  async authenticate(): Promise<void> {
    await this.next();
    await this.send({ type: 'auth', access_token: 'secret' });
  }
}

let server: VirtualHomeAssistant;
let client: Client;
beforeEach(async () => {
  server = await VirtualHomeAssistant.start({ token: 'secret' });
  client = new Client(server.url);
});
afterEach(async () => {
  client.socket.terminate();
  await server[Symbol.asyncDispose]();
});

describe('authentication phase', () => {
  it('auth_required, auth, auth_ok', async () => {
    expect(await client.next()).toEqual({ type: 'auth_required', ha_version: expect.any(String) });
    expect(await client.send({ type: 'auth', access_token: 'secret' })).toEqual({
      type: 'auth_ok',
      ha_version: expect.any(String),
    });
  });

  it('auth_invalid with a message, then the end', async () => {
    await client.next();
    const closed = once(client.socket, 'close');
    expect(await client.send({ type: 'auth', access_token: 'guess' })).toEqual({
      type: 'auth_invalid',
      message: 'Invalid access token or password',
    });
    await closed;
  });

  it('takes no command before', async () => {
    await client.next();
    expect(await client.send({ id: 1, type: 'get_states' })).toMatchObject({ type: 'auth_invalid' });
  });
});

describe('command phase', () => {
  beforeEach(() => client.authenticate());

  it('ping, pong', async () => {
    expect(await client.send({ id: 19, type: 'ping' })).toEqual({ id: 19, type: 'pong' });
  });

  it('errors: invalid_format, id_reuse, unknown_command (websocket_api/connection.py)', async () => {
    const failed = (id: number, code: string) => ({
      id,
      type: 'result',
      success: false,
      error: { code, message: expect.any(String) },
    });
    expect(await client.send({ hello: 1 })).toEqual(failed(0, 'invalid_format'));
    expect(await client.send({ id: 5, type: 'nonsense' })).toEqual(failed(5, 'unknown_command'));
    expect(await client.send({ id: 5, type: 'ping' })).toEqual(failed(5, 'id_reuse'));
  });

  it('get_states: whole states with context and times', async () => {
    const { result, success } = await client.send({ id: 1, type: 'get_states' });
    expect(success).toBe(true);
    expect(result).toContainEqual({
      entity_id: 'lock.front_door',
      state: 'locked',
      attributes: { friendly_name: 'Front door', supported_features: 0 },
      last_changed: expect.stringMatching(/\+00:00$/),
      last_reported: expect.any(String),
      last_updated: expect.any(String),
      context: { id: expect.any(String), parent_id: null, user_id: null },
    });
  });

  it('get_services: by domain and name, with response where one is given', async () => {
    const { result } = await client.send({ id: 1, type: 'get_services' });
    expect(result).toMatchObject({
      light: { turn_on: { fields: {} }, turn_off: {} },
      media_player: { search_media: { response: { optional: false } } },
    });
  });

  it('call_service: a context, and the state_changed event carries it (subscribe_events)', async () => {
    await client.send({ id: 1, type: 'subscribe_events', event_type: 'state_changed' });
    const event = await client.send({
      id: 2,
      type: 'call_service',
      domain: 'light',
      service: 'turn_on',
      service_data: { brightness_pct: 40 },
      target: { entity_id: 'light.kitchen' },
    });
    expect(event).toMatchObject({
      id: 1,
      type: 'event',
      event: {
        event_type: 'state_changed',
        origin: 'LOCAL',
        data: { entity_id: 'light.kitchen', old_state: { state: 'off' }, new_state: { state: 'on' } },
      },
    });
    const result = await client.next();
    expect(result).toMatchObject({ id: 2, type: 'result', success: true, result: { context: { parent_id: null } } });
    const context = (message: Message, path: string[]): unknown =>
      path.reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], message);
    expect(context(event, ['event', 'context', 'id'])).toBe(context(result, ['result', 'context', 'id']));
  });

  it('call_service with return_response: the response by entity; refused for services that have none', async () => {
    const search = { domain: 'media_player', service: 'search_media', service_data: { search_query: 'Blue' } };
    const target = { entity_id: 'media_player.study_player' };
    expect(await client.send({ id: 1, type: 'call_service', ...search, target, return_response: true })).toMatchObject({
      success: true,
      result: { response: { 'media_player.study_player': { result: [{ title: 'Best of Blue' }, { title: 'Blue' }] } } },
    });
    const turnOn = { domain: 'light', service: 'turn_on', target: { entity_id: 'light.hall' }, return_response: true };
    expect(await client.send({ id: 2, type: 'call_service', ...turnOn })).toMatchObject({
      success: false,
      error: { code: 'service_validation_error' },
    });
  });

  it('call_service errors: not_found, service_validation_error, and success for what is unavailable (helpers/service.py)', async () => {
    const call = (id: number, service: string, entity_id: string) =>
      client.send({
        id,
        type: 'call_service',
        domain: service.split('.')[0],
        service: service.split('.')[1],
        target: { entity_id },
      });
    expect(await call(1, 'light.explode', 'light.hall')).toMatchObject({ error: { code: 'not_found' } });
    expect(await call(2, 'cover.set_cover_position', 'cover.garage_door')).toMatchObject({
      error: { code: 'service_validation_error' },
    });
    server.house.set('light.hall', 'unavailable');
    expect(await call(3, 'light.turn_on', 'light.hall')).toMatchObject({ success: true });
    expect(server.house.state('light.hall')?.state).toBe('unavailable');
    expect(await call(4, 'lock.unlock', 'lock.cellar')).toMatchObject({ error: { code: 'service_validation_error' } });
  });

  it('subscribe_entities: all in the first event, then what differs (websocket_api/messages.py)', async () => {
    expect(
      await client.send({ id: 1, type: 'subscribe_entities', entity_ids: ['light.kitchen', 'light.new'] }),
    ).toEqual({
      id: 1,
      type: 'result',
      success: true,
      result: null,
    });
    expect(await client.next()).toEqual({
      id: 1,
      type: 'event',
      event: {
        a: { 'light.kitchen': { s: 'off', a: expect.any(Object), c: expect.any(String), lc: expect.any(Number) } },
      },
    });
    server.house.set('light.kitchen', 'on', { brightness: 9, min_color_temp_kelvin: undefined });
    expect((await client.next())['event']).toEqual({
      c: {
        'light.kitchen': {
          '+': { s: 'on', a: { brightness: 9 }, c: expect.any(String), lc: expect.any(Number) },
          '-': { a: ['min_color_temp_kelvin'] },
        },
      },
    });
    server.house.set('light.kitchen', 'on', { brightness: 9 });
    server.house.set('light.new', 'off');
    expect((await client.next())['event']).toMatchObject({ a: { 'light.new': { s: 'off' } } });
    server.house.states.remove('light.new');
    expect((await client.next())['event']).toEqual({ r: ['light.new'] });
  });

  it('unsubscribe_events ends it; not_found for none', async () => {
    await client.send({ id: 1, type: 'subscribe_events', event_type: 'state_changed' });
    expect(await client.send({ id: 2, type: 'unsubscribe_events', subscription: 1 })).toMatchObject({ success: true });
    server.house.set('light.hall', 'on');
    expect(await client.send({ id: 3, type: 'unsubscribe_events', subscription: 1 })).toMatchObject({
      id: 3,
      error: { code: 'not_found' },
    });
  });

  it('config/*_registry/list, and get_entries, which alone has aliases (config/entity_registry.py)', async () => {
    const list = async (id: number, name: string) =>
      (await client.send({ id, type: `config/${name}_registry/list` }))['result'];
    expect(await list(1, 'area')).toContainEqual({
      area_id: 'living_room',
      name: 'Living room',
      aliases: ['lounge'],
      floor_id: 'ground',
    });
    expect(await list(2, 'floor')).toContainEqual({
      floor_id: 'upper',
      name: 'Upper floor',
      aliases: ['upstairs'],
      level: 1,
    });
    expect(await list(3, 'device')).toMatchObject([{ name_by_user: 'Heating', area_id: 'living_room' }]);
    const entities = await list(4, 'entity');
    expect(entities).toContainEqual(
      expect.objectContaining({ entity_id: 'light.kitchen', area_id: 'kitchen', hidden_by: null }),
    );
    expect(JSON.stringify(entities)).not.toContain('aliases');
    const entity_ids = ['light.kitchen', 'light.nowhere'];
    expect(
      (await client.send({ id: 5, type: 'config/entity_registry/get_entries', entity_ids }))['result'],
    ).toMatchObject({
      'light.kitchen': { aliases: ['cooking light'] },
      'light.nowhere': null,
    });
  });

  it('get_config: the unit of temperatures', async () => {
    expect((await client.send({ id: 1, type: 'get_config' }))['result']).toMatchObject({
      unit_system: { temperature: '°C' },
    });
  });
});
