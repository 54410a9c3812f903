import { TentacleError } from '../../../core/failure.js';

/** What OVMS itself takes as a vehicle id (letters, digits, "-"), and what people set in its shell beside it. */
const VEHICLE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MAX_PREFIX = 200;
const PIN = /^\d{1,12}$/;

/** @throws TentacleError BAD_ADDRESS */
export function checkedVehicle(vehicle: string): string {
  if (VEHICLE.test(vehicle)) return vehicle;
  throw wrong(
    'BAD_ADDRESS',
    'This is no vehicle id of OVMS.',
    'Write it as the module shows it: letters, digits and "-".',
  );
}

/**
 * Where a module's topics begin, without a slash at the end: its setting `server.v3 topic.prefix`, or where that is empty
 * what the firmware makes of the user and the vehicle id.
 *
 * @throws TentacleError BAD_ADDRESS for wildcards and what else is no topic.
 */
export function modulePrefix(prefix: string | undefined, username: string | null, vehicle: string): string {
  const topic = prefix?.replace(/\/$/, '') ?? `ovms/${username ?? ''}/${vehicle}`;
  const hasWrongUser = prefix === undefined && username?.includes('/') === true;
  if (topic !== '' && topic.length <= MAX_PREFIX && !hasWrongUser && !/[+#\p{Cc}]|^\$/u.test(topic)) return topic;
  throw wrong(
    'BAD_ADDRESS',
    'This is no topic prefix of an OVMS module.',
    'Write it without + and #, as the module has it: ovms/<user>/<vehicle id>.',
  );
}

/** Nothing but digits: it becomes a word of a command in a full shell. @throws TentacleError BAD_PIN */
export function checkedPin(pin: string): string {
  if (PIN.test(pin)) return pin;
  throw wrong('BAD_PIN', 'This is no PIN of a car.', 'Give the digits that the module has as its vehicle PIN.');
}

const wrong = (code: string, message: string, next: string): TentacleError =>
  new TentacleError({ code, fault: 'user', message, next });
