import type { Signal } from './signal.js';

type Kind = Signal['kind'];

/** One of our signals: what it must be, and its paths in the releases of VSS (3.0, 3.1, 4.0, 5.1, 6.0), newest first. */
export interface Alias {
  readonly kind: Kind;
  /** Whether it is of use to us only where the car lets it be set. */
  readonly access: 'read' | 'actuate';
  readonly paths: readonly string[];
}

const read = (kind: Kind, ...paths: string[]): Alias => ({ kind, access: 'read', paths: paths.map(full) });
const actuate = (kind: Kind, ...paths: string[]): Alias => ({ kind, access: 'actuate', paths: paths.map(full) });
const full = (path: string): string => `Vehicle.${path}`;

/**
 * Signals that the car has once. What differs between releases beyond the path is read off the metadata: numbers are
 * whole or not by their type (HVAC temperature: int8 up to 4.0, float from 5), lengths are in their unit
 * (TraveledDistance: km up to 5, m in 6; "celsius" up to 5, "Celsius" in 6).
 */
export const CAR_ALIASES = {
  speed: read('number', 'Speed'),
  isMoving: read('boolean', 'IsMoving'),
  climatePower: actuate('boolean', 'Cabin.HVAC.IsAirConditioningActive'),
  frontDefroster: actuate('boolean', 'Cabin.HVAC.IsFrontDefrosterActive', 'Body.Windshield.Front.IsHeatingOn'),
  rearDefroster: actuate('boolean', 'Cabin.HVAC.IsRearDefrosterActive', 'Body.Windshield.Rear.IsHeatingOn'),
  // The position is a sensor in every release: it is moved by its switch and seen by its position.
  sunroofSwitch: actuate('string', 'Cabin.Sunroof.Switch'),
  sunroofPosition: read('number', 'Cabin.Sunroof.Position'),
  trunkOpen: actuate('boolean', 'Body.Trunk.Rear.IsOpen'),
  trunkState: read('boolean', 'Body.Trunk.Rear.IsOpen'),
  // 3.0 has no switch, only lamps; from 3.1 on the switch decides and the lamps are below `Beam`.
  lightSwitch: actuate('string', 'Body.Lights.LightSwitch'),
  lowBeam: actuate('boolean', 'Body.Lights.Beam.Low.IsOn', 'Body.Lights.IsLowBeamOn'),
  highBeam: actuate(
    'boolean',
    'Body.Lights.IsHighBeamSwitchOn',
    'Body.Lights.Beam.High.IsOn',
    'Body.Lights.IsHighBeamOn',
  ),
  highBeamLamp: read('boolean', 'Body.Lights.Beam.High.IsOn', 'Body.Lights.IsHighBeamOn'),
  hazard: actuate('boolean', 'Body.Lights.Hazard.IsSignaling', 'Body.Lights.IsHazardOn'),
  horn: actuate('boolean', 'Body.Horn.IsActive'),
  wipers: actuate('string', 'Body.Windshield.Front.Wiping.Mode'),
  charging: actuate('string', 'Powertrain.TractionBattery.Charging.StartStopCharging'),
  isCharging: read('boolean', 'Powertrain.TractionBattery.Charging.IsCharging'),
  chargingCable: read(
    'boolean',
    'Powertrain.TractionBattery.Charging.ChargingPort.AnyPosition.IsChargingCableConnected',
    'Powertrain.TractionBattery.Charging.IsChargingCableConnected',
  ),
  chargeLimit: actuate('number', 'Powertrain.TractionBattery.Charging.ChargeLimit'),
  chargeShown: read('number', 'Powertrain.TractionBattery.StateOfCharge.Displayed'),
  chargeOfCells: read('number', 'Powertrain.TractionBattery.StateOfCharge.Current'),
  fuelLevel: read('number', 'Powertrain.FuelSystem.RelativeLevel', 'Powertrain.FuelSystem.Level'),
  range: read('number', 'Powertrain.Range'),
  batteryRange: read('number', 'Powertrain.TractionBattery.Range'),
  fuelRange: read('number', 'Powertrain.FuelSystem.Range'),
  odometer: read('number', 'TraveledDistance', 'TravelledDistance'),
  latitude: actuate('number', 'Cabin.Infotainment.Navigation.DestinationSet.Latitude'),
  longitude: actuate('number', 'Cabin.Infotainment.Navigation.DestinationSet.Longitude'),
  volume: actuate('number', 'Cabin.Infotainment.Media.Volume'),
} as const satisfies Record<string, Alias>;

/** Signals that the car has once per place; the words in braces are filled in by `pathsAt`. */
export const PLACE_ALIASES = {
  temperature: actuate(
    'number',
    'Cabin.HVAC.Station.Row{row}.{Driver}.Temperature',
    'Cabin.HVAC.Station.Row{row}.{Left}.Temperature',
  ),
  fanSpeed: actuate(
    'number',
    'Cabin.HVAC.Station.Row{row}.{Driver}.FanSpeed',
    'Cabin.HVAC.Station.Row{row}.{Left}.FanSpeed',
  ),
  // -100 (cold) to 100 (warm) in the releases, 0 to 100 in cars that only heat: warmth is 1 to 100 in both.
  seatHeating: actuate(
    'number',
    'Cabin.Seat.Row{row}.{DriverSide}.HeatingCooling',
    'Cabin.Seat.Row{row}.{DriverSide}.Heating',
    'Cabin.Seat.Row{row}.{Pos}.Heating',
  ),
  // 0 is frontmost.
  seatPosition: actuate('number', 'Cabin.Seat.Row{row}.{DriverSide}.Position', 'Cabin.Seat.Row{row}.{Pos}.Position'),
  // 0 is lowermost.
  seatHeight: actuate('number', 'Cabin.Seat.Row{row}.{DriverSide}.Height', 'Cabin.Seat.Row{row}.{Pos}.Height'),
  // 0 is closed. VSS 3 has it as a sensor: there only the switch moves a window.
  windowPosition: read(
    'number',
    'Cabin.Door.Row{row}.{DriverSide}.Window.Position',
    'Cabin.Door.Row{row}.{Left}.Window.Position',
  ),
  windowSwitch: actuate(
    'string',
    'Cabin.Door.Row{row}.{DriverSide}.Window.Switch',
    'Cabin.Door.Row{row}.{Left}.Window.Switch',
  ),
  doorLock: actuate('boolean', 'Cabin.Door.Row{row}.{DriverSide}.IsLocked', 'Cabin.Door.Row{row}.{Left}.IsLocked'),
  doorLocked: read('boolean', 'Cabin.Door.Row{row}.{DriverSide}.IsLocked', 'Cabin.Door.Row{row}.{Left}.IsLocked'),
  doorOpen: read('boolean', 'Cabin.Door.Row{row}.{DriverSide}.IsOpen', 'Cabin.Door.Row{row}.{Left}.IsOpen'),
  // From 4.0 on; VSS 3 has no light of this kind that could be set.
  ambientColor: actuate('string', 'Cabin.Light.AmbientLight.Row{row}.{DriverSide}.Color'),
  ambientPower: actuate('boolean', 'Cabin.Light.AmbientLight.Row{row}.{DriverSide}.IsLightOn'),
  tirePressure: read('number', 'Chassis.Axle.Row{row}.Wheel.{Left}.Tire.Pressure'),
} as const satisfies Record<string, Alias>;

export type CarSignalName = keyof typeof CAR_ALIASES;
export type PlaceSignalName = keyof typeof PLACE_ALIASES;
