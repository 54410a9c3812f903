import {
  boolean,
  celsius,
  type FunctionDescriptor,
  functionsOf,
  millimetres,
  oneOf,
  optional,
  percent,
  text,
} from './function-descriptor.js';

const car = functionsOf('car');

/** VSS signals through Kuksa, OVMS, the native protocol. */
export const carFunctions: readonly FunctionDescriptor[] = [
  car('set_climate_temperature', [celsius('temperature'), oneOf('zone', ['driver', 'passenger', 'rear'], optional)], {
    title: 'Car temperature',
    risk: 'safe',
    repeat: 'safe',
  }),
  car('set_climate_power', [boolean('power')], { title: 'Car climate', risk: 'safe', repeat: 'safe' }),
  car('set_fan_speed', [percent('level')], { title: 'Car fan', risk: 'safe', repeat: 'safe' }),
  car('set_defroster', [boolean('enabled'), oneOf('window', ['front', 'rear'], optional)], {
    title: 'Defroster',
    risk: 'safe',
    repeat: 'safe',
  }),
  car('set_seat_heating', [percent('level'), oneOf('seat', ['driver', 'passenger', 'rear'], optional)], {
    title: 'Seat heating',
    risk: 'safe',
    repeat: 'safe',
  }),
  car(
    'adjust_seat_position',
    [
      oneOf('seat', ['driver', 'passenger']),
      oneOf('position', ['forward', 'backward', 'up', 'down']),
      millimetres('distance', optional),
    ],
    { title: 'Move seat', risk: 'confirm', repeat: 'once' },
  ),
  car(
    'control_window',
    [percent('position'), oneOf('window', ['driver', 'passenger', 'rear_left', 'rear_right', 'all'])],
    { title: 'Car window', risk: (args) => (args.position === 0 ? 'safe' : 'confirm'), repeat: 'safe' },
  ),
  car('operate_sunroof', [oneOf('action', ['open', 'close', 'tilt'])], {
    title: 'Sunroof',
    risk: (args) => (args.action === 'close' ? 'safe' : 'confirm'),
    repeat: 'safe',
  }),
  car('set_car_lock', [boolean('locked')], {
    title: 'Car lock',
    risk: (args) => (args.locked === true ? 'safe' : 'confirm'),
    repeat: 'safe',
  }),
  car('open_trunk', [], { title: 'Open trunk', risk: 'confirm', repeat: 'once' }),
  car('set_headlights', [oneOf('mode', ['off', 'auto', 'low', 'high'])], {
    title: 'Headlights',
    risk: 'safe',
    repeat: 'safe',
  }),
  car('set_ambient_light', [text('color', optional), boolean('power', optional)], {
    title: 'Ambient light',
    risk: 'safe',
    repeat: 'safe',
    needsOneOf: ['color', 'power'],
  }),
  car('flash_and_honk', [], { title: 'Flash and honk', risk: 'confirm', repeat: 'once' }),
  car('set_charging', [boolean('enabled')], { title: 'Charging', risk: 'safe', repeat: 'safe' }),
  car('set_charge_limit', [percent('limit')], { title: 'Charge limit', risk: 'safe', repeat: 'safe' }),
  car('get_vehicle_status', [oneOf('item', ['battery', 'range', 'tire_pressure', 'doors', 'odometer', 'all'])], {
    title: 'Read car status',
    risk: 'read',
    repeat: 'safe',
    result: 'text',
  }),
  car('navigate_to', [text('destination', { accepts: ['place', 'text'] })], {
    title: 'Navigate',
    risk: 'safe',
    repeat: 'safe',
  }),
  car('adjust_volume', [percent('level')], { title: 'Car volume', risk: 'safe', repeat: 'safe' }),
  car('set_wipers', [oneOf('mode', ['off', 'slow', 'fast', 'auto'])], {
    title: 'Wipers',
    risk: 'safe',
    repeat: 'safe',
  }),
];
