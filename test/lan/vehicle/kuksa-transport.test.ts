import { status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Device } from '../../../src/core/device.js';
import { KuksaTransport } from '../../../src/lan/vehicle/kuksa-transport.js';
import type { Scalar } from '../../../src/lan/vehicle/signal-value.js';
import { Cleanup } from '../../support/cleanup.js';
import { freePort } from '../../support/free-port.js';
import { describeTransport } from '../../transport-contract.js';
import { type CarRig, openCar, wordsOf } from './car-rig.js';
import { ScriptedCar, type Told } from './scripted-car.js';
import { leavesOf, type Release } from './vss-releases.js';

const VIN = 'WVWZZZTEST0000001';
const standing = { 'VehicleIdentification.VIN': VIN, Speed: 0 };

describeTransport('kuksa', async () => {
  const car = await ScriptedCar.start(leavesOf('6.0'), standing);
  const rig = await openCar({ address: car.address });
  return {
    transport: rig.transport,
    deviceId: `kuksa:${VIN}`,
    call: { function: 'adjust_volume', args: { level: 30 } },
    [Symbol.asyncDispose]: async () => {
      await rig[Symbol.asyncDispose]();
      await car[Symbol.asyncDispose]();
    },
  };
});

describe('a car over gRPC', () => {
  let stack: Cleanup;
  beforeEach(() => {
    stack = new Cleanup();
    return () => stack[Symbol.asyncDispose]();
  });

  async function open(
    release: Release,
    values: Readonly<Record<string, Scalar>> = {},
    options: { confirmMs?: number } = {},
  ): Promise<{ car: ScriptedCar; rig: CarRig }> {
    const car = stack.use(await ScriptedCar.start(leavesOf(release), { ...standing, ...values }));
    return { car, rig: stack.use(await openCar({ address: car.address, ...options })) };
  }
  const last = (car: ScriptedCar): readonly (readonly [string, Scalar])[] =>
    (car.commands.at(-1) ?? []).map(({ path, value }: Told) => [path.replace('Vehicle.', ''), value] as const);

  describe('other releases of VSS', () => {
    it('3: sends whole degrees to the left seat, as int8', async () => {
      const { car, rig } = await open('3.1.1', { 'Cabin.HVAC.Station.Row1.Left.Temperature': 19 });
      expect(await rig.invoke('set_climate_temperature', { temperature: 21.4, zone: 'driver' })).toMatchObject({
        status: 'done',
        proof: 'read-back',
        prior: { temperature: 19, zone: 'driver' },
      });
      expect(last(car)).toEqual([['Cabin.HVAC.Station.Row1.Left.Temperature', 21]]);
    });

    it('3: opens a window all the way by its switch, and knows it by its position', async () => {
      const { car, rig } = await open('3.1.1', { 'Cabin.Door.Row1.Left.Window.Position': 0 });
      car.onActuate = () => car.publish([{ path: 'Vehicle.Cabin.Door.Row1.Left.Window.Position', value: 100 }]);
      expect(await rig.invoke('control_window', { position: 100, window: 'driver' })).toMatchObject({
        status: 'done',
        proof: 'read-back',
        prior: { position: 0, window: 'driver' },
      });
      expect(last(car)).toEqual([['Cabin.Door.Row1.Left.Window.Switch', 'ONE_SHOT_OPEN']]);
      const half = await rig.invoke('control_window', { position: 50, window: 'driver' });
      expect(half).toMatchObject({ status: 'refused', by: 'device', why: expect.stringMatching(/half open/) });
      expect(car.commands).toHaveLength(1);
    });

    it('3: a switch without a position is taken at its word', async () => {
      const { rig } = await open('3.1.1');
      expect(await rig.invoke('control_window', { position: 0, window: 'rear_left' })).toMatchObject({
        status: 'done',
        proof: 'device-said',
      });
    });

    it('3.0: lamps in place of the light switch, and no automatic', async () => {
      const { car, rig } = await open('3.0', { 'Body.Lights.IsLowBeamOn': true, 'Body.Lights.IsHighBeamOn': false });
      expect(await rig.invoke('set_headlights', { mode: 'high' })).toMatchObject({
        status: 'done',
        prior: { mode: 'low' },
      });
      expect(last(car)).toEqual([
        ['Body.Lights.IsLowBeamOn', true],
        ['Body.Lights.IsHighBeamOn', true],
      ]);
      expect(await rig.invoke('set_headlights', { mode: 'auto' })).toMatchObject({ status: 'refused', by: 'device' });
    });

    it('reads lengths in their unit: kilometres up to 5, metres in 6', async () => {
      const five = await open('5.1', { TraveledDistance: 12_345.6 });
      expect(wordsOf(await five.rig.invoke('get_vehicle_status', { item: 'odometer' }))).toBe('odometer 12346 km');
      const six = await open('6.0', { TraveledDistance: 12_345_600 });
      expect(wordsOf(await six.rig.invoke('get_vehicle_status', { item: 'odometer' }))).toBe('odometer 12346 km');
    });

    it('rear left is the passenger side where the wheel is on the right', async () => {
      const { car, rig } = await open('6.0', { 'Cabin.DriverPosition': 'RIGHT' });
      await rig.invoke('control_window', { position: 10, window: 'rear_left' });
      expect(last(car)).toEqual([['Cabin.Door.Row2.PassengerSide.Window.Position', 10]]);
    });
  });

  it('leaves out places that a whole VSS tree lists and nothing feeds, where nobody named them', async () => {
    const { car, rig } = await open('6.0', { 'Cabin.HVAC.Station.Row1.Driver.Temperature': 20 });
    expect(await rig.invoke('set_climate_temperature', { temperature: 22.5 })).toMatchObject({ status: 'done' });
    expect(last(car)).toEqual([['Cabin.HVAC.Station.Row1.Driver.Temperature', 22.5]]);
  });

  it('checks the range of the live metadata before anything is sent', async () => {
    const leaves = leavesOf('6.0').map((leaf) =>
      leaf.path.endsWith('Temperature') ? { ...leaf, min: 16, max: 28 } : leaf,
    );
    const car = stack.use(await ScriptedCar.start(leaves, standing));
    const rig = stack.use(await openCar({ address: car.address }));
    expect(await rig.invoke('set_climate_temperature', { temperature: 30 })).toEqual({
      status: 'refused',
      by: 'device',
      why: 'The car takes 16 to 28 °C.',
    });
    expect(car.commands).toEqual([]);
  });

  describe('answers of the car', () => {
    it.each([
      [status.NOT_FOUND, 'SIGNAL_NOT_FOUND'],
      [status.PERMISSION_DENIED, 'PERMISSION_DENIED'],
      [status.UNAUTHENTICATED, 'UNAUTHORIZED'],
      [status.INVALID_ARGUMENT, 'VALUE_NOT_ACCEPTED'],
      [status.OUT_OF_RANGE, 'VALUE_NOT_ACCEPTED'],
      [status.UNAVAILABLE, 'NO_PROVIDER'],
      [status.UNIMPLEMENTED, 'NO_PROVIDER'],
    ])('status %i is the failure %s', async (code, failure) => {
      const { car, rig } = await open('6.0');
      car.refusal = { code, details: 'its own words\u001b[2J' };
      const outcome = await rig.invoke('adjust_volume', { level: 10 });
      expect(outcome).toMatchObject({ status: 'failed', failure: { code: failure, detail: 'its own words [2J' } });
    });

    it.each([status.INTERNAL, status.DATA_LOSS, status.DEADLINE_EXCEEDED])(
      'status %i leaves open what happened',
      async (code) => {
        const { car, rig } = await open('6.0');
        car.refusal = { code, details: 'oh' };
        expect(await rig.invoke('adjust_volume', { level: 10 })).toMatchObject({ status: 'unknown' });
      },
    );

    it('takes the word of a car that may be told and not be read', async () => {
      const { car, rig } = await open('6.0');
      car.unreadable.add('Vehicle.Cabin.Infotainment.Media.Volume');
      expect(await rig.invoke('adjust_volume', { level: 10 })).toMatchObject({ status: 'done', proof: 'device-said' });
      expect(car.commands).toHaveLength(1);
    });

    it('gives a status of what it may read', async () => {
      const { car, rig } = await open('6.0', {
        'Powertrain.TractionBattery.StateOfCharge.Current': 55.4,
        'Powertrain.Range': 210_000,
      });
      car.unreadable.add('Vehicle.Powertrain.TractionBattery.StateOfCharge.Current');
      expect(wordsOf(await rig.invoke('get_vehicle_status', { item: 'all' }))).toBe('range 210 km');
      expect(await rig.invoke('get_vehicle_status', { item: 'tire_pressure' })).toMatchObject({
        status: 'failed',
        failure: { code: 'NO_VALUE' },
      });
    });

    it('treats numbers that are none as no value', async () => {
      const { rig } = await open('6.0', { 'Powertrain.TractionBattery.StateOfCharge.Current': Number.NaN });
      expect(await rig.invoke('get_vehicle_status', { item: 'battery' })).toMatchObject({ status: 'failed' });
    });
  });

  describe('confirmation', () => {
    it('is unknown when the car takes the command and does nothing', async () => {
      const { car, rig } = await open('6.0', { 'Cabin.Infotainment.Media.Volume': 25 }, { confirmMs: 200 });
      car.onActuate = () => {};
      const outcome = await rig.invoke('adjust_volume', { level: 30 });
      expect(outcome).toMatchObject({ status: 'unknown', why: expect.stringMatching(/still says 25 %/) });
    });

    it('waits for the value on its way, past values in between', async () => {
      const { car, rig } = await open('6.0', { 'Cabin.Door.Row1.DriverSide.Window.Position': 80 });
      const path = 'Vehicle.Cabin.Door.Row1.DriverSide.Window.Position';
      car.onActuate = () => {
        [60, 40, 20].forEach((value, index) => {
          setTimeout(() => car.publish([{ path, value }]), (index + 1) * 30);
        });
      };
      const outcome = await rig.invoke('control_window', { position: 20, window: 'driver' });
      expect(outcome).toMatchObject({ status: 'done', proof: 'read-back', prior: { position: 80, window: 'driver' } });
      expect(car.values.get(path)).toBe(20);
    });

    it('is sent, and asked anew, where it was so before', async () => {
      const { car, rig } = await open('6.0', { 'Cabin.Infotainment.Media.Volume': 30 });
      expect(await rig.invoke('adjust_volume', { level: 30 })).toMatchObject({ status: 'done', proof: 'read-back' });
      expect(car.commands).toHaveLength(1);
    });

    it('does not believe an old value that is gone when the car is asked anew', async () => {
      const path = 'Vehicle.Cabin.Infotainment.Media.Volume';
      const { car, rig } = await open('6.0', { 'Cabin.Infotainment.Media.Volume': 30 }, { confirmMs: 300 });
      // The value moves away while the command is taken, and the subscription does not tell of it.
      car.onActuate = () => void car.values.set(path, 90);
      const outcome = rig.invoke('adjust_volume', { level: 30 });
      expect(await outcome).toMatchObject({ status: 'unknown' });
    });

    it('is unknown when the connection breaks after sending, and the car is reached again', async () => {
      const port = await freePort();
      const first = await ScriptedCar.start(leavesOf('6.0'), standing, port);
      const rig = stack.use(await openCar({ address: `127.0.0.1:${port}` }));
      first.onActuate = () => void first[Symbol.asyncDispose]();
      expect(await rig.invoke('adjust_volume', { level: 11 })).toMatchObject({ status: 'unknown' });
      await vi.waitFor(() => expect(rig.transport.devices()[0]?.state).toBe('offline'));
      expect(await rig.invoke('adjust_volume', { level: 11 })).toMatchObject({
        status: 'failed',
        failure: { code: 'DEVICE_NOT_READY' },
      });
      stack.use(await ScriptedCar.start(leavesOf('6.0'), standing, port));
      await vi.waitFor(() => expect(rig.transport.devices()[0]?.state).toBe('ready'), { timeout: 5_000 });
      expect(await rig.invoke('adjust_volume', { level: 11 })).toMatchObject({ status: 'done' });
    });
  });

  describe('while it drives', () => {
    const opening: readonly (readonly [string, Readonly<Record<string, Scalar>>])[] = [
      ['set_car_lock', { locked: false }],
      ['open_trunk', {}],
      ['control_window', { position: 50, window: 'driver' }],
      ['operate_sunroof', { action: 'open' }],
      ['operate_sunroof', { action: 'tilt' }],
      ['adjust_seat_position', { seat: 'driver', position: 'backward', distance: 10 }],
      ['flash_and_honk', {}],
    ];
    const inside = { 'Cabin.Seat.Row1.DriverSide.Position': 100, 'Cabin.Door.Row1.DriverSide.Window.Position': 20 };

    it.each(opening)('%s %o is refused at 12 km/h, in reverse, and when the speed is not told', async (name, args) => {
      const { car, rig } = await open('6.0', { ...inside, Speed: 12 });
      const outcome = await rig.invoke(name, args);
      expect(outcome).toMatchObject({
        status: 'refused',
        by: 'device',
        why: expect.stringMatching(/driving at 12 km\/h/),
      });
      car.values.set('Vehicle.Speed', -0.5);
      expect(await rig.invoke(name, args)).toMatchObject({ status: 'refused', by: 'device' });
      car.values.set('Vehicle.Speed', null);
      expect(wordsOf(await rig.invoke(name, args))).toMatch(/does not say whether it stands still/);
      car.unreadable.add('Vehicle.Speed');
      expect(wordsOf(await rig.invoke(name, args))).toMatch(/does not say whether it stands still/);
      expect(car.commands).toEqual([]);
    });

    it('shuts, locks and warms all the same', async () => {
      const { rig } = await open('6.0', { ...inside, Speed: 120 });
      expect(await rig.invoke('control_window', { position: 0, window: 'driver' })).toMatchObject({ status: 'done' });
      expect(await rig.invoke('set_car_lock', { locked: true })).toMatchObject({ status: 'done' });
      expect(await rig.invoke('set_seat_heating', { level: 40 })).toMatchObject({ status: 'done' });
    });

    it('leaves a car without any signal for its speed to the user', async () => {
      const leaves = leavesOf('6.0').filter(({ path }) => path !== 'Speed' && path !== 'IsMoving');
      const car = stack.use(await ScriptedCar.start(leaves, { 'VehicleIdentification.VIN': VIN }));
      const rig = stack.use(await openCar({ address: car.address }));
      expect(await rig.invoke('open_trunk')).toMatchObject({ status: 'done' });
    });
  });

  it('switches the horn off when the call is cancelled in the middle of it', async () => {
    const { car, rig } = await open('6.0', { 'Body.Horn.IsActive': false, 'Body.Lights.Hazard.IsSignaling': false });
    const controller = new AbortController();
    const outcome = rig.invoke('flash_and_honk', {}, controller);
    await vi.waitFor(() => expect(car.values.get('Vehicle.Body.Horn.IsActive')).toBe(true));
    controller.abort();
    expect(await outcome).toMatchObject({ status: 'unknown' });
    await vi.waitFor(() => expect(car.values.get('Vehicle.Body.Horn.IsActive')).toBe(false));
    expect(car.values.get('Vehicle.Body.Lights.Hazard.IsSignaling')).toBe(false);
  });

  it('leaves hazard lights on that were on', async () => {
    const { car, rig } = await open('6.0', { 'Body.Horn.IsActive': false, 'Body.Lights.Hazard.IsSignaling': true });
    expect(await rig.invoke('flash_and_honk')).toMatchObject({ status: 'done', receipt: 'horn sounded' });
    expect(car.commands.flat().map(({ path }) => path)).toEqual([
      'Vehicle.Body.Horn.IsActive',
      'Vehicle.Body.Horn.IsActive',
    ]);
  });

  it('does not start to charge without a cable', async () => {
    const { car, rig } = await open('4.0', { 'Powertrain.TractionBattery.Charging.IsChargingCableConnected': false });
    expect(wordsOf(await rig.invoke('set_charging', { enabled: true }))).toMatch(/No charging cable/);
    expect(car.commands).toEqual([]);
  });

  it('takes coordinates and no names', async () => {
    const { car, rig } = await open('6.0');
    expect(wordsOf(await rig.invoke('navigate_to', { destination: 'Alexanderplatz' }))).toMatch(/coordinates only/);
    expect(wordsOf(await rig.invoke('navigate_to', { destination: '95, 13' }))).toMatch(/no such place/);
    expect(car.commands).toEqual([]);
  });

  it('keeps a seat on its rails', async () => {
    const { car, rig } = await open('6.0', { 'Cabin.Seat.Row1.DriverSide.Position': 12 });
    const move = (distance?: number) =>
      rig.invoke('adjust_seat_position', { seat: 'driver', position: 'forward', ...(distance ? { distance } : {}) });
    expect(wordsOf(await move(50))).toBe('The driver seat can go 12 mm further forward, not 50 mm.');
    expect(await move()).toMatchObject({
      status: 'done',
      prior: { seat: 'driver', position: 'backward', distance: 12 },
    });
    expect(car.values.get('Vehicle.Cabin.Seat.Row1.DriverSide.Position')).toBe(0);
    expect(wordsOf(await move())).toMatch(/all the way forward already/);
  });

  describe('the device', () => {
    const stateOf = ({ transport }: CarRig): Device | undefined => transport.devices()[0];

    it('is known by its VIN, and by a given id where it has none', async () => {
      const { rig } = await open('6.0');
      expect(stateOf(rig)).toMatchObject({
        id: `kuksa:${VIN}`,
        kind: 'car',
        name: 'My car',
        transport: 'kuksa',
        virtual: true,
      });
      const car = stack.use(await ScriptedCar.start(leavesOf('6.0'), { Speed: 0 }));
      const other = stack.use(await openCar({ address: car.address, id: 'garage' }));
      expect(stateOf(other)).toMatchObject({ id: 'kuksa:garage', state: 'ready' });
    });

    it('is offline with a reason while nothing listens', async () => {
      const rig = stack.use(await openCar({ address: `127.0.0.1:${await freePort()}` }));
      expect(stateOf(rig)).toMatchObject({
        state: 'offline',
        stateReason: expect.stringMatching(/not reached.*switched on/),
      });
    });

    it('is unsupported when the metadata is nonsense', async () => {
      const leaves = leavesOf('6.0');
      const nonsense = () => [{ path: '', data_type: 'DATA_TYPE_FLOAT' }];
      const car = stack.use(await ScriptedCar.start(leaves, standing, 0, nonsense));
      const rig = stack.use(await openCar({ address: car.address }));
      expect(stateOf(rig)).toMatchObject({ state: 'unsupported' });
    });
  });
});

describe('a token', () => {
  const open =
    (address: string, token = 'abc') =>
    () =>
      new KuksaTransport({ address, name: 'My car', token, virtual: false });
  let opened: KuksaTransport | null = null;
  afterEach(() => opened?.[Symbol.asyncDispose]());

  it.each(['192.168.1.20:55555', 'car.local', '[fe80::1]:55555', '127.0.0.1.example.org:1'])(
    'does not go to %s without TLS',
    (address) => {
      expect(open(address)).toThrow(/everyone in the network/);
    },
  );

  it('goes to this machine, and to others over TLS', () => {
    for (const address of ['localhost:55555', '127.0.0.1', '[::1]:55555']) expect(open(address)).not.toThrow();
    opened = new KuksaTransport({ address: '192.168.1.20', name: 'My car', token: 'abc', tls: {}, virtual: false });
  });

  it('is one line, and an address is host and port', () => {
    expect(open('localhost', 'two\nlines')).toThrow(/token/);
    for (const address of ['', 'unix:/tmp/x', 'http://car:1', 'car:99999', 'a b']) {
      expect(open(address)).toThrow(/not the address|token/);
    }
  });
});
