import { declareSignal, type Signal, type SignalTraits, type SignalType } from './signal.js';

const actuator = (path: string, type: SignalType, description: string, traits?: SignalTraits): Signal =>
  declareSignal('actuator', path, type, description, traits);
const sensor = (path: string, type: SignalType, description: string, traits?: SignalTraits): Signal =>
  declareSignal('sensor', path, type, description, traits);
const attribute = (path: string, type: SignalType, description: string, traits?: SignalTraits): Signal =>
  declareSignal('attribute', path, type, description, traits);

const percent = { unit: 'percent', min: 0, max: 100 } as const;
const SWITCH = ['INACTIVE', 'CLOSE', 'OPEN', 'ONE_SHOT_CLOSE', 'ONE_SHOT_OPEN'] as const;
const ROWS = ['Row1', 'Row2'] as const;
const SIDES = ['DriverSide', 'PassengerSide'] as const;
const AXIS_SIDES = ['Left', 'Right'] as const;

const atSeats = (declare: (place: string) => readonly Signal[]): readonly Signal[] =>
  ROWS.flatMap((row) => SIDES.flatMap((side) => declare(`${row}.${side}`)));

const climate: readonly Signal[] = [
  actuator('Cabin.HVAC.IsAirConditioningActive', 'boolean', 'Air conditioning runs.', { initial: false }),
  actuator('Cabin.HVAC.IsFrontDefrosterActive', 'boolean', 'Front defroster runs.', { initial: false }),
  actuator('Cabin.HVAC.IsRearDefrosterActive', 'boolean', 'Rear defroster runs.', { initial: false }),
  actuator('Cabin.HVAC.IsRecirculationActive', 'boolean', 'Air is recirculated.', { initial: false }),
  sensor('Cabin.HVAC.AmbientAirTemperature', 'float', 'Air in the cabin.', { unit: 'Celsius', initial: 18 }),
  // As in VSS 6: no range, so that the databroker lets any temperature through.
  ...ROWS.flatMap((row) =>
    ['Driver', 'Passenger'].flatMap((seat) => [
      actuator(`Cabin.HVAC.Station.${row}.${seat}.Temperature`, 'float', 'Wished temperature.', {
        unit: 'Celsius',
        initial: 20,
      }),
      actuator(`Cabin.HVAC.Station.${row}.${seat}.FanSpeed`, 'uint8', 'Fan speed.', { ...percent, initial: 30 }),
    ]),
  ),
];

const seats = atSeats((place) => [
  actuator(`Cabin.Seat.${place}.HeatingCooling`, 'int8', 'Seat: -100 coldest, 0 off, 100 warmest.', {
    unit: 'percent',
    min: -100,
    max: 100,
    initial: 0,
  }),
  actuator(`Cabin.Seat.${place}.Position`, 'uint16', 'Seat along the car: 0 is frontmost.', {
    unit: 'mm',
    min: 0,
    initial: 120,
  }),
  actuator(`Cabin.Seat.${place}.Height`, 'uint16', 'Height of the seat: 0 is lowermost.', {
    unit: 'mm',
    min: 0,
    initial: 30,
  }),
]);

const openings: readonly Signal[] = [
  ...atSeats((place) => [
    actuator(`Cabin.Door.${place}.IsLocked`, 'boolean', 'Door is locked.', { initial: true }),
    actuator(`Cabin.Door.${place}.IsOpen`, 'boolean', 'Door is open.', { initial: false }),
    actuator(`Cabin.Door.${place}.Window.Position`, 'uint8', 'Window: 0 shut, 100 open.', { ...percent, initial: 0 }),
    actuator(`Cabin.Door.${place}.Window.IsOpen`, 'boolean', 'Window is open, at least in part.', { initial: false }),
    actuator(`Cabin.Door.${place}.Window.Switch`, 'string', 'Switch of the window.', {
      allowed: SWITCH,
      initial: 'INACTIVE',
    }),
  ]),
  sensor('Cabin.Sunroof.Position', 'int8', 'Sunroof: 0 shut, 100 open, -100 tilted.', {
    unit: 'percent',
    min: -100,
    max: 100,
    initial: 0,
  }),
  actuator('Cabin.Sunroof.Switch', 'string', 'Switch of the sunroof.', {
    allowed: [...SWITCH, 'TILT_UP', 'TILT_DOWN'],
    initial: 'INACTIVE',
  }),
  actuator('Body.Trunk.Rear.IsOpen', 'boolean', 'Trunk is open, at least in part.', { initial: false }),
  actuator('Body.Trunk.Rear.IsLocked', 'boolean', 'Trunk is locked.', { initial: true }),
  actuator('Body.Trunk.Rear.Position', 'uint8', 'Trunk: 0 shut, 100 open.', { ...percent, initial: 0 }),
];

const lights: readonly Signal[] = [
  actuator('Body.Lights.LightSwitch', 'string', 'Main light switch.', {
    allowed: ['OFF', 'POSITION', 'DAYTIME_RUNNING_LIGHTS', 'AUTO', 'BEAM'],
    initial: 'AUTO',
  }),
  actuator('Body.Lights.IsHighBeamSwitchOn', 'boolean', 'High beam switch.', { initial: false }),
  actuator('Body.Lights.Beam.Low.IsOn', 'boolean', 'Low beam shines.', { initial: false }),
  actuator('Body.Lights.Beam.High.IsOn', 'boolean', 'High beam shines.', { initial: false }),
  actuator('Body.Lights.Hazard.IsSignaling', 'boolean', 'Hazard lights blink.', { initial: false }),
  ...AXIS_SIDES.map((side) =>
    actuator(`Body.Lights.DirectionIndicator.${side}.IsSignaling`, 'boolean', 'Indicator blinks.', { initial: false }),
  ),
  ...atSeats((place) => [
    actuator(`Cabin.Light.AmbientLight.${place}.IsLightOn`, 'boolean', 'Ambient light is on.', { initial: false }),
    actuator(`Cabin.Light.AmbientLight.${place}.Color`, 'string', 'Its colour, "#RRGGBB".', { initial: '#FFFFFF' }),
    actuator(`Cabin.Light.AmbientLight.${place}.Intensity`, 'uint8', 'Its brightness.', {
      unit: 'percent',
      min: 1,
      max: 100,
      initial: 50,
    }),
  ]),
  actuator('Body.Horn.IsActive', 'boolean', 'Horn sounds.', { initial: false }),
  actuator('Body.Windshield.Front.Wiping.Mode', 'string', 'Front wipers.', {
    allowed: ['OFF', 'SLOW', 'MEDIUM', 'FAST', 'INTERVAL', 'RAIN_SENSOR'],
    initial: 'OFF',
  }),
];

const battery = 'Powertrain.TractionBattery';
const energy: readonly Signal[] = [
  actuator(`${battery}.Charging.StartStopCharging`, 'string', 'Starts or stops charging.', {
    allowed: ['START', 'STOP'],
    initial: 'STOP',
  }),
  actuator(`${battery}.Charging.ChargeLimit`, 'uint8', 'Charging ends at this state of charge.', {
    ...percent,
    initial: 80,
  }),
  sensor(`${battery}.Charging.IsCharging`, 'boolean', 'Energy flows into the car.', { initial: false }),
  sensor(`${battery}.Charging.ChargingPort.AnyPosition.IsChargingCableConnected`, 'boolean', 'A cable is plugged in.', {
    initial: true,
  }),
  sensor(`${battery}.StateOfCharge.Current`, 'float', 'State of charge.', { ...percent, initial: 62 }),
  sensor(`${battery}.StateOfCharge.Displayed`, 'float', 'State of charge as shown.', { ...percent, initial: 62 }),
  sensor(`${battery}.Range`, 'uint32', 'Range with the battery.', { unit: 'm', initial: 248_000 }),
  sensor('Powertrain.Range', 'uint32', 'Range.', { unit: 'm', initial: 248_000 }),
];

const driving: readonly Signal[] = [
  sensor('Speed', 'float', 'Speed.', { unit: 'km/h', initial: 0 }),
  sensor('IsMoving', 'boolean', 'The car moves.', { initial: false }),
  sensor('TraveledDistance', 'uint32', 'Odometer.', { unit: 'm', initial: 23_456_700 }),
  ...ROWS.flatMap((row) =>
    AXIS_SIDES.map((side) =>
      sensor(`Chassis.Axle.${row}.Wheel.${side}.Tire.Pressure`, 'uint16', 'Tyre pressure.', {
        unit: 'kPa',
        initial: row === 'Row1' ? 240 : 250,
      }),
    ),
  ),
];

const infotainment: readonly Signal[] = [
  actuator('Cabin.Infotainment.Media.Volume', 'uint8', 'Volume of the media.', { ...percent, initial: 25 }),
  // Unknown until somebody sets a destination.
  actuator('Cabin.Infotainment.Navigation.DestinationSet.Latitude', 'double', 'Destination, WGS 84.', {
    unit: 'degrees',
    min: -90,
    max: 90,
  }),
  actuator('Cabin.Infotainment.Navigation.DestinationSet.Longitude', 'double', 'Destination, WGS 84.', {
    unit: 'degrees',
    min: -180,
    max: 180,
  }),
];

export interface CarIdentity {
  /** The model's name. */
  readonly name: string;
  /** 17 characters, as ISO 3779 has them. */
  readonly vin: string;
}

/**
 * The virtual car's leaves, with types, units and restrictions as in VSS 6.0 (COVESA): what the catalogue's functions for
 * cars need, for two rows of two seats. Descriptions are ours.
 */
export function carSignals({ name, vin }: CarIdentity): readonly Signal[] {
  return [
    attribute('VersionVSS.Major', 'uint32', 'Version of VSS.', { initial: 6 }),
    attribute('VersionVSS.Minor', 'uint32', 'Version of VSS.', { initial: 0 }),
    attribute('VersionVSS.Patch', 'uint32', 'Version of VSS.', { initial: 0 }),
    attribute('VehicleIdentification.VIN', 'string', 'Vehicle identification number.', { initial: vin }),
    attribute('VehicleIdentification.Brand', 'string', 'Brand.', { initial: 'Tentacle' }),
    attribute('VehicleIdentification.Model', 'string', 'Model.', { initial: name }),
    attribute('Cabin.DriverPosition', 'string', 'Where the wheel is.', {
      allowed: ['LEFT', 'MIDDLE', 'RIGHT'],
      initial: 'LEFT',
    }),
    attribute('Cabin.DoorCount', 'uint8', 'Number of doors.', { initial: 4 }),
    ...climate,
    ...seats,
    ...openings,
    ...lights,
    ...energy,
    ...driving,
    ...infotainment,
  ];
}
