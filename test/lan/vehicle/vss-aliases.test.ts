import { describe, expect, it } from 'vitest';
import { carFunctions } from '../../../src/catalog/car.js';
import { carFunctionsByName, functionsOffered } from '../../../src/lan/vehicle/car-functions.js';
import type { CarSignals } from '../../../src/lan/vehicle/car-signals.js';
import { PLACE_NAMES } from '../../../src/lan/vehicle/seating.js';
import type { CarSignalName, PlaceSignalName } from '../../../src/lan/vehicle/vss-aliases.js';
import { RELEASES, type Release, signalsOfRelease } from './vss-releases.js';

const short = (path: string | undefined): string | undefined => path?.replace(/^Vehicle\./, '');
const once = (signals: CarSignals, name: CarSignalName) => short(signals.get(name)?.path);
const placed = (signals: CarSignals, name: PlaceSignalName) =>
  PLACE_NAMES.map((place) => short(signals.at(name, place)?.path));

const all = carFunctions.map(({ name }) => name);
/** What each release has no signal for. */
const LACKING: Readonly<Record<Release, readonly string[]>> = {
  '3.0': ['set_ambient_light'],
  '3.1.1': ['set_ambient_light'],
  '4.0': [],
  '5.1': [],
  '6.0': [],
};

describe('what a car offers', () => {
  it('knows every car function of the catalogue, and no other', () => {
    expect([...carFunctionsByName.keys()]).toEqual(all);
  });

  it.each(RELEASES)('VSS %s: the functions that it has signals for', (release) => {
    expect(functionsOffered(signalsOfRelease(release))).toEqual(all.filter((name) => !LACKING[release].includes(name)));
  });
});

describe('the same signal in every release', () => {
  const driverSide = ['Row1.DriverSide', 'Row1.PassengerSide', 'Row2.DriverSide', 'Row2.PassengerSide'];
  const left = ['Row1.Left', 'Row1.Right', 'Row2.Left', 'Row2.Right'];
  const driver = ['Row1.Driver', 'Row1.Passenger', 'Row2.Driver', 'Row2.Passenger'];
  const positions = ['Row1.Pos1', 'Row1.Pos2', 'Row2.Pos1', 'Row2.Pos3'];
  const at = (places: readonly string[], before: string, after: string) =>
    places.map((place) => `${before}.${place}.${after}`);

  it.each([
    ['3.0', left],
    ['3.1.1', left],
    ['4.0', driverSide],
    ['5.1', driverSide],
    ['6.0', driverSide],
  ] as const)('VSS %s: doors and windows', (release, places) => {
    const signals = signalsOfRelease(release);
    expect(placed(signals, 'doorLock')).toEqual(at(places, 'Cabin.Door', 'IsLocked'));
    expect(placed(signals, 'windowPosition')).toEqual(at(places, 'Cabin.Door', 'Window.Position'));
    expect(signals.at('windowPosition', 'driver')?.isActuator).toBe(!release.startsWith('3'));
  });

  it.each([
    ['3.0', left, 'DATA_TYPE_INT8'],
    ['3.1.1', left, 'DATA_TYPE_INT8'],
    ['4.0', driver, 'DATA_TYPE_INT8'],
    ['5.1', driver, 'DATA_TYPE_FLOAT'],
    ['6.0', driver, 'DATA_TYPE_FLOAT'],
  ] as const)('VSS %s: temperature', (release, places, type) => {
    const signals = signalsOfRelease(release);
    expect(placed(signals, 'temperature')).toEqual(at(places, 'Cabin.HVAC.Station', 'Temperature'));
    expect(signals.at('temperature', 'driver')?.type).toBe(type);
  });

  it.each([
    ['3.0', positions, 'Heating'],
    ['3.1.1', positions, 'Heating'],
    ['4.0', driverSide, 'Heating'],
    ['5.1', driverSide, 'HeatingCooling'],
    ['6.0', driverSide, 'HeatingCooling'],
  ] as const)('VSS %s: seats', (release, places, heating) => {
    const signals = signalsOfRelease(release);
    expect(placed(signals, 'seatHeating')).toEqual(at(places, 'Cabin.Seat', heating));
    expect(placed(signals, 'seatPosition')).toEqual(at(places, 'Cabin.Seat', 'Position'));
  });

  it.each([
    ['3.0', 'TravelledDistance', 'km', undefined, 'Body.Lights.IsHighBeamOn', 'Body.Lights.IsHazardOn'],
    [
      '3.1.1',
      'TraveledDistance',
      'km',
      'Body.Lights.LightSwitch',
      'Body.Lights.IsHighBeamSwitchOn',
      'Body.Lights.Hazard.IsSignaling',
    ],
    [
      '6.0',
      'TraveledDistance',
      'm',
      'Body.Lights.LightSwitch',
      'Body.Lights.IsHighBeamSwitchOn',
      'Body.Lights.Hazard.IsSignaling',
    ],
  ] as const)('VSS %s: odometer and lights', (release, odometer, unit, lightSwitch, highBeam, hazard) => {
    const signals = signalsOfRelease(release);
    expect(once(signals, 'odometer')).toBe(odometer);
    expect(signals.get('odometer')?.unit).toBe(unit);
    expect(once(signals, 'lightSwitch')).toBe(lightSwitch);
    expect(once(signals, 'highBeam')).toBe(highBeam);
    expect(once(signals, 'hazard')).toBe(hazard);
  });

  it.each(RELEASES)('VSS %s: the sunroof is moved by its switch and seen by its position', (release) => {
    const signals = signalsOfRelease(release);
    expect(signals.get('sunroofSwitch')?.allowed).toContain('TILT_UP');
    expect(signals.get('sunroofPosition')).toMatchObject({ isActuator: false, min: -100, max: 100 });
  });

  it.each([
    ['4.0', 'Powertrain.TractionBattery.Charging.IsChargingCableConnected'],
    ['5.1', 'Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected'],
  ] as const)('VSS %s: charging cable and fuel', (release, cable) => {
    expect(once(signalsOfRelease(release), 'chargingCable')).toBe(cable);
    expect(once(signalsOfRelease(release), 'fuelLevel')).toBe('Powertrain.FuelSystem.RelativeLevel');
    expect(once(signalsOfRelease('3.0'), 'fuelLevel')).toBe('Powertrain.FuelSystem.Level');
  });
});

describe('a car with the wheel on the right', () => {
  it('VSS 3 turns sides around, by the driver position that it counts from the left', () => {
    const signals = signalsOfRelease('3.1.1', 2);
    expect(placed(signals, 'doorLock')[0]).toBe('Cabin.Door.Row1.Right.IsLocked');
    expect(placed(signals, 'seatHeating')).toEqual([
      'Cabin.Seat.Row1.Pos2.Heating',
      'Cabin.Seat.Row1.Pos1.Heating',
      'Cabin.Seat.Row2.Pos3.Heating',
      'Cabin.Seat.Row2.Pos1.Heating',
    ]);
    expect(short(signalsOfRelease('3.1.1', 3).at('seatHeating', 'driver')?.path)).toBe('Cabin.Seat.Row1.Pos3.Heating');
  });

  it('VSS 4 and later name the sides after the driver; tyres stay left and right', () => {
    const signals = signalsOfRelease('6.0', 'RIGHT');
    expect(placed(signals, 'doorLock')[0]).toBe('Cabin.Door.Row1.DriverSide.IsLocked');
    expect(placed(signals, 'tirePressure')[0]).toBe('Chassis.Axle.Row1.Wheel.Right.Tire.Pressure');
  });
});
