import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MatterTransport } from '../../../src/lan/matter/matter-transport.js';
import { describeTransport } from '../../transport-contract.js';
import { MatterRig, never } from './rig.js';

let rig: MatterRig;
beforeAll(async () => {
  rig = await MatterRig.open({ withRooms: true });
  await rig.join();
});
afterAll(() => rig?.[Symbol.asyncDispose]());

describe('what a Matter home shows', () => {
  it('lists each thing by its own name, kind and functions', () => {
    const shown = rig.transport.devices().map(({ name, deviceClass, functions, state }) => ({
      name,
      deviceClass,
      functions: functions.toSorted(),
      state,
    }));
    const ready = (name: string, deviceClass: string, ...functions: string[]) => ({
      name,
      deviceClass,
      functions: ['get_device_state', ...functions].toSorted(),
      state: 'ready',
    });
    expect(shown).toEqual([
      ready('Reading lamp', 'light', 'set_light'),
      ready('Hall light', 'light', 'set_light'),
      ready('Coffee machine', 'switch', 'set_switch'),
      ready('Heating', 'thermostat', 'set_thermostat', 'get_temperature'),
      ready('Front door', 'lock', 'set_door_lock'),
      ready('Blinds', 'blinds', 'set_cover'),
      ready('Robbie', 'vacuum', 'control_vacuum'),
      ready('Ceiling fan', 'fan', 'set_fan'),
      ready('Balcony', 'sensor', 'get_temperature'),
      ready('Smoke alarm', 'smoke_detector', 'check_smoke_detector'),
    ]);
  });

  it('has ids by node and endpoint, rooms by label, and says that it is virtual', () => {
    const lamp = rig.transport.devices().find(({ name }) => name === 'Reading lamp');
    expect(lamp?.id).toMatch(/^matter:\d+-\d+$/);
    expect(lamp).toMatchObject({ room: 'Living room', virtual: true, transport: 'matter', kind: 'home' });
    expect(lamp?.details).toMatchObject({ manufacturer: 'Tentacle' });
  });
});

describe('set_light', () => {
  it('switches on and off', async () => {
    expect(await rig.invoke('Hall light', 'set_light', { power: true, room: 'hall' })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Hall light: on',
      prior: { power: false, room: 'hall' },
    });
    expect(await rig.device.attribute('Hall light', 'onOff', 'onOff')).toBe(true);
    expect(await rig.invoke('Hall light', 'set_light', { power: false })).toMatchObject({
      status: 'done',
      prior: { power: true },
    });
    expect(await rig.device.attribute('Hall light', 'onOff', 'onOff')).toBe(false);
  });

  it('dims, and undoes by its prior', async () => {
    await rig.invoke('Hall light', 'set_light', { brightness: 80 });
    const dimmed = await rig.invoke('Hall light', 'set_light', { brightness: 30 });
    expect(dimmed).toMatchObject({
      status: 'done',
      receipt: 'Hall light: on, 30 %',
      prior: { power: true, brightness: 80 },
    });
    expect(await rig.device.attribute('Hall light', 'levelControl', 'currentLevel')).toBe(76);
    if (dimmed.status !== 'done' || !dimmed.prior) throw new Error('No prior.');
    await rig.invoke('Hall light', 'set_light', dimmed.prior);
    expect(await rig.device.attribute('Hall light', 'levelControl', 'currentLevel')).toBe(203);
  });

  it('dims to nothing by switching off', async () => {
    expect(await rig.invoke('Hall light', 'set_light', { brightness: 0 })).toMatchObject({
      status: 'done',
      receipt: 'Hall light: off',
    });
    expect(await rig.device.attribute('Hall light', 'onOff', 'onOff')).toBe(false);
  });

  it('shows colours and whites', async () => {
    expect(await rig.invoke('Reading lamp', 'set_light', { color: 'red' })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Reading lamp: on, red',
    });
    expect(await rig.device.attributes('Reading lamp', 'colorControl')).toMatchObject({
      colorMode: 0,
      currentHue: 0,
      currentSaturation: 254,
    });
    expect(await rig.invoke('Reading lamp', 'set_light', { color: 'warm white', brightness: 50 })).toMatchObject({
      status: 'done',
      receipt: 'Reading lamp: on, 50 %, warm white',
      prior: { power: true, color: '#ff0000' },
    });
    const color = await rig.device.attributes('Reading lamp', 'colorControl');
    expect(color['colorMode']).toBe(2);
    expect(Number(color['colorTemperatureMireds'])).toBeGreaterThan(330);
  });

  it('refuses what the lamp cannot show, and words that are no colour', async () => {
    expect(await rig.invoke('Hall light', 'set_light', { color: 'blue' })).toMatchObject({
      status: 'refused',
      by: 'device',
    });
    expect(await rig.invoke('Reading lamp', 'set_light', { color: 'bicycle' })).toMatchObject({
      status: 'failed',
      failure: { code: 'COLOR_UNKNOWN' },
    });
  });
});

describe('set_switch', () => {
  it('switches a plug', async () => {
    for (const power of [true, false]) {
      const outcome = await rig.invoke('Coffee machine', 'set_switch', { name: 'coffee machine', power });
      expect(outcome).toMatchObject({
        status: 'done',
        proof: 'read-back',
        prior: { name: 'coffee machine', power: !power },
      });
      expect(await rig.device.attribute('Coffee machine', 'onOff', 'onOff')).toBe(power);
    }
  });
});

describe('set_thermostat and get_temperature', () => {
  it('sets what it heats to', async () => {
    expect(await rig.invoke('Heating', 'set_thermostat', { temperature: 21.5 })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Heating: set to 21.5 °C',
      prior: { temperature: 20 },
    });
    expect(await rig.device.attribute('Heating', 'thermostat', 'occupiedHeatingSetpoint')).toBe(2_150);
  });

  it('sets what it cools to while it cools', async () => {
    await rig.device.change('Heating', 'thermostat', { systemMode: 3 });
    expect(await rig.invoke('Heating', 'set_thermostat', { temperature: 25 })).toMatchObject({
      status: 'done',
      prior: { temperature: 26 },
    });
    expect(await rig.device.attributes('Heating', 'thermostat')).toMatchObject({
      occupiedHeatingSetpoint: 2_150,
      occupiedCoolingSetpoint: 2_500,
    });
    await rig.device.change('Heating', 'thermostat', { systemMode: 4 });
  });

  it('refuses what is out of its range', async () => {
    expect(await rig.invoke('Heating', 'set_thermostat', { temperature: 35 })).toEqual({
      status: 'refused',
      by: 'device',
      why: 'Heating can be set from 7 to 30 °C only.',
    });
  });

  it('reads the air', async () => {
    expect(await rig.invoke('Balcony', 'get_temperature', {})).toMatchObject({
      status: 'done',
      proof: 'read-back',
      data: { value: 12.3, text: '12.3 °C', source: 'Balcony' },
    });
    await rig.device.change('Balcony', 'temperatureMeasurement', { measuredValue: -520 });
    expect(await rig.invoke('Balcony', 'get_temperature', {})).toMatchObject({ data: { value: -5.2 } });
    expect(await rig.invoke('Heating', 'get_temperature', {})).toMatchObject({ data: { value: 20.5 } });
    await rig.device.change('Balcony', 'temperatureMeasurement', { measuredValue: null });
    expect(await rig.invoke('Balcony', 'get_temperature', {})).toMatchObject({
      status: 'failed',
      failure: { code: 'NO_STATE' },
    });
  });
});

describe('set_door_lock', () => {
  it('locks and unlocks', async () => {
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: true, door: 'front door' })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Front door: locked',
      prior: { locked: false, door: 'front door' },
    });
    expect(await rig.device.attribute('Front door', 'doorLock', 'lockState')).toBe(1);
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: false })).toMatchObject({
      status: 'done',
      prior: { locked: true },
    });
    expect(await rig.device.attribute('Front door', 'doorLock', 'lockState')).toBe(2);
  });

  it('does not believe a lock whose bolt stands half way', async () => {
    await rig.device.fault('jam');
    expect(await rig.invoke('Front door', 'set_door_lock', { locked: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'STATE_DIFFERS', message: expect.stringContaining('not fully locked') },
    });
    await rig.device.fault('none');
    expect(await rig.device.attribute('Front door', 'doorLock', 'lockState')).toBe(0);
  });
});

describe('set_cover', () => {
  it('waits until the motor has arrived', async () => {
    expect(await rig.invoke('Blinds', 'set_cover', { position: 40, kind: 'blinds' })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Blinds: 40 % open',
      prior: { position: 0, kind: 'blinds' },
    });
    expect(await rig.device.attribute('Blinds', 'windowCovering', 'currentPositionLiftPercent100ths')).toBe(6_000);
    expect(await rig.invoke('Blinds', 'set_cover', { position: 100 })).toMatchObject({
      receipt: 'Blinds: open',
      prior: { position: 40 },
    });
    expect(await rig.device.attribute('Blinds', 'windowCovering', 'currentPositionLiftPercent100ths')).toBe(0);
  });

  it('does not say done for a motor that stands still', async () => {
    await rig.device.fault('jam');
    const outcome = await rig.invoke('Blinds', 'set_cover', { position: 0 }, { timeoutMs: 4_000 });
    await rig.device.fault('none');
    expect(outcome).toMatchObject({ status: 'unknown' });
    expect(await rig.device.attribute('Blinds', 'windowCovering', 'currentPositionLiftPercent100ths')).toBe(0);
  });
});

describe('set_fan', () => {
  it('sets the speed, switches off and on', async () => {
    expect(await rig.invoke('Ceiling fan', 'set_fan', { speed: 60 })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Ceiling fan: on, 60 %',
      prior: { power: false },
    });
    expect(await rig.device.attributes('Ceiling fan', 'fanControl')).toMatchObject({ percentSetting: 60, fanMode: 2 });
    expect(await rig.invoke('Ceiling fan', 'set_fan', { power: false })).toMatchObject({
      receipt: 'Ceiling fan: off',
      prior: { power: true, speed: 60 },
    });
    expect(await rig.device.attribute('Ceiling fan', 'fanControl', 'percentCurrent')).toBe(0);
    expect(await rig.invoke('Ceiling fan', 'set_fan', { power: true })).toMatchObject({ status: 'done' });
    expect(await rig.device.attribute('Ceiling fan', 'fanControl', 'fanMode')).not.toBe(0);
  });
});

describe('control_vacuum', () => {
  const state = () => rig.device.attribute('Robbie', 'rvcOperationalState', 'operationalState');

  it('starts, stops and goes home', async () => {
    expect(await rig.invoke('Robbie', 'control_vacuum', { action: 'start' })).toMatchObject({
      status: 'done',
      proof: 'read-back',
      receipt: 'Robbie: cleaning',
      prior: null,
    });
    expect(await state()).toBe(1);
    expect(await rig.invoke('Robbie', 'control_vacuum', { action: 'stop' })).toMatchObject({
      receipt: 'Robbie: stopped',
    });
    expect(await state()).toBe(0);
    await rig.invoke('Robbie', 'control_vacuum', { action: 'start' });
    expect(await rig.invoke('Robbie', 'control_vacuum', { action: 'dock' })).toMatchObject({
      status: 'done',
      receipt: expect.stringMatching(/dock/),
    });
    await expect.poll(state, { timeout: 10_000 }).toBe(66);
  });
});

describe('check_smoke_detector and get_device_state', () => {
  it('tells of smoke', async () => {
    expect(await rig.invoke('Smoke alarm', 'check_smoke_detector', {})).toMatchObject({
      status: 'done',
      proof: 'read-back',
      data: { value: 'no smoke, no carbon monoxide' },
    });
    await rig.device.change('Smoke alarm', 'smokeCoAlarm', { smokeState: 2, batteryAlert: 1 });
    expect(await rig.invoke('Smoke alarm', 'check_smoke_detector', {})).toMatchObject({
      data: { value: 'smoke detected, no carbon monoxide, battery low' },
    });
  });

  it('tells what each thing is like', async () => {
    await rig.device.change('Hall light', 'onOff', { onOff: false });
    const said: Record<string, unknown> = {};
    for (const { name } of rig.transport.devices()) {
      const outcome = await rig.invoke(name, 'get_device_state', { name });
      said[name] = outcome.status === 'done' ? outcome.data?.value : outcome;
    }
    expect(said).toMatchObject({
      'Reading lamp': expect.stringMatching(/^on, 50 %, \d+ K$/),
      'Hall light': 'off',
      'Coffee machine': 'off',
      Heating: 'set to 21.5 °C, 20.5 °C now, mode heat',
      'Front door': 'not fully locked',
      Robbie: 'docked',
      'Smoke alarm': 'smoke detected, no carbon monoxide, battery low',
    });
  });
});

describe('a device that does not do what it was told', () => {
  it('says no: the call has failed, in its words', async () => {
    await rig.device.fault('refuse');
    const outcome = await rig.invoke('Coffee machine', 'set_switch', { name: 'coffee machine', power: true });
    await rig.device.fault('none');
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'DEVICE_REFUSED', detail: 'busy' } });
    expect(await rig.device.attribute('Coffee machine', 'onOff', 'onOff')).toBe(false);
  });

  it('says yes and does nothing: that is no success', async () => {
    await rig.device.fault('ignore');
    const outcome = await rig.invoke('Coffee machine', 'set_switch', { name: 'coffee machine', power: true });
    await rig.device.fault('none');
    expect(outcome).toMatchObject({ status: 'failed', failure: { code: 'STATE_DIFFERS' } });
  });
});

// The fabric of the same folder, opened anew: a device is added once and stays.
let isOpenedAnew = false;
describeTransport('Matter', async () => {
  if (!isOpenedAnew) {
    isOpenedAnew = true;
    await rig.transport[Symbol.asyncDispose]();
    rig.transport = new MatterTransport({ folder: rig.folder, virtual: true });
    await rig.transport.start({ signal: never(), timeoutMs: 30_000 });
  }
  return {
    transport: rig.transport,
    deviceId: rig.id('Coffee machine'),
    call: { function: 'set_switch', args: { name: 'coffee machine', power: true } },
    // It ends with the device.
    [Symbol.asyncDispose]: async () => {},
  };
});
