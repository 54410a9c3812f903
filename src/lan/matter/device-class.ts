import { z } from 'zod';
import type { EndpointView } from './endpoint-view.js';

/** Device types by their numbers in Matter's device library 1.4, with the field's word for each. */
const CLASSES: ReadonlyMap<number, string> = new Map([
  [0x0100, 'light'],
  [0x0101, 'light'],
  [0x010c, 'light'],
  [0x010d, 'light'],
  [0x010a, 'switch'],
  [0x010b, 'switch'],
  [0x010f, 'switch'],
  [0x0110, 'switch'],
  [0x0301, 'thermostat'],
  [0x0072, 'thermostat'],
  [0x000a, 'lock'],
  [0x0202, 'blinds'],
  [0x0074, 'vacuum'],
  [0x002b, 'fan'],
  [0x002d, 'fan'],
  [0x0302, 'sensor'],
  [0x0076, 'smoke_detector'],
]);

/** The window covering type "drapery": what people call a curtain. */
const DRAPERY = 4;

/** The field's word for an endpoint, or null for one that is no thing, or none that Tentacle knows. */
export function deviceClassOf(endpoint: EndpointView): string | null {
  const known = endpoint.deviceTypes.map((type) => CLASSES.get(type)).find((word) => word !== undefined) ?? null;
  if (known !== 'blinds') return known;
  const { data } = z.object({ type: z.number() }).safeParse(endpoint.cluster('windowCovering'));
  return data?.type === DRAPERY ? 'curtain' : 'blinds';
}
