import type { Scalar } from './signal-value.js';

/** Where something of the car is: row 1 is the front. Sides are the driver's, wherever the wheel is. */
export interface Place {
  readonly row: 1 | 2;
  readonly side: 'driver' | 'passenger';
}

export const PLACES = {
  driver: { row: 1, side: 'driver' },
  passenger: { row: 1, side: 'passenger' },
  rearDriver: { row: 2, side: 'driver' },
  rearPassenger: { row: 2, side: 'passenger' },
} as const satisfies Record<string, Place>;

export type PlaceName = keyof typeof PLACES;

export const PLACE_NAMES = Object.keys(PLACES).filter((name): name is PlaceName => Object.hasOwn(PLACES, name));

/** How a car's seats lie, seen from its paths. */
export interface Seating {
  readonly driverOnRight: boolean;
  /** VSS 3 counts seats from the left: the right one in front is the second of two, or the third of three. */
  readonly frontRight: 'Pos2' | 'Pos3';
}

/**
 * Reads `Vehicle.Cabin.DriverPosition`: VSS 4 and later say LEFT, MIDDLE or RIGHT, VSS 3 counts the seats from the left,
 * 1 by default. By VSS's own rule MIDDLE counts as left.
 */
export function seatingOf(driverPosition: Scalar | null): Seating {
  if (typeof driverPosition === 'number') {
    return { driverOnRight: driverPosition > 1, frontRight: driverPosition === 3 ? 'Pos3' : 'Pos2' };
  }
  return { driverOnRight: driverPosition === 'RIGHT', frontRight: 'Pos2' };
}

/** The place behind "rear left" in a car with the wheel on this side. */
export function rearPlace(side: 'left' | 'right', { driverOnRight }: Seating): PlaceName {
  return (side === 'right') === driverOnRight ? 'rearDriver' : 'rearPassenger';
}

/**
 * Fills a path's place in, in the words of its VSS version: `{DriverSide}` and `{Driver}` (VSS 4 and later), `{Left}`
 * (VSS 3; tyres always), `{Pos}` (seats of VSS 3). A `{Pos}` behind has two readings: the right seat is the third of
 * three or the second of two; the car's metadata tells which it has.
 */
export function pathsAt(template: string, place: Place, seating: Seating): readonly string[] {
  const isDriver = place.side === 'driver';
  const isLeft = isDriver !== seating.driverOnRight;
  const path = template
    .replace('{row}', String(place.row))
    .replace('{DriverSide}', isDriver ? 'DriverSide' : 'PassengerSide')
    .replace('{Driver}', isDriver ? 'Driver' : 'Passenger')
    .replace('{Left}', isLeft ? 'Left' : 'Right');
  if (!path.includes('{Pos}')) return [path];
  const behind = ['Pos3', 'Pos2'];
  const positions = isLeft ? ['Pos1'] : place.row === 1 ? [seating.frontRight] : behind;
  return positions.map((position) => path.replace('{Pos}', position));
}
