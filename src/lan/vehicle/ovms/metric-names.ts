/** Doors and lids in the order in which they are told, by what people call them. */
export const OPENINGS = {
  'v.d.fl': 'front left door',
  'v.d.fr': 'front right door',
  'v.d.rl': 'rear left door',
  'v.d.rr': 'rear right door',
  'v.d.hood': 'bonnet',
  'v.d.trunk': 'boot',
  'v.d.cp': 'charge port',
} as const;

/** The metrics that are listened to; a module has hundreds, and a broker may have many modules. */
export const METRICS = [
  's.v3.connected',
  'm.version',
  'm.monotonic',
  'v.type',
  'v.b.soc',
  'v.b.range.est',
  'v.c.charging',
  'v.c.state',
  'v.c.limit.soc',
  'v.e.hvac',
  'v.e.locked',
  'v.e.on',
  'v.p.speed',
  'v.p.odometer',
  // All tyres in one since 3.2.016, one metric a tyre before.
  'v.t.pressure',
  'v.tp.fl.p',
  'v.tp.fr.p',
  'v.tp.rl.p',
  'v.tp.rr.p',
  'v.d.fl',
  'v.d.fr',
  'v.d.rl',
  'v.d.rr',
  'v.d.hood',
  'v.d.trunk',
  'v.d.cp',
] as const;
export type MetricName = (typeof METRICS)[number];

/** Whether the module is at the broker: "yes", and by its last will "no". */
export const CONNECTED: MetricName = 's.v3.connected';
