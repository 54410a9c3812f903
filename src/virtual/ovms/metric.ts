/** A metric's value as the module holds it; null: not defined, and so never told. */
export type MetricValue = boolean | number | string | readonly number[] | null;

/** A parked car with its cable in. Units are OVMS' own: %, km, km/h, kPa, degrees Celsius. */
export const PARKED: Readonly<Record<string, MetricValue>> = {
  'm.version': '3.3.006-virtual',
  'm.monotonic': 49607,
  's.v3.connected': true,
  's.v3.peers': 0,
  'v.type': 'DEMO',
  'v.b.soc': 62.5,
  'v.b.range.est': 248,
  'v.c.charging': false,
  'v.c.limit.soc': 80,
  'v.c.pilot': true,
  'v.c.state': 'stopped',
  'v.d.cp': true,
  'v.d.fl': false,
  'v.d.fr': false,
  'v.d.hood': false,
  'v.d.rl': false,
  'v.d.rr': false,
  'v.d.trunk': false,
  'v.e.cabintemp': 14.5,
  'v.e.hvac': false,
  'v.e.locked': true,
  'v.e.on': false,
  'v.p.odometer': 23456.7,
  'v.p.speed': 0,
  'v.t.pressure': [241, 240.5, 250, 251.3],
};

/** As OVMS writes it: "yes" and "no", six digits, vectors with commas, never a unit. */
export function metricText(value: Exclude<MetricValue, null>): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  return [value].flat().map(sixDigits).join(',');
}

const sixDigits = (value: number): string => String(Number(value.toPrecision(6)));

export const metricTopic = (name: string): string => `metric/${name.replaceAll('.', '/')}`;
