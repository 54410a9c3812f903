import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MqttTransport } from '../../../src/lan/mqtt/mqtt-transport.js';
import { Broker } from '../../../src/virtual/home/broker.js';
import { Cleanup } from '../../support/cleanup.js';

/** What a device answers to a message on a command topic: state topics and payloads. */
type Answer = (payload: string) => Readonly<Record<string, string>>;

/** Devices of forms that the virtual home does not have, in the test's own hand. */
describe('small devices', () => {
  let cleanup: Cleanup;
  let device: MqttClient;
  let transport: MqttTransport;
  const answers = new Map<string, Answer>();
  const heard: { topic: string; payload: string; retain: boolean }[] = [];

  beforeEach(async () => {
    cleanup = new Cleanup();
    answers.clear();
    heard.length = 0;
    const broker = await Broker.start({ port: 0, credentials: null });
    cleanup.defer(() => broker.stop());
    device = await connectAsync(broker.url, { protocolVersion: 4 });
    cleanup.defer(() => device.endAsync(true));
    device.on('message', (topic, bytes, { retain }) => {
      const payload = bytes.toString();
      heard.push({ topic, payload, retain });
      for (const [answerTopic, text] of Object.entries(answers.get(topic)?.(payload) ?? {}))
        device.publish(answerTopic, text);
    });
    transport = new MqttTransport({ url: broker.url, name: 'Home', virtual: false, patienceMs: 300, settleMs: 80 });
    cleanup.use(transport);
    await transport.start({ signal: new AbortController().signal, timeoutMs: 5_000 });
  });
  afterEach(() => cleanup[Symbol.asyncDispose]());

  async function announce(component: string, payload: Record<string, unknown>, commands: Record<string, Answer> = {}) {
    for (const [topic, answer] of Object.entries(commands)) {
      answers.set(topic, answer);
      await device.subscribeAsync(topic);
    }
    const id = String(payload['uniq_id'] ?? payload['unique_id']);
    await device.publishAsync(`homeassistant/${component}/${id}/config`, JSON.stringify(payload), { retain: true });
    await expect.poll(() => transport.devices().some((entry) => entry.id === `mqtt:${id}`)).toBe(true);
    // Its state topics are listened to by then.
    await new Promise((resolve) => setTimeout(resolve, 60));
    return (functionName: string, args: Record<string, string | number | boolean>, timeoutMs = 5_000) =>
      transport.invoke(
        `mqtt:${id}`,
        { callId: 'c1', function: functionName, args, contacts: {} },
        { key: 'k', signal: new AbortController().signal, timeoutMs },
      );
  }
  const deviceOf = (id: string) => transport.devices().find((entry) => entry.id === `mqtt:${id}`);

  it('a switch that reports nothing has done it by its own word', async () => {
    const call = await announce('switch', { uniq_id: 's', name: 'Pump', cmd_t: 's/set' }, { 's/set': () => ({}) });
    expect(await call('set_switch', { name: 'pump', power: true })).toMatchObject({
      status: 'done',
      proof: 'device-said',
    });
    await expect.poll(() => heard).toEqual([{ topic: 's/set', payload: 'ON', retain: false }]);
    expect(deviceOf('s')?.functions).toEqual(['set_switch']);
  });

  it('a retained state is no echo', async () => {
    await device.publishAsync('s/state', 'ON', { retain: true });
    const call = await announce('switch', { uniq_id: 's', name: 'Pump', cmd_t: 's/set', stat_t: 's/state' });
    expect(await call('get_device_state', { name: 'pump' })).toMatchObject({ status: 'done', data: { value: 'on' } });
    expect(await call('set_switch', { name: 'pump', power: true })).toMatchObject({ status: 'unknown' });
  });

  it('a device that says once more what was, and then what is, has done it', async () => {
    const call = await announce(
      'switch',
      { uniq_id: 's', name: 'Pump', cmd_t: 's/set', stat_t: 's/state' },
      {
        's/set': () => {
          device.publish('s/state', 'OFF');
          setTimeout(() => device.publish('s/state', 'ON'), 200);
          return {};
        },
      },
    );
    device.publish('s/state', 'OFF');
    expect(await call('set_switch', { name: 'pump', power: true })).toMatchObject({
      status: 'done',
      proof: 'read-back',
    });
  });

  it('a device that says that it stays as it was has not done it', async () => {
    const call = await announce(
      'switch',
      { uniq_id: 's', name: 'Pump', cmd_t: 's/set', stat_t: 's/state' },
      { 's/set': () => ({ 's/state': 'OFF' }) },
    );
    device.publish('s/state', 'OFF');
    await expect.poll(async () => (await call('get_device_state', { name: 'pump' })).status).toBe('done');
    expect(await call('set_switch', { name: 'pump', power: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'STATE_DIFFERS', message: 'Pump did not do it: it reports off.' },
    });
  });

  it('a switch that a lamp hangs on is a light', async () => {
    const call = await announce(
      'switch',
      { uniq_id: 's', name: 'Kitchen lamp', cmd_t: 's/set', stat_t: 's/state' },
      { 's/set': (payload) => ({ 's/state': payload }) },
    );
    expect(deviceOf('s')).toMatchObject({ deviceClass: 'light', room: 'kitchen' });
    expect(deviceOf('s')?.functions).toEqual(expect.arrayContaining(['set_light', 'set_switch']));
    expect(await call('set_light', { power: true })).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(await call('set_light', { brightness: 20 })).toMatchObject({ status: 'refused' });
  });

  it('a plain light with red, green and blue, and one with x and y', async () => {
    const rgb = await announce(
      'light',
      { uniq_id: 'l', name: 'L', cmd_t: 'l/set', stat_t: 'l', rgb_cmd_t: 'l/rgb/set', rgb_stat_t: 'l/rgb' },
      { 'l/set': (payload) => ({ l: payload }), 'l/rgb/set': (payload) => ({ 'l/rgb': payload }) },
    );
    expect(await rgb('set_light', { color: 'orange' })).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(heard.map(({ payload }) => payload)).toEqual(['255,165,0', 'ON']);
    const xy = await announce(
      'light',
      {
        uniq_id: 'x',
        name: 'X',
        cmd_t: 'x/set',
        stat_t: 'x',
        schema: 'json',
        supported_color_modes: ['xy', 'color_temp'],
      },
      { 'x/set': (payload) => ({ x: payload }) },
    );
    expect(await xy('set_light', { color: 'red' })).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(JSON.parse(heard.at(-1)?.payload ?? '')).toEqual({ state: 'ON', color: { x: 0.6401, y: 0.33 } });
    expect(await xy('set_light', { color: 'warm white' })).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(JSON.parse(heard.at(-1)?.payload ?? '')).toEqual({ state: 'ON', color_temp: 370 });
  });

  it('a light whose brightness is not reported is done by its word only', async () => {
    const call = await announce(
      'light',
      { uniq_id: 'l', name: 'L', cmd_t: 'l/set', stat_t: 'l', bri_cmd_t: 'l/bri/set', bri_scl: 100 },
      { 'l/set': (payload) => ({ l: payload }), 'l/bri/set': () => ({}) },
    );
    expect(await call('set_light', { brightness: 30 })).toMatchObject({ status: 'done', proof: 'device-said' });
    expect(heard.map(({ payload }) => payload)).toEqual(['30', 'ON']);
  });

  it('a template light with plain variables; one with conditions is not told anything', async () => {
    const call = await announce(
      'light',
      {
        uniq_id: 't',
        name: 'T',
        schema: 'template',
        cmd_t: 't/set',
        stat_t: 't',
        cmd_on_tpl: 'on,{{ brightness }}',
        cmd_off_tpl: 'off',
        stat_tpl: '{{ value_json.s }}',
        bri_tpl: '{{ value_json.b }}',
        pl_on: 'on',
        pl_off: 'off',
      },
      {
        't/set': (payload) => {
          const [s, b] = payload.split(',');
          return { t: JSON.stringify({ s, b: Number(b ?? 0) }) };
        },
      },
    );
    expect(await call('set_light', { brightness: 50 })).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(heard.at(-1)?.payload).toBe('on,128');
    expect(await call('set_light', { power: false })).toMatchObject({ status: 'done' });
    await announce('light', {
      uniq_id: 'c',
      name: 'C',
      schema: 'template',
      cmd_t: 'c/set',
      cmd_on_tpl: '{% if brightness %}x{% endif %}',
      cmd_off_tpl: 'off',
    });
    expect(deviceOf('c')).toMatchObject({ state: 'unsupported', functions: [] });
  });

  it('a thermostat in Fahrenheit', async () => {
    const call = await announce(
      'climate',
      {
        uniq_id: 'h',
        name: 'H',
        temp_cmd_t: 'h/set',
        temp_stat_t: 'h',
        temp_unit: 'F',
        curr_temp_t: 'h/now',
        max_temp: 90,
      },
      { 'h/set': (payload) => ({ h: payload }) },
    );
    device.publish('h/now', '68');
    device.publish('h', '70');
    await expect.poll(async () => (await call('get_temperature', {})).status).toBe('done');
    expect(await call('get_temperature', {})).toMatchObject({ data: { value: 20 } });
    expect(await call('set_thermostat', { temperature: 22 })).toMatchObject({
      receipt: 'H: set to 22 °C',
      prior: { temperature: 21.1 },
    });
    expect(heard.at(-1)?.payload).toBe('71.6');
    expect(await call('set_thermostat', { temperature: 40 })).toMatchObject({ status: 'refused' });
  });

  it('a cover with a turned scale, and a lock that is retained by its own word and is not', async () => {
    const cover = await announce(
      'cover',
      { uniq_id: 'c', name: 'C', set_pos_t: 'c/set', pos_t: 'c', pos_open: 0, pos_clsd: 200, dev_cla: 'awning' },
      { 'c/set': (payload) => ({ c: payload }) },
    );
    expect(await cover('set_cover', { position: 25 })).toMatchObject({ status: 'done', receipt: 'C: 25 % open' });
    expect(heard.at(-1)?.payload).toBe('150');
    const lock = await announce(
      'lock',
      { uniq_id: 'k', name: 'K', cmd_t: 'k/set', stat_t: 'k', ret: true },
      { 'k/set': () => ({ k: 'JAMMED' }) },
    );
    expect(await lock('set_door_lock', { locked: true })).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringContaining('jammed') },
    });
    await device.unsubscribeAsync('k/set');
    await device.subscribeAsync('k/set');
    expect(heard.filter(({ topic, retain }) => topic === 'k/set' && retain)).toEqual([]);
  });

  it('a sensor whose value is too old has none', async () => {
    const call = await announce('sensor', { uniq_id: 'x', name: 'X', dev_cla: 'temperature', stat_t: 'x', exp_aft: 1 });
    expect(await call('get_temperature', {})).toMatchObject({ status: 'failed', failure: { code: 'NO_STATE' } });
    device.publish('x', '20.5');
    await expect.poll(async () => (await call('get_temperature', {})).status).toBe('done');
    await expect.poll(async () => (await call('get_temperature', {})).status, { timeout: 3_000 }).toBe('failed');
  });

  it('a device that is announced anew, and one that is taken back', async () => {
    const seen: number[] = [];
    transport.watch((devices) => seen.push(devices.length));
    await announce('switch', { uniq_id: 's', name: 'Pump', cmd_t: 's/set' });
    await device.publishAsync(
      'homeassistant/switch/s/config',
      JSON.stringify({ uniq_id: 's', name: 'Fountain', cmd_t: 's/set' }),
    );
    await expect.poll(() => deviceOf('s')?.name).toBe('Fountain');
    await device.publishAsync('homeassistant/switch/s/config', '');
    await expect.poll(() => transport.devices().length).toBe(0);
    expect(seen.at(-1)).toBe(0);
  });

  it('a command that would announce a device is not sent', async () => {
    const call = await announce('switch', { uniq_id: 's', name: 'Pump', cmd_t: 'homeassistant/lock/x/config' });
    expect(await call('set_switch', { name: 'pump', power: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'COMMAND_REFUSED' },
    });
    expect(transport.problems()).toEqual([]);
  });

  it('several switches of one controller are several devices, and their sensor another', async () => {
    const dev = { ids: 'c1', name: 'Controller' };
    await announce('switch', { uniq_id: 'a', name: 'Switch 1', cmd_t: 'a/set', dev });
    await announce('switch', { uniq_id: 'b', name: 'Pond pump', cmd_t: 'b/set', dev });
    await announce('sensor', { uniq_id: 't', name: 'Temperature', dev_cla: 'temperature', stat_t: 't', dev });
    expect(
      transport
        .devices()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['Controller Switch 1', 'Controller Temperature', 'Pond pump']);
  });

  it('availability of several topics', async () => {
    const avty = [{ t: 'bridge' }, { t: 'dev', val_tpl: '{{ value_json.state }}' }];
    await announce('switch', { uniq_id: 's', name: 'Pump', cmd_t: 's/set', avty, avty_mode: 'all' });
    expect(deviceOf('s')).toMatchObject({ state: 'offline', stateReason: expect.stringContaining('not said yet') });
    device.publish('bridge', 'online');
    device.publish('dev', '{"state":"online"}');
    await expect.poll(() => deviceOf('s')?.state).toBe('ready');
    device.publish('bridge', 'offline');
    await expect.poll(() => deviceOf('s')?.state).toBe('offline');
  });
});
