import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Cleanup } from '../../support/cleanup.js';
import { type Metadatum, plain, type RawClient, statusOf } from './raw-client.js';

/** A server of `kuksa.val.v2` with the virtual car's signals, and something that carries out what is actuated. */
export interface KuksaPeer extends AsyncDisposable {
  readonly client: RawClient;
}

const FAN = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.FanSpeed';
const TEMPERATURE = 'Vehicle.Cabin.HVAC.Station.Row1.Driver.Temperature';
const VOLUME = 'Vehicle.Cabin.Infotainment.Media.Volume';
const WIPERS = 'Vehicle.Body.Windshield.Front.Wiping.Mode';
const SPEED = 'Vehicle.Speed';
const BRAND = 'Vehicle.VehicleIdentification.Brand';
const SEAT = 'Vehicle.Cabin.Seat.Row1.DriverSide.HeatingCooling';
const MIDDLE_OF_NOWHERE = 'Vehicle.Cabin.HVAC.Station.Row9.Driver.FanSpeed';
const LATITUDE = 'Vehicle.Cabin.Infotainment.Navigation.DestinationSet.Latitude';
const LONGITUDE = 'Vehicle.Cabin.Infotainment.Navigation.DestinationSet.Longitude';

const elements = (entry: Metadatum | undefined): unknown => plain(entry?.allowed_values ?? null);
const pathsOf = (entries: readonly Metadatum[]): readonly string[] => entries.map(({ path }) => path).sort();

/** What Eclipse's databroker and the virtual car both answer to the same calls. */
export function describeKuksa(name: string, start: () => Promise<KuksaPeer>): void {
  describe(name, () => {
    let cleanup: Cleanup;
    let client: RawClient;
    beforeEach(async () => {
      cleanup = new Cleanup();
      ({ client } = cleanup.use(await start()));
    });
    afterEach(() => cleanup[Symbol.asyncDispose]());

    it('says who it is', async () => {
      expect(await client.call('GetServerInfo', {})).toMatchObject({ name: expect.stringMatching(/./) });
    });

    it('describes signals with type, unit, range and allowed values', async () => {
      const all = new Map((await client.list('Vehicle')).map((entry) => [entry.path, entry]));
      expect(all.get(FAN)).toMatchObject({
        data_type: 'DATA_TYPE_UINT8',
        entry_type: 'ENTRY_TYPE_ACTUATOR',
        unit: 'percent',
        min: { typed_value: 'uint32', uint32: 0 },
        max: { typed_value: 'uint32', uint32: 100 },
        allowed_values: null,
      });
      expect(all.get(SEAT)).toMatchObject({ data_type: 'DATA_TYPE_INT8', min: { int32: -100 }, max: { int32: 100 } });
      expect(all.get(LATITUDE)).toMatchObject({ data_type: 'DATA_TYPE_DOUBLE', min: { double: -90 } });
      expect(all.get(TEMPERATURE)).toMatchObject({
        data_type: 'DATA_TYPE_FLOAT',
        unit: 'Celsius',
        min: null,
        max: null,
      });
      expect(all.get(SPEED)).toMatchObject({ entry_type: 'ENTRY_TYPE_SENSOR', unit: 'km/h' });
      expect(all.get(BRAND)).toMatchObject({ entry_type: 'ENTRY_TYPE_ATTRIBUTE', data_type: 'DATA_TYPE_STRING' });
      expect(elements(all.get(WIPERS))).toEqual({
        values: ['OFF', 'SLOW', 'MEDIUM', 'FAST', 'INTERVAL', 'RAIN_SENSOR'],
      });
      expect(new Set([...all.values()].map(({ id }) => id)).size).toBe(all.size);
    });

    it.each([
      ['', null],
      ['Vehicle.Speed', ['Vehicle.Speed']],
      ['Vehicle.Cabin.Sunroof', ['Vehicle.Cabin.Sunroof.Position', 'Vehicle.Cabin.Sunroof.Switch']],
      ['Vehicle.Cabin.Sunroof.*', ['Vehicle.Cabin.Sunroof.Position', 'Vehicle.Cabin.Sunroof.Switch']],
      ['**.Sunroof.**', ['Vehicle.Cabin.Sunroof.Position', 'Vehicle.Cabin.Sunroof.Switch']],
      ['Vehicle.*.Sunroof.Switch', ['Vehicle.Cabin.Sunroof.Switch']],
      ['Vehicle.*', ['Vehicle.IsMoving', 'Vehicle.Speed', 'Vehicle.TraveledDistance']],
      ['Vehicle.**.DestinationSet.*', [LATITUDE, LONGITUDE]],
      ['Vehicle.Cabin.**.Row1.Driver.*', [FAN, TEMPERATURE]],
      [
        'Vehicle.Body.**.IsSign*',
        [
          'Vehicle.Body.Lights.DirectionIndicator.Left.IsSignaling',
          'Vehicle.Body.Lights.DirectionIndicator.Right.IsSignaling',
          'Vehicle.Body.Lights.Hazard.IsSignaling',
        ],
      ],
    ])('lists the signals of "%s"', async (root, paths) => {
      const found = pathsOf(await client.list(root));
      if (paths) expect(found).toEqual(paths);
      else expect(found.length).toBeGreaterThan(90);
    });

    it.each([
      ['Sunroof', 'NOT_FOUND'],
      ['*.Sunroof', 'NOT_FOUND'],
      ['**.Sunroof', 'NOT_FOUND'],
      ['Vehicle.Cabin.Sun', 'NOT_FOUND'],
      ['Vehicle..Cabin', 'INVALID_ARGUMENT'],
      ['Vehicle.', 'INVALID_ARGUMENT'],
      ['Vehicle Cabin', 'INVALID_ARGUMENT'],
    ])('has no metadata for "%s"', async (root, answer) => {
      expect(await statusOf(client.list(root))).toBe(answer);
    });

    it('gives values by path and by id, in the order asked for', async () => {
      const [brand, volume] = [await client.list(BRAND), await client.list(VOLUME)].map(([entry]) => entry?.id ?? -1);
      expect(await client.getAll([{ path: VOLUME }, { id: brand }, { path: SPEED }, { id: volume }])).toEqual([
        25,
        'Tentacle',
        0,
      ]);
      expect(await client.get(BRAND)).toBe('Tentacle');
      expect(await client.get(LATITUDE)).toBeNull();
      expect(await client.getAll([])).toEqual([]);
    });

    it.each([
      ['an unknown path', { path: MIDDLE_OF_NOWHERE }, 'NOT_FOUND'],
      ['a branch', { path: 'Vehicle.Cabin' }, 'NOT_FOUND'],
      ['an unknown id', { id: 1_000_000 }, 'NOT_FOUND'],
      ['a path that is too long', { path: `Vehicle.${'x'.repeat(1_000)}` }, 'INVALID_ARGUMENT'],
      ['nothing', {}, 'INVALID_ARGUMENT'],
    ])('does not give the value of %s', async (_, signal_id, answer) => {
      expect(await statusOf(client.call('GetValue', { signal_id }))).toBe(answer);
      expect(await statusOf(client.getAll([{ path: SPEED }, signal_id]))).toBe(answer);
    });

    it('carries out what is actuated; who watches sees the actual value', async () => {
      using watch = client.watch(FAN, TEMPERATURE);
      await watch.until((values) => values[FAN] !== undefined);
      expect(watch.messages[0]).toEqual({ [FAN]: 30, [TEMPERATURE]: 20 });
      await client.actuate(FAN, { uint32: 70 });
      await watch.until((values) => values[FAN] === 70);
      expect(await client.get(FAN)).toBe(70);
      await client.actuate(TEMPERATURE, { float: 21.3 });
      await watch.until((values) => values[TEMPERATURE] === Math.fround(21.3));
    });

    it('tells who watches also of a value that stays as it was', async () => {
      using watch = client.watch(VOLUME);
      await watch.until((values) => values[VOLUME] === 25);
      await client.actuate(VOLUME, { uint32: 25 });
      await watch.until(() => watch.messages.length >= 2);
      expect(watch.messages).toEqual([{ [VOLUME]: 25 }, { [VOLUME]: 25 }]);
    });

    it.each([
      ['above its maximum', FAN, { uint32: 101 }],
      ['below its minimum', SEAT, { int32: -101 }],
      ['outside the range of a double', LATITUDE, { double: 90.5 }],
      ['of another type', FAN, { float: 50 }],
      ['of another whole type', FAN, { int32: 50 }],
      ['of a list type', FAN, { uint32_array: { values: [50] } }],
      ['a text for a number', TEMPERATURE, { string: '21' }],
      ['a number for a boolean', 'Vehicle.Body.Horn.IsActive', { uint32: 1 }],
      ['a double for a float', TEMPERATURE, { double: 21 }],
      ['not among the allowed ones', WIPERS, { string: 'TURBO' }],
      ['in another case', WIPERS, { string: 'slow' }],
      ['more than its type holds', 'Vehicle.Cabin.Seat.Row1.DriverSide.Position', { uint32: 65_536 }],
      ['for a sensor', SPEED, { float: 50 }],
      ['for a position that is a sensor', 'Vehicle.Cabin.Sunroof.Position', { int32: 50 }],
      ['for an attribute', BRAND, { string: 'Other' }],
    ])('does not take a value %s', async (_, path, wire) => {
      const before = await client.get(path);
      expect(await statusOf(client.actuate(path, wire))).toBe('INVALID_ARGUMENT');
      expect(await statusOf(client.batch([VOLUME, { uint32: 60 }], [path, wire]))).toBe('INVALID_ARGUMENT');
      expect(await client.get(path)).toEqual(before);
      expect(await client.get(VOLUME)).toBe(25);
    });

    it('does not actuate what it does not know, and asks for signal and value', async () => {
      const statuses = await Promise.all([
        statusOf(client.actuate(MIDDLE_OF_NOWHERE, { uint32: 1 })),
        statusOf(client.call('Actuate', { signal_id: { id: 1_000_000 }, value: { uint32: 1 } })),
        statusOf(client.call('Actuate', { signal_id: { path: FAN } })),
        statusOf(client.call('Actuate', { value: { uint32: 1 } })),
        statusOf(client.batch([FAN, { uint32: 1 }], [MIDDLE_OF_NOWHERE, { uint32: 1 }])),
      ]);
      expect(statuses).toEqual(['NOT_FOUND', 'NOT_FOUND', 'INVALID_ARGUMENT', 'INVALID_ARGUMENT', 'NOT_FOUND']);
      expect(await client.get(FAN)).toBe(30);
    });

    it('actuates several at once, by path and by id', async () => {
      const [volume] = await client.list(VOLUME);
      using watch = client.watch(LATITUDE, LONGITUDE, VOLUME);
      await watch.until((values) => values[VOLUME] === 25);
      expect(watch.messages[0]).toEqual({ [LATITUDE]: null, [LONGITUDE]: null, [VOLUME]: 25 });
      await client.call('BatchActuate', {
        actuate_requests: [
          { signal_id: { path: LATITUDE }, value: { double: 48.137 } },
          { signal_id: { path: LONGITUDE }, value: { double: -11.575 } },
          { signal_id: { id: volume?.id ?? -1 }, value: { uint32: 40 } },
        ],
      });
      await watch.until((values) => values[LONGITUDE] === -11.575 && values[VOLUME] === 40);
      expect(watch.values).toEqual({ [LATITUDE]: 48.137, [LONGITUDE]: -11.575, [VOLUME]: 40 });
      expect(await statusOf(client.batch())).toBe('OK');
    });

    it('actuates what comes in a stream until one is refused', async () => {
      const request = (level: number) => ({ signal_id: { path: VOLUME }, value: { uint32: level } });
      expect(await statusOf(client.actuateStream([request(41), request(42)]))).toBe('OK');
      using watch = client.watch(VOLUME);
      await watch.until((values) => values[VOLUME] === 42);
      expect(await statusOf(client.actuateStream([request(101), request(43)]))).toBe('INVALID_ARGUMENT');
    });

    it('subscribes by id', async () => {
      const [volume] = await client.list(VOLUME);
      const id = volume?.id ?? -1;
      using watch = client.subscribe({ signal_ids: [id] }, 'SubscribeById');
      await watch.until((values) => values[id] === 25);
      await client.actuate(VOLUME, { uint32: 44 });
      await watch.until((values) => values[id] === 44);
    });

    it.each([
      ['to an unknown path', { signal_paths: [SPEED, MIDDLE_OF_NOWHERE] }, 'NOT_FOUND'],
      ['to a branch', { signal_paths: ['Vehicle.Cabin'] }, 'NOT_FOUND'],
      ['to nothing', { signal_paths: [] }, 'INVALID_ARGUMENT'],
      ['with too large a buffer', { signal_paths: [SPEED], buffer_size: 1_001 }, 'INVALID_ARGUMENT'],
    ])('does not subscribe %s', async (_, request, answer) => {
      using watch = client.subscribe(request);
      expect(await statusOf(watch.until(() => false))).toBe(answer);
      expect(watch.messages).toEqual([]);
    });

    it('drops what comes within the least interval of a subscription, the last value too', async () => {
      using watch = client.subscribe({
        signal_paths: [SPEED],
        filter: { min_sample_interval: { interval_ms: 60_000 } },
      });
      using other = client.watch(SPEED);
      await watch.until((values) => values[SPEED] === 0);
      await client.publish(SPEED, { float: 10 });
      await client.publish(SPEED, { float: 20 });
      await other.until((values) => values[SPEED] === 20);
      // Its messages went out before, if there were any: both streams share the connection.
      await client.get(SPEED);
      expect(watch.messages).toEqual([{ [SPEED]: 0 }]);
    });

    it('takes published values, sensors and attributes too, within their restrictions', async () => {
      using watch = client.watch(SPEED);
      await watch.until((values) => values[SPEED] === 0);
      await client.publish(SPEED, { float: 42.5 });
      await watch.until((values) => values[SPEED] === 42.5);
      expect(await statusOf(client.publish(BRAND, { string: 'Other' }))).toBe('OK');
      expect(await client.get(BRAND)).toBe('Other');
      expect(await statusOf(client.publish(SPEED, { string: 'fast' }))).toBe('INVALID_ARGUMENT');
      expect(await statusOf(client.publish('Vehicle.Cabin.Sunroof.Position', { int32: 101 }))).toBe('INVALID_ARGUMENT');
      expect(await statusOf(client.publish(MIDDLE_OF_NOWHERE, { uint32: 1 }))).toBe('NOT_FOUND');
      expect(await statusOf(client.publish(SPEED, null))).toBe('OK');
      expect(await client.get(SPEED)).toBeNull();
    });
  });
}
