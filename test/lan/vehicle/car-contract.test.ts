import { beforeEach, describe, expect, it, vi } from 'vitest';
import { carFunctions } from '../../../src/catalog/car.js';
import type { Outcome } from '../../../src/core/outcome.js';
import type { CallArguments } from '../../../src/core/plan.js';
import { VirtualCar } from '../../../src/virtual/car/virtual-car.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { makeCertificate } from '../../support/tls.js';
import { describeTransport } from '../../transport-contract.js';
import { type CarRig, openCar, wordsOf } from './car-rig.js';

const VIN = 'TNTCAR00VX7000042';
const quick = { latencyMs: 20, stepMs: 5, hornMs: 300, vin: VIN };

describeTransport('kuksa, on the virtual car', async () => {
  const car = await VirtualCar.start(quick);
  const rig = await openCar({ address: car.address });
  return {
    transport: rig.transport,
    deviceId: `kuksa:${VIN}`,
    call: { function: 'set_climate_temperature', args: { temperature: 21 } },
    [Symbol.asyncDispose]: async () => {
      await rig[Symbol.asyncDispose]();
      await car.stop();
    },
  };
});

interface Case {
  readonly function: string;
  readonly args: CallArguments;
  readonly status?: Outcome['status'];
  readonly proof?: 'read-back' | 'device-said';
  readonly says: RegExp;
  /** What the car itself must be afterwards, by path without "Vehicle.". */
  readonly is: Readonly<Record<string, string | number | boolean | null>>;
  readonly prior?: CallArguments | null;
}

const PLACES = ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'];
const everywhere = <T>(before: string, after: string, value: T): Record<string, T> =>
  Object.fromEntries(PLACES.map((place) => [`${before}.${place}.${after}`, value]));

const HVAC = 'Cabin.HVAC.Station';
const BATTERY = 'Powertrain.TractionBattery';
const GOAL = 'Cabin.Infotainment.Navigation.DestinationSet';

/** Every car function of the catalogue, with the effect that the car and the report must agree on. */
const cases: readonly Case[] = [
  {
    function: 'set_climate_temperature',
    args: { temperature: 21.3 },
    says: /climate at 21\.3 °C/,
    is: { [`${HVAC}.Row1.Driver.Temperature`]: Math.fround(21.3), [`${HVAC}.Row2.Driver.Temperature`]: 20 },
    prior: { temperature: 20 },
  },
  {
    function: 'set_climate_temperature',
    args: { temperature: 18, zone: 'rear' },
    says: /climate \(rear\) at 18 °C/,
    is: { [`${HVAC}.Row2.Passenger.Temperature`]: 18, [`${HVAC}.Row1.Driver.Temperature`]: 20 },
    prior: { temperature: 20, zone: 'rear' },
  },
  {
    function: 'set_climate_power',
    args: { power: true },
    says: /climate on/,
    is: { 'Cabin.HVAC.IsAirConditioningActive': true },
    prior: { power: false },
  },
  {
    function: 'set_fan_speed',
    args: { level: 60 },
    says: /fan at 60 %/,
    is: { [`${HVAC}.Row1.Driver.FanSpeed`]: 60, [`${HVAC}.Row1.Passenger.FanSpeed`]: 60 },
    prior: { level: 30 },
  },
  {
    function: 'set_defroster',
    args: { enabled: true, window: 'rear' },
    says: /rear defroster on/,
    is: { 'Cabin.HVAC.IsRearDefrosterActive': true, 'Cabin.HVAC.IsFrontDefrosterActive': false },
    prior: { enabled: false, window: 'rear' },
  },
  {
    function: 'set_seat_heating',
    args: { level: 70, seat: 'passenger' },
    says: /passenger seat heating at 70 %/,
    is: { 'Cabin.Seat.Row1.PassengerSide.HeatingCooling': 70, 'Cabin.Seat.Row1.DriverSide.HeatingCooling': 0 },
    prior: { level: 0, seat: 'passenger' },
  },
  {
    function: 'adjust_seat_position',
    args: { seat: 'driver', position: 'backward', distance: 30 },
    says: /driver seat 30 mm backward/,
    is: { 'Cabin.Seat.Row1.DriverSide.Position': 150 },
    prior: { seat: 'driver', position: 'forward', distance: 30 },
  },
  {
    function: 'adjust_seat_position',
    args: { seat: 'passenger', position: 'up' },
    says: /passenger seat 20 mm up/,
    is: { 'Cabin.Seat.Row1.PassengerSide.Height': 50 },
    prior: { seat: 'passenger', position: 'down', distance: 20 },
  },
  {
    function: 'control_window',
    args: { position: 40, window: 'rear_left' },
    says: /rear left window 40 % open/,
    is: { 'Cabin.Door.Row2.DriverSide.Window.Position': 40, 'Cabin.Door.Row1.DriverSide.Window.Position': 0 },
    prior: { position: 0, window: 'rear_left' },
  },
  {
    function: 'control_window',
    args: { position: 100, window: 'all' },
    says: /all windows open/,
    is: everywhere('Cabin.Door', 'Window.Position', 100),
    prior: { position: 0, window: 'all' },
  },
  {
    function: 'operate_sunroof',
    args: { action: 'open' },
    says: /sunroof open/,
    is: { 'Cabin.Sunroof.Position': 100 },
    prior: { action: 'close' },
  },
  {
    function: 'operate_sunroof',
    args: { action: 'tilt' },
    says: /sunroof tilted/,
    is: { 'Cabin.Sunroof.Position': -100 },
    prior: { action: 'close' },
  },
  {
    function: 'set_car_lock',
    args: { locked: false },
    says: /all 4 doors unlocked/,
    is: everywhere('Cabin.Door', 'IsLocked', false),
    prior: { locked: true },
  },
  { function: 'open_trunk', args: {}, says: /boot open/, is: { 'Body.Trunk.Rear.IsOpen': true }, prior: null },
  {
    function: 'set_headlights',
    args: { mode: 'high' },
    says: /high beam/,
    is: { 'Body.Lights.LightSwitch': 'BEAM', 'Body.Lights.Beam.High.IsOn': true, 'Body.Lights.Beam.Low.IsOn': true },
    prior: { mode: 'auto' },
  },
  {
    function: 'set_headlights',
    args: { mode: 'low' },
    says: /low beam/,
    is: { 'Body.Lights.LightSwitch': 'BEAM', 'Body.Lights.Beam.High.IsOn': false, 'Body.Lights.Beam.Low.IsOn': true },
    prior: { mode: 'auto' },
  },
  {
    function: 'set_ambient_light',
    args: { color: '紫色' },
    says: /紫色 \(#800080\)/,
    is: {
      ...everywhere('Cabin.Light.AmbientLight', 'Color', '#800080'),
      ...everywhere('Cabin.Light.AmbientLight', 'IsLightOn', true),
    },
    prior: { color: '#FFFFFF', power: false },
  },
  {
    function: 'flash_and_honk',
    args: {},
    says: /lights flashed and horn sounded/,
    is: { 'Body.Horn.IsActive': false, 'Body.Lights.Hazard.IsSignaling': false },
    prior: null,
  },
  {
    function: 'set_charging',
    args: { enabled: true },
    says: /^charging/,
    is: { [`${BATTERY}.Charging.IsCharging`]: true },
    prior: { enabled: false },
  },
  {
    function: 'set_charge_limit',
    args: { limit: 90 },
    says: /charges to 90 %/,
    is: { [`${BATTERY}.Charging.ChargeLimit`]: 90 },
    prior: { limit: 80 },
  },
  {
    function: 'get_vehicle_status',
    args: { item: 'all' },
    says: /^battery 62 %; range 248 km; tyres: front left 2\.4 bar, front right 2\.4 bar, rear left 2\.5 bar, rear right 2\.5 bar; doors shut, locked; odometer 23457 km$/,
    is: {},
    prior: null,
  },
  {
    function: 'navigate_to',
    args: { destination: '52.520008, 13.404954' },
    says: /52\.520008, 13\.404954/,
    is: { [`${GOAL}.Latitude`]: 52.520008, [`${GOAL}.Longitude`]: 13.404954 },
    prior: null,
  },
  {
    function: 'adjust_volume',
    args: { level: 45 },
    says: /volume 45 %/,
    is: { 'Cabin.Infotainment.Media.Volume': 45 },
    prior: { level: 25 },
  },
  {
    function: 'set_wipers',
    args: { mode: 'auto' },
    says: /wipers automatic/,
    is: { 'Body.Windshield.Front.Wiping.Mode': 'RAIN_SENSOR' },
    prior: { mode: 'off' },
  },
];

describe('car functions, on the virtual car', () => {
  let stack: Cleanup;
  let car: VirtualCar;
  let rig: CarRig;
  beforeEach(async () => {
    stack = new Cleanup();
    car = stack.use(await VirtualCar.start(quick));
    rig = stack.use(await openCar({ address: car.address }));
    return () => stack[Symbol.asyncDispose]();
  });
  const at = (path: string) => car.state().get(`Vehicle.${path}`);

  it.each(cases)('$function $args', async (expected) => {
    const outcome = await rig.invoke(expected.function, expected.args);
    expect(wordsOf(outcome), JSON.stringify(outcome)).toMatch(expected.says);
    expect(outcome).toMatchObject({ status: 'done', proof: 'read-back', prior: expected.prior });
    for (const [path, value] of Object.entries(expected.is)) expect([path, at(path)]).toEqual([path, value]);
  });

  const undoable = cases.filter(({ prior }) => prior);
  it.each(undoable)('$function $args is undone by its own prior', async (expected) => {
    const paths = Object.keys(expected.is);
    const before = paths.map(at);
    const outcome = await rig.invoke(expected.function, expected.args);
    if (outcome.status !== 'done' || outcome.prior === null) throw new Error(JSON.stringify(outcome));
    expect(await rig.invoke(expected.function, outcome.prior)).toMatchObject({ status: 'done' });
    expect(paths.map(at)).toEqual(before);
  });

  it('offers exactly the functions of the catalogue, and the contract knows all of them', () => {
    const names = carFunctions.map(({ name }) => name);
    expect(rig.transport.devices()).toMatchObject([{ id: `kuksa:${VIN}`, state: 'ready', functions: names }]);
    expect([...new Set(cases.map((entry) => entry.function))]).toEqual(names);
  });

  it('sends all windows, and both coordinates, in one batch; the key goes along', async () => {
    await rig.invoke('control_window', { position: 30, window: 'all' });
    const moments = new Set(car.effects.map(({ at: when }) => when));
    expect(car.effects).toHaveLength(4);
    expect(moments.size).toBe(1);
    expect(new Set(car.effects.map(({ key }) => key))).toEqual(new Set(['key-1']));
  });

  it('really honked and flashed', async () => {
    await rig.invoke('flash_and_honk');
    const told = car.effects.map(({ path, value }) => `${path.split('.').slice(-2).join('.')} ${value}`);
    expect(told).toEqual([
      'Horn.IsActive true',
      'Hazard.IsSignaling true',
      'Horn.IsActive false',
      'Hazard.IsSignaling false',
    ]);
  });

  it('refuses to open anything while the car drives, and the car is told nothing', async () => {
    car.set('Vehicle.Speed', 30);
    for (const [name, args] of [
      ['set_car_lock', { locked: false }],
      ['open_trunk', {}],
      ['control_window', { position: 10, window: 'all' }],
      ['operate_sunroof', { action: 'open' }],
      ['adjust_seat_position', { seat: 'driver', position: 'up' }],
      ['flash_and_honk', {}],
    ] as const) {
      expect(await rig.invoke(name, args)).toMatchObject({ status: 'refused', by: 'device' });
    }
    expect(car.effects).toEqual([]);
  });

  it('is unknown when a seat ends at its rails, which VSS does not tell', async () => {
    const slow = stack.use(await openCar({ address: car.address, confirmMs: 400 }));
    const args = { seat: 'driver', position: 'backward', distance: 9_000 };
    const outcome = await slow.invoke('adjust_seat_position', args);
    expect(outcome).toMatchObject({ status: 'unknown', why: expect.stringMatching(/still says 260 mm/) });
  });

  it('is unknown when the car ignores it', async () => {
    const slow = stack.use(await openCar({ address: car.address, confirmMs: 300 }));
    car.faults.ignore('Vehicle.Body.Trunk.Rear.IsOpen');
    expect(await slow.invoke('open_trunk')).toMatchObject({ status: 'unknown' });
  });

  it.each([
    ['deny', 'PERMISSION_DENIED'],
    ['noProvider', 'NO_PROVIDER'],
    ['notFound', 'SIGNAL_NOT_FOUND'],
  ] as const)('%s is the failure %s', async (fault, code) => {
    car.faults[fault]('Vehicle.Cabin.Infotainment.Media.Volume');
    expect(await rig.invoke('adjust_volume', { level: 5 })).toMatchObject({ status: 'failed', failure: { code } });
    car.faults.heal();
    expect(await rig.invoke('adjust_volume', { level: 5 })).toMatchObject({ status: 'done' });
  });

  it('takes the word of a car whose value it may not read', async () => {
    car.faults.deny('Vehicle.Cabin.Infotainment.Media.Volume', 'read');
    expect(await rig.invoke('adjust_volume', { level: 5 })).toMatchObject({ status: 'done', proof: 'device-said' });
    await vi.waitFor(() => expect(at('Cabin.Infotainment.Media.Volume')).toBe(5));
  });

  it('says unknown when the connection is cut on the way, and reaches the car again', async () => {
    car.faults.delay(400);
    const outcome = rig.invoke('open_trunk');
    await vi.waitFor(() => expect(car.effects).toHaveLength(1), { timeout: 5_000 });
    car.faults.dropConnections();
    expect(await outcome).toMatchObject({ status: 'unknown' });
    car.faults.heal();
    await vi.waitFor(() => expect(rig.transport.devices()[0]?.state).toBe('ready'), { timeout: 5_000 });
    expect(await rig.invoke('adjust_volume', { level: 5 })).toMatchObject({ status: 'done' });
    expect(car.effects.filter(({ path }) => path.includes('Trunk'))).toHaveLength(1);
  });

  it('ends what is under way when it is closed', async () => {
    car.faults.ignore('Vehicle.Body.Trunk.Rear.IsOpen');
    const outcome = rig.invoke('open_trunk', {}, { timeoutMs: 60_000 });
    await vi.waitFor(() => expect(rig.transport.devices()[0]?.state).toBe('ready'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const closed = performance.now();
    await rig[Symbol.asyncDispose]();
    expect(await outcome).toMatchObject({ status: 'unknown', why: expect.stringMatching(/Cancelled/) });
    expect(performance.now() - closed).toBeLessThan(2_000);
  });

  it('keeps to the deadline with a car that hangs', async () => {
    car.faults.delay(60_000);
    const started = performance.now();
    expect(await rig.invoke('adjust_volume', { level: 5 }, { timeoutMs: 300 })).toMatchObject({ status: 'failed' });
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(car.effects).toEqual([]);
  });
});

describe('TLS and token, on the virtual car', () => {
  let stack: Cleanup;
  beforeEach(() => {
    stack = new Cleanup();
    return () => stack[Symbol.asyncDispose]();
  });
  const deviceOf = ({ transport }: CarRig) => transport.devices()[0];

  it('reaches a car over TLS with its token, and none with a wrong token or an unknown certificate', async () => {
    const { key, cert } = makeCertificate(stack.use(temporaryFolder()).path);
    const car = stack.use(await VirtualCar.start({ ...quick, tls: { key, cert }, token: 'right' }));
    const { address } = car;
    const good = stack.use(await openCar({ address, token: 'right', tls: { ca: cert } }));
    expect(deviceOf(good)).toMatchObject({ state: 'ready', id: `kuksa:${VIN}` });
    expect(await good.invoke('adjust_volume', { level: 33 })).toMatchObject({ status: 'done', proof: 'read-back' });

    const wrong = stack.use(await openCar({ address, token: 'wrong', tls: { ca: cert } }));
    expect(deviceOf(wrong)).toMatchObject({ state: 'unauthorized', stateReason: expect.stringMatching(/token/) });
    const none = stack.use(await openCar({ address, tls: { ca: cert } }));
    expect(deviceOf(none)).toMatchObject({ state: 'unauthorized' });
    const stranger = stack.use(await openCar({ address, token: 'right', tls: {} }));
    expect(deviceOf(stranger)).toMatchObject({
      state: 'unauthorized',
      stateReason: expect.stringMatching(/certificate/),
    });
    const plain = stack.use(await openCar({ address, token: 'right' }));
    expect(deviceOf(plain)).toMatchObject({ state: 'offline' });
  });

  it('sends the token in clear to this machine alone', async () => {
    const car = stack.use(await VirtualCar.start({ ...quick, token: 'right' }));
    const rig = stack.use(await openCar({ address: car.address, token: 'right' }));
    expect(deviceOf(rig)).toMatchObject({ state: 'ready' });
    const wrong = stack.use(await openCar({ address: car.address, token: 'wrong' }));
    expect(deviceOf(wrong)).toMatchObject({ state: 'unauthorized', stateReason: expect.stringMatching(/token/) });
  });
});
