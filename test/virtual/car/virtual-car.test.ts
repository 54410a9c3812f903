import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualCar, type VirtualCarOptions } from '../../../src/virtual/car/virtual-car.js';
import { Cleanup } from '../../support/cleanup.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { makeCertificate } from '../../support/tls.js';
import { describeKuksa } from './kuksa-contract.js';
import { RawClient, type RawClientOptions, statusOf } from './raw-client.js';

describeKuksa('the virtual car, as a server of kuksa.val.v2', async () => {
  const car = await VirtualCar.start({ latencyMs: 20, stepMs: 2 });
  const client = new RawClient({ address: car.address });
  return {
    client,
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await car.stop();
    },
  };
});

const HORN = 'Vehicle.Body.Horn.IsActive';
const VOLUME = 'Vehicle.Cabin.Infotainment.Media.Volume';
const WINDOW = 'Vehicle.Cabin.Door.Row1.DriverSide.Window';
const SUNROOF = 'Vehicle.Cabin.Sunroof';
const TRUNK = 'Vehicle.Body.Trunk.Rear';
const SEAT = 'Vehicle.Cabin.Seat.Row1.DriverSide';
const BATTERY = 'Vehicle.Powertrain.TractionBattery';
const START_STOP = `${BATTERY}.Charging.StartStopCharging`;
const IS_CHARGING = `${BATTERY}.Charging.IsCharging`;
const LIMIT = `${BATTERY}.Charging.ChargeLimit`;
const CABLE = `${BATTERY}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected`;
const CHARGE = `${BATTERY}.StateOfCharge.Current`;

describe('the virtual car', () => {
  let cleanup: Cleanup;
  beforeEach(() => {
    cleanup = new Cleanup();
  });
  afterEach(() => cleanup[Symbol.asyncDispose]());

  async function start(options: VirtualCarOptions = {}, caller: Omit<RawClientOptions, 'address'> = {}) {
    const car = cleanup.use(await VirtualCar.start({ latencyMs: 20, stepMs: 2, ...options }));
    const client = cleanup.use(new RawClient({ address: car.address, ...caller }));
    const watch = (...paths: string[]) => cleanup.use(client.watch(...paths));
    return { car, client, watch };
  }

  describe('carries commands out', () => {
    it('after its latency, not before, and says when and for whom', async () => {
      const { car, client } = await start({ latencyMs: 300 }, { headers: { 'idempotency-key': 'k-1' } });
      const sent = Date.now();
      await client.actuate(VOLUME, { uint32: 60 });
      expect(car.state().get(VOLUME)).toBe(25);
      expect(car.effects).toEqual([]);
      await expect.poll(() => car.state().get(VOLUME), { timeout: 3_000 }).toBe(60);
      expect(car.effects).toEqual([{ path: VOLUME, value: 60, at: expect.any(Number), key: 'k-1' }]);
      expect((car.effects[0]?.at ?? 0) - sent).toBeGreaterThanOrEqual(299);
    });

    it('with a latency per command', async () => {
      const { car, client, watch } = await start({ latencyMs: ({ path }) => (path === VOLUME ? 60_000 : 0) });
      await client.actuate(VOLUME, { uint32: 60 });
      const lock = 'Vehicle.Cabin.Door.Row1.DriverSide.IsLocked';
      const seen = watch(lock);
      await client.actuate(lock, { bool: false });
      await seen.until((values) => values[lock] === false);
      expect(car.effects.map(({ path }) => path)).toEqual([lock]);
      expect(car.effects[0]).not.toHaveProperty('key');
    });

    it('a batch at one moment, told in one message', async () => {
      const { client, watch } = await start();
      const latitude = 'Vehicle.Cabin.Infotainment.Navigation.DestinationSet.Latitude';
      const longitude = 'Vehicle.Cabin.Infotainment.Navigation.DestinationSet.Longitude';
      const seen = watch(latitude, longitude);
      await seen.until(() => seen.messages.length > 0);
      await client.batch([latitude, { double: 1.5 }], [longitude, { double: 2.5 }]);
      await seen.until((values) => values[latitude] === 1.5);
      expect(seen.messages.at(-1)).toEqual({ [latitude]: 1.5, [longitude]: 2.5 });
    });
  });

  describe('moves', () => {
    it('windows step by step, and knows whether they are open', async () => {
      const { client, watch } = await start();
      const seen = watch(`${WINDOW}.Position`, `${WINDOW}.IsOpen`);
      await seen.until((values) => values[`${WINDOW}.Position`] === 0);
      await client.actuate(`${WINDOW}.Position`, { uint32: 60 });
      await seen.until((values) => values[`${WINDOW}.Position`] === 60 && values[`${WINDOW}.IsOpen`] === true);
      const way = seen.messages.flatMap((message) => message[`${WINDOW}.Position`] ?? []);
      expect(way).toEqual([0, 25, 50, 60]);
      await client.actuate(`${WINDOW}.Switch`, { string: 'ONE_SHOT_CLOSE' });
      await seen.until((values) => values[`${WINDOW}.Position`] === 0 && values[`${WINDOW}.IsOpen`] === false);
      await expect.poll(() => client.get(`${WINDOW}.Switch`)).toBe('INACTIVE');
    });

    it('a window to the last of two commands', async () => {
      const { car, client } = await start({ stepMs: 100, latencyMs: 0 });
      await client.actuate(`${WINDOW}.Position`, { uint32: 100 });
      await client.actuate(`${WINDOW}.Position`, { uint32: 10 });
      await expect.poll(() => car.state().get(`${WINDOW}.Position`), { timeout: 3_000 }).toBe(10);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(car.state().get(`${WINDOW}.Position`)).toBe(10);
    });

    it.each([
      ['OPEN', 100, 'OPEN'],
      ['TILT_UP', -100, 'TILT_UP'],
      ['ONE_SHOT_OPEN', 100, 'INACTIVE'],
    ])('the sunroof by its switch %s: the position follows to %i', async (to, position, left) => {
      const { client, watch } = await start();
      const seen = watch(`${SUNROOF}.Position`, `${SUNROOF}.Switch`);
      await seen.until((values) => values[`${SUNROOF}.Position`] === 0);
      await client.actuate(`${SUNROOF}.Switch`, { string: to });
      await seen.until((v) => v[`${SUNROOF}.Position`] === position && v[`${SUNROOF}.Switch`] === left);
      await client.actuate(`${SUNROOF}.Switch`, { string: 'CLOSE' });
      await seen.until((values) => values[`${SUNROOF}.Position`] === 0);
    });

    it('the sunroof until its switch is let go', async () => {
      const { car, client, watch } = await start({ stepMs: 200, latencyMs: 0 });
      const seen = watch(`${SUNROOF}.Position`);
      await client.actuate(`${SUNROOF}.Switch`, { string: 'OPEN' });
      await seen.until((values) => values[`${SUNROOF}.Position`] === 25);
      await client.actuate(`${SUNROOF}.Switch`, { string: 'INACTIVE' });
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(car.state().get(`${SUNROOF}.Position`)).toBeLessThan(100);
    });

    it('the trunk, which is then not locked', async () => {
      const { car, client, watch } = await start();
      const seen = watch(`${TRUNK}.Position`, `${TRUNK}.IsOpen`, `${TRUNK}.IsLocked`);
      await client.actuate(`${TRUNK}.IsOpen`, { bool: true });
      await seen.until((values) => values[`${TRUNK}.Position`] === 100 && values[`${TRUNK}.IsOpen`] === true);
      expect(car.state().get(`${TRUNK}.IsLocked`)).toBe(false);
      const messages = seen.messages.length;
      await client.actuate(`${TRUNK}.IsOpen`, { bool: true });
      // Whoever asks again hears of it again.
      await seen.until(() => seen.messages.slice(messages).some((message) => message[`${TRUNK}.IsOpen`] === true));
    });

    it('seats by steps, no further than their rails', async () => {
      const { client, watch } = await start();
      const seen = watch(`${SEAT}.Position`);
      await client.actuate(`${SEAT}.Position`, { uint32: 145 });
      await seen.until((values) => values[`${SEAT}.Position`] === 145);
      expect(seen.messages.map((message) => message[`${SEAT}.Position`])).toEqual([120, 130, 140, 145]);
      await client.actuate(`${SEAT}.Position`, { uint32: 60_000 });
      await seen.until((values) => values[`${SEAT}.Position`] === 260);
    });
  });

  describe('lights and horn', () => {
    it('the horn sounds and falls silent by itself', async () => {
      const { client, watch } = await start({ hornMs: 50 });
      const seen = watch(HORN);
      await client.actuate(HORN, { bool: true });
      await seen.until(() => seen.messages.length >= 3);
      expect(seen.messages.map((message) => message[HORN])).toEqual([false, true, false]);
    });

    it('lamps follow their switches', async () => {
      const { car, client } = await start({ latencyMs: 0 });
      const lamps = () => ['Low', 'High'].map((beam) => car.state().get(`Vehicle.Body.Lights.Beam.${beam}.IsOn`));
      const light = 'Vehicle.Body.Lights.LightSwitch';
      const high = 'Vehicle.Body.Lights.IsHighBeamSwitchOn';
      await client.actuate(high, { bool: true });
      await expect.poll(() => car.state().get(high)).toBe(true);
      expect(lamps()).toEqual([false, false]);
      await client.actuate(light, { string: 'BEAM' });
      await expect.poll(lamps).toEqual([true, true]);
      await client.actuate(high, { bool: false });
      await expect.poll(lamps).toEqual([true, false]);
      await client.batch([light, { string: 'BEAM' }], ['Vehicle.Body.Lights.Beam.High.IsOn', { bool: true }]);
      await expect.poll(lamps).toEqual([true, true]);
      await client.actuate(light, { string: 'AUTO' });
      await expect.poll(lamps).toEqual([false, false]);
      await client.actuate('Vehicle.Body.Lights.Hazard.IsSignaling', { bool: true });
      await expect.poll(() => car.state().get('Vehicle.Body.Lights.DirectionIndicator.Right.IsSignaling')).toBe(true);
    });
  });

  describe('charging', () => {
    it('starts only with the cable in', async () => {
      const { car, client } = await start({ latencyMs: 0 });
      car.set(CABLE, false);
      await client.actuate(START_STOP, { string: 'START' });
      await expect.poll(() => car.effects.length).toBe(1);
      expect([car.state().get(START_STOP), car.state().get(IS_CHARGING)]).toEqual(['STOP', false]);
      car.set(CABLE, true);
      await client.actuate(START_STOP, { string: 'START' });
      await expect.poll(() => car.state().get(IS_CHARGING)).toBe(true);
      expect(car.state().get(START_STOP)).toBe('START');
      car.set(CABLE, false);
      expect([car.state().get(START_STOP), car.state().get(IS_CHARGING)]).toEqual(['STOP', false]);
    });

    it('raises charge and range slowly, to the limit and no further', async () => {
      const { car, client } = await start({ latencyMs: 0, pace: 100 });
      await client.actuate(LIMIT, { uint32: 63 });
      await client.actuate(START_STOP, { string: 'START' });
      await expect.poll(() => Number(car.state().get(CHARGE)), { timeout: 3_000 }).toBeGreaterThan(62.3);
      expect(car.state().get(IS_CHARGING)).toBe(true);
      expect(Number(car.state().get('Vehicle.Powertrain.Range'))).toBeGreaterThan(248_000);
      await expect.poll(() => car.state().get(IS_CHARGING), { timeout: 3_000 }).toBe(false);
      expect(car.state().get(CHARGE)).toBe(63);
      expect(car.state().get(START_STOP)).toBe('START');
      await client.actuate(START_STOP, { string: 'STOP' });
      await expect.poll(() => car.state().get(START_STOP)).toBe('STOP');
    });
  });

  it('drives and parks: speed, odometer and charge hang together', async () => {
    const { car, client } = await start({ pace: 50 });
    car.set('Vehicle.Speed', 72);
    expect(car.state().get('Vehicle.IsMoving')).toBe(true);
    await expect
      .poll(() => Number(car.state().get('Vehicle.TraveledDistance')), { timeout: 3_000 })
      .toBeGreaterThanOrEqual(23_456_900);
    expect(Number(car.state().get(CHARGE))).toBeLessThan(62);
    car.set('Vehicle.Speed', 0);
    const driven = car.state().get('Vehicle.TraveledDistance');
    expect(await client.get('Vehicle.IsMoving')).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect(car.state().get('Vehicle.TraveledDistance')).toBe(driven);
  });

  it('takes from its owner only what its signals can be', async () => {
    const { car } = await start();
    expect(() => car.set('Vehicle.Wings', 2)).toThrow(/no signal Vehicle.Wings/);
    expect(() => car.set('Vehicle.Speed', 'fast')).toThrow(/Wrong type/);
    expect(() => car.set(CHARGE, 101)).toThrow(/out of bounds/);
    car.set('Vehicle.Speed', null);
    expect(car.state().get('Vehicle.Speed')).toBeNull();
  });

  it('bears its own name and number', async () => {
    const { client } = await start({ name: "Anna's car", vin: 'TNTCAR00VX7000002' });
    expect(await client.get('Vehicle.VehicleIdentification.Model')).toBe("Anna's car");
    expect(await client.get('Vehicle.VehicleIdentification.VIN')).toBe('TNTCAR00VX7000002');
  });

  describe('with a token', () => {
    it.each([
      ['none', {}],
      ['a wrong one', { token: 'wrong' }],
      ['one that is longer', { token: 'right and more' }],
      ['another scheme', { headers: { authorization: 'Basic right' } }],
    ])('answers nothing to a caller with %s', async (_, caller) => {
      const { car, client, watch } = await start({ token: 'right' }, caller);
      expect(await statusOf(client.call('GetServerInfo', {}))).toBe('UNAUTHENTICATED');
      expect(await statusOf(client.list(''))).toBe('UNAUTHENTICATED');
      expect(await statusOf(client.get(VOLUME))).toBe('UNAUTHENTICATED');
      expect(await statusOf(client.actuate(VOLUME, { uint32: 60 }))).toBe('UNAUTHENTICATED');
      expect(await statusOf(client.batch([VOLUME, { uint32: 60 }]))).toBe('UNAUTHENTICATED');
      expect(await statusOf(client.publish(VOLUME, { uint32: 60 }))).toBe('UNAUTHENTICATED');
      expect(await statusOf(client.actuateStream([]))).toBe('UNAUTHENTICATED');
      expect(await statusOf(watch(VOLUME).until(() => false))).toBe('UNAUTHENTICATED');
      expect(car.effects).toEqual([]);
      expect(car.state().get(VOLUME)).toBe(25);
    });

    it('answers to the caller with the right one', async () => {
      const { client, watch } = await start({ token: 'right' }, { token: 'right' });
      await client.actuate(VOLUME, { uint32: 60 });
      await watch(VOLUME).until((values) => values[VOLUME] === 60);
    });
  });

  describe('with TLS', () => {
    it('is heard by who trusts its certificate, and by nobody else', async () => {
      const [car, other] = await Promise.all([certificate(), certificate()]);
      const { car: virtual, client } = await start({ tls: car }, { ca: car.cert });
      expect(await client.get(VOLUME)).toBe(25);
      const distrusting = cleanup.use(new RawClient({ address: virtual.address, ca: other.cert }));
      expect(await statusOf(distrusting.get(VOLUME))).toBe('UNAVAILABLE');
      const plain = cleanup.use(new RawClient({ address: virtual.address }));
      expect(await statusOf(plain.get(VOLUME))).toBe('UNAVAILABLE');
      expect(await client.get(VOLUME)).toBe(25);
    });

    it('asks its callers for a certificate, if told so', async () => {
      const [car, caller] = await Promise.all([certificate(), certificate()]);
      const { car: virtual, client } = await start(
        { tls: { ...car, clientCa: caller.cert } },
        { ca: car.cert, clientCertificate: caller },
      );
      expect(await client.get(VOLUME)).toBe(25);
      const nameless = cleanup.use(new RawClient({ address: virtual.address, ca: car.cert }));
      expect(await statusOf(nameless.get(VOLUME))).toBe('UNAVAILABLE');
    });

    async function certificate() {
      return makeCertificate(cleanup.use(await temporaryFolder()).path);
    }
  });

  describe('faults', () => {
    it('a signal that is gone is in no list, and NOT_FOUND', async () => {
      const { car, client, watch } = await start();
      car.faults.notFound(VOLUME);
      expect(await statusOf(client.list(VOLUME))).toBe('NOT_FOUND');
      expect(await statusOf(client.get(VOLUME))).toBe('NOT_FOUND');
      expect(await statusOf(client.actuate(VOLUME, { uint32: 1 }))).toBe('NOT_FOUND');
      expect(await statusOf(watch(VOLUME).until(() => false))).toBe('NOT_FOUND');
      car.faults.heal();
      expect(await client.get(VOLUME)).toBe(25);
    });

    it('what is denied is refused, alone and in a batch; reading goes on', async () => {
      const { car, client } = await start({ latencyMs: 0 });
      car.faults.deny(VOLUME);
      expect(await statusOf(client.actuate(VOLUME, { uint32: 1 }))).toBe('PERMISSION_DENIED');
      expect(await statusOf(client.batch([HORN, { bool: true }], [VOLUME, { uint32: 1 }]))).toBe('PERMISSION_DENIED');
      expect(await statusOf(client.publish(VOLUME, { uint32: 1 }))).toBe('PERMISSION_DENIED');
      expect(await client.get(VOLUME)).toBe(25);
      expect(car.effects).toEqual([]);
    });

    it('what may not be read is refused, and left out of subscriptions', async () => {
      const { car, client, watch } = await start();
      car.faults.deny(VOLUME, 'read');
      expect(await statusOf(client.get(VOLUME))).toBe('PERMISSION_DENIED');
      expect(await statusOf(client.getAll([{ path: HORN }, { path: VOLUME }]))).toBe('PERMISSION_DENIED');
      const seen = watch(VOLUME, HORN);
      await seen.until((values) => values[HORN] === false);
      expect(seen.values).toEqual({ [HORN]: false });
    });

    it('what is ignored is accepted, and nothing happens; the rest of a batch does', async () => {
      const { car, client } = await start({ latencyMs: 0 });
      car.faults.ignore(VOLUME);
      expect(await statusOf(client.actuate(VOLUME, { uint32: 1 }))).toBe('OK');
      await client.batch([VOLUME, { uint32: 1 }], [LIMIT, { uint32: 90 }]);
      await expect.poll(() => car.state().get(LIMIT)).toBe(90);
      expect(car.state().get(VOLUME)).toBe(25);
      expect(car.effects.map(({ path }) => path)).toEqual([LIMIT]);
    });

    it('what nothing carries out is UNAVAILABLE, after the value was checked', async () => {
      const { car, client } = await start();
      car.faults.noProvider(VOLUME);
      expect(await statusOf(client.actuate(VOLUME, { uint32: 1 }))).toBe('UNAVAILABLE');
      expect(await statusOf(client.actuate(VOLUME, { uint32: 101 }))).toBe('INVALID_ARGUMENT');
    });

    it('answers come late, and who does not wait has been obeyed all the same', async () => {
      const { car, client } = await start({ latencyMs: 0 });
      await client.get(VOLUME);
      car.faults.delay(2_000);
      const command = client.call('Actuate', { signal_id: { path: VOLUME }, value: { uint32: 60 } }, 300);
      expect(await statusOf(command)).toBe('DEADLINE_EXCEEDED');
      expect(car.state().get(VOLUME)).toBe(60);
      car.faults.delay(0);
      expect(await client.get(VOLUME)).toBe(60);
    });

    it('connections break without a word, and new ones are served', async () => {
      const { car, client, watch } = await start();
      const seen = watch(VOLUME);
      await seen.until((values) => values[VOLUME] === 25);
      car.faults.dropConnections();
      const { code, metadata } = await seen.ended();
      expect([code, Object.keys(metadata.getMap())]).toEqual([14, []]);
      await expect.poll(() => statusOf(client.get(VOLUME)), { timeout: 5_000 }).toBe('OK');
    });
  });

  it('leaves what a provider would do to itself', async () => {
    const { client } = await start();
    const stream = client.openProvider();
    const code = await new Promise((resolve) => stream.on('error', (error) => resolve('code' in error && error.code)));
    expect(code).toBe(12);
  });

  it('keeps the newest messages for a slow reader', async () => {
    const { car, watch, client } = await start();
    const seen = watch(VOLUME);
    await seen.until((values) => values[VOLUME] === 25);
    seen.pauseReading();
    for (let round = 0; round < 200; round += 1) {
      for (let level = 0; level < 100; level += 1) car.set(VOLUME, level);
      if (round % 20 === 0) await client.get(HORN);
    }
    car.set(VOLUME, 100);
    seen.resumeReading();
    await seen.until((values) => values[VOLUME] === 100);
    expect(seen.messages.length).toBeLessThan(20_000);
  });

  it('stops with callers connected, and frees its port', async () => {
    const car = await VirtualCar.start();
    const client = cleanup.use(new RawClient({ address: car.address }));
    const seen = cleanup.use(client.watch(VOLUME));
    await seen.until((values) => values[VOLUME] === 25);
    const { port } = car;
    await car.stop();
    await car.stop();
    const next = cleanup.use(await VirtualCar.start({ port }));
    expect(next.port).toBe(port);
    await expect(VirtualCar.start({ port })).rejects.toThrow(/EADDRINUSE/);
  });
});
