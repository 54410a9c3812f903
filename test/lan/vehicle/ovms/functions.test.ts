import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallArguments } from '../../../../src/core/plan.js';
import { hasMosquitto, Mosquitto } from '../../../support/mosquitto.js';
import { commandsOf, type OvmsRig, openOvms } from './ovms-rig.js';

interface Case {
  readonly function: string;
  readonly args: CallArguments;
  readonly command: string;
  readonly says: string;
  readonly metric: string;
  readonly is: boolean;
  readonly prior: Readonly<Record<string, boolean>>;
}

const cases: readonly Case[] = [
  {
    function: 'set_climate_power',
    args: { power: true },
    command: 'climatecontrol on',
    says: 'climate on',
    metric: 'v.e.hvac',
    is: true,
    prior: { power: false },
  },
  {
    function: 'set_charging',
    args: { enabled: true },
    command: 'charge start',
    says: 'charging',
    metric: 'v.c.charging',
    is: true,
    prior: { enabled: false },
  },
  {
    function: 'set_car_lock',
    args: { locked: false },
    command: 'unlock 1234',
    says: 'unlocked',
    metric: 'v.e.locked',
    is: false,
    prior: { locked: true },
  },
];

const kinds: readonly (readonly [string, 'own' | 'mosquitto', boolean])[] = [
  ['its own broker', 'own', true],
  ['mosquitto', 'mosquitto', true],
  ['its own broker, firmware before 3.3.006', 'own', false],
  ['mosquitto, firmware before 3.3.006', 'mosquitto', false],
];

describe.each(kinds)('functions of an OVMS car, through %s', (_, kind, answersRequests) => {
  describe.skipIf(kind === 'mosquitto' && !hasMosquitto())('are seen in the car', () => {
    let rig: OvmsRig;
    let mosquitto: Mosquitto | null = null;
    beforeEach(async () => {
      mosquitto = kind === 'mosquitto' ? await Mosquitto.start() : null;
      rig = await openOvms({ car: { answersRequests, ...(mosquitto ? { broker: mosquitto.url } : {}) } });
    });
    afterEach(async () => {
      await rig[Symbol.asyncDispose]();
      await mosquitto?.[Symbol.asyncDispose]();
    });

    it.each(cases)('$function, and back by its own prior', async (entry) => {
      const outcome = await rig.invoke(entry.function, entry.args);
      expect(outcome).toEqual({
        status: 'done',
        proof: 'read-back',
        receipt: entry.says,
        data: null,
        prior: entry.prior,
      });
      expect(rig.car.state().get(entry.metric)).toBe(entry.is);
      expect(commandsOf(rig.car)).toEqual([entry.command]);
      expect(await rig.invoke(entry.function, entry.prior)).toMatchObject({ status: 'done', prior: entry.args });
      expect(rig.car.state().get(entry.metric)).toBe(!entry.is);
    });

    it('a state that is so already is told the car all the same, and seen', async () => {
      expect(await rig.invoke('set_car_lock', { locked: true })).toMatchObject({
        status: 'done',
        proof: 'read-back',
        prior: { locked: true },
      });
      expect(commandsOf(rig.car)).toEqual(['lock 1234']);
    });

    it('get_vehicle_status, in the units of people', async () => {
      expect(await rig.invoke('get_vehicle_status', { item: 'all' })).toMatchObject({
        status: 'done',
        proof: 'read-back',
        data: {
          source: 'device',
          value:
            'battery 62.5 %; range 248 km; tyres: front left 2.4 bar, front right 2.4 bar, rear left 2.5 bar, rear right 2.5 bar; open: charge port, locked; odometer 23457 km',
        },
      });
      rig.car.set('v.d.fl', true);
      rig.car.set('v.b.soc', 17);
      expect(await rig.invoke('get_vehicle_status', { item: 'doors' })).toMatchObject({
        receipt: 'open: front left door, charge port, locked',
      });
      expect(await rig.invoke('get_vehicle_status', { item: 'battery' })).toMatchObject({ receipt: 'battery 17 %' });
      expect(rig.car.lines.every(({ line }) => line.startsWith('server v3 '))).toBe(true);
    });

    it('unlocking is refused while it drives, locking is not', async () => {
      rig.car.set('v.e.on', true);
      rig.car.set('v.p.speed', 31.4);
      expect(await rig.invoke('set_car_lock', { locked: false })).toMatchObject({
        status: 'refused',
        by: 'device',
        why: expect.stringContaining('driving at 31.4 km/h'),
      });
      expect(commandsOf(rig.car)).toEqual([]);
      expect(rig.car.state().get('v.e.locked')).toBe(true);
      expect(await rig.invoke('set_car_lock', { locked: true })).toMatchObject({ status: 'done' });
      rig.car.set('v.p.speed', 0);
      expect(await rig.invoke('set_car_lock', { locked: false })).toMatchObject({ status: 'done' });
    });
  });
});

describe('what an OVMS car is', () => {
  it('offers what every module can be told; locking only with a PIN', async () => {
    await using rig = await openOvms();
    expect(rig.transport.devices()).toMatchObject([
      {
        id: 'ovms:VIRTUAL1',
        kind: 'car',
        state: 'ready',
        stateReason: null,
        functions: ['set_climate_power', 'set_car_lock', 'set_charging', 'get_vehicle_status'],
        details: { model: 'DEMO', firmware: '3.3.006-virtual' },
      },
    ]);
    expect(JSON.stringify(rig.transport.devices())).not.toContain('1234');
    await using other = await openOvms({ withoutPin: true });
    expect(other.transport.devices()[0]?.functions).not.toContain('set_car_lock');
    expect(await other.invoke('set_car_lock', { locked: true })).toMatchObject({
      status: 'failed',
      failure: { code: 'FUNCTION_NOT_OFFERED' },
    });
    expect(commandsOf(other.car)).toEqual([]);
  });

  it('tyres of older firmware, one metric each; a wheel without a sensor is left out', async () => {
    const metrics = { 'v.t.pressure': null, 'v.tp.fl.p': 230, 'v.tp.fr.p': 231, 'v.tp.rl.p': 0, 'v.tp.rr.p': 251 };
    await using rig = await openOvms({ car: { metrics } });
    expect(await rig.invoke('get_vehicle_status', { item: 'tire_pressure' })).toMatchObject({
      receipt: 'tyres: front left 2.3 bar, front right 2.3 bar, rear right 2.5 bar',
    });
  });

  it('says so when the car has no value, and makes none up', async () => {
    await using rig = await openOvms({ car: { metrics: { 'v.b.range.est': null } } });
    expect(await rig.invoke('get_vehicle_status', { item: 'range' })).toMatchObject({
      status: 'failed',
      failure: { code: 'NO_VALUE' },
    });
  });

  it('charging is seen by v.c.state where the car has no v.c.charging', async () => {
    await using rig = await openOvms({ car: { metrics: { 'v.c.charging': null } } });
    expect(await rig.invoke('set_charging', { enabled: true })).toMatchObject({ status: 'done', proof: 'read-back' });
    expect(rig.car.state().get('v.c.state')).toBe('charging');
  });

  it.each([
    ['no speed, and off', { 'v.p.speed': null }, 'done'],
    ['no speed, and on', { 'v.p.speed': null, 'v.e.on': true }, 'refused'],
    ['standing, and on', { 'v.e.on': true }, 'done'],
    ['backwards', { 'v.p.speed': -3 }, 'refused'],
    ['a speed that is none', { 'v.p.speed': 'nan', 'v.e.on': null }, 'refused'],
    ['neither speed nor ignition in this car', { 'v.p.speed': null, 'v.e.on': null }, 'done'],
  ])('unlocking with %s', async (_, metrics, status) => {
    await using rig = await openOvms({ car: { metrics } });
    expect(await rig.invoke('set_car_lock', { locked: false })).toMatchObject({ status });
    expect(rig.car.state().get('v.e.locked')).toBe(status === 'refused');
  });
});
