import { z } from 'zod';
import { deviceSaid, failed, readBack, untrusted } from '../../../../core/outcomes.js';
import { numberOf } from '../../../mqtt/reading.js';
import { argumentsOf } from '../../car-function.js';
import type { MetricName } from '../metric-names.js';
import { OPENINGS } from '../metric-names.js';
import type { MetricStore } from '../metric-store.js';
import type { OvmsFunction } from '../ovms-car.js';

const ITEMS = ['battery', 'range', 'tire_pressure', 'doors', 'odometer'] as const;
type Item = (typeof ITEMS)[number];

const WHEELS = ['front left', 'front right', 'rear left', 'rear right'] as const;
/** As the wheels of `v.t.pressure` are ordered. */
const SINGLE_TYRES = ['v.tp.fl.p', 'v.tp.fr.p', 'v.tp.rl.p', 'v.tp.rr.p'] as const;
const DOORS: readonly (keyof typeof OPENINGS)[] = ['v.d.fl', 'v.d.fr', 'v.d.rl', 'v.d.rr'];
const OPENABLE = [...DOORS, 'v.d.hood', 'v.d.trunk', 'v.d.cp'] as const;

const METRICS_OF: Record<Item, readonly MetricName[]> = {
  battery: ['v.b.soc', 'v.c.charging'],
  range: ['v.b.range.est'],
  tire_pressure: ['v.t.pressure', ...SINGLE_TYRES],
  doors: [...OPENABLE, 'v.e.locked'],
  odometer: ['v.p.odometer'],
};

const MOST_KM = 10_000_000;
const MOST_KPA = 2_000;

/** What a car says of itself, in a person's words and units. What it has no value for is left out, never made up. */
export const getVehicleStatus: OvmsFunction = async (call, car) => {
  const { item } = argumentsOf(call, { item: z.enum([...ITEMS, 'all']) });
  const items = item === 'all' ? ITEMS : [item];
  const names = items.flatMap((one) => METRICS_OF[one]);
  const { module } = car;
  const mark = await module.refresh(names, AbortSignal.any([call.signal, module.gone]));
  const said = items.flatMap((one) => SENTENCES[one](module.metrics) ?? []);
  if (said.length === 0) {
    const words = item === 'all' ? 'state' : item.replace('_', ' ');
    return failed(
      'NO_VALUE',
      `${car.name} does not tell its ${words}.`,
      'Switch the car on, or wake it, and try again.',
    );
  }
  const old = names.filter((name) => module.metrics.text(name) !== null && !module.metrics.isSince(name, mark));
  const text = [said.join('; '), ...(old.length > 0 ? [ageWords(old, module.metrics)] : [])].join(' ');
  const data = { data: untrusted(text, text, 'device') };
  return old.length > 0 ? deviceSaid(text, data) : readBack(text, data);
};

/** How long ago the oldest of these was said. */
function ageWords(names: readonly MetricName[], metrics: MetricStore): string {
  const times = names.map((name) => metrics.saidAt(name));
  if (times.some((time) => time === null)) return '(in part from an earlier time)';
  const minutes = Math.round((Date.now() - Math.min(...times.map((time) => time ?? 0))) / 60_000);
  return minutes < 1 ? '(as of a moment ago)' : `(in part as of ${minutes} min ago)`;
}

/** The sentence for each item, or null where the car told nothing of it. */
const SENTENCES: Record<Item, (metrics: MetricStore) => string | null> = {
  battery: (metrics) => {
    const charge = metrics.number('v.b.soc', 0, 100);
    if (charge === null) return null;
    return `battery ${oneDigit(charge)} %${metrics.flag('v.c.charging') === true ? ', charging' : ''}`;
  },
  range: (metrics) => {
    const range = metrics.number('v.b.range.est', 0, MOST_KM);
    return range === null ? null : `range ${Math.round(range)} km`;
  },
  tire_pressure: (metrics) => {
    const told = pressures(metrics).flatMap((kpa, wheel) =>
      kpa === null ? [] : [`${WHEELS[wheel]} ${(kpa / 100).toFixed(1)} bar`],
    );
    return told.length > 0 ? `tyres: ${told.join(', ')}` : null;
  },
  doors: (metrics) => {
    const opened = OPENABLE.filter((name) => metrics.flag(name) === true).map((name) => OPENINGS[name]);
    const areShut = DOORS.every((name) => metrics.flag(name) === false);
    const isLocked = metrics.flag('v.e.locked');
    const parts = [
      ...(opened.length > 0 ? [`open: ${opened.join(', ')}`] : areShut ? ['doors shut'] : []),
      ...(isLocked === null ? [] : [isLocked ? 'locked' : 'unlocked']),
    ];
    return parts.length > 0 ? parts.join(', ') : null;
  },
  odometer: (metrics) => {
    const distance = metrics.number('v.p.odometer', 0, MOST_KM);
    return distance === null ? null : `odometer ${Math.round(distance)} km`;
  },
};

/** In kPa, by wheel. A wheel without a sensor is told as 0. */
function pressures(metrics: MetricStore): readonly (number | null)[] {
  const together = metrics.text('v.t.pressure')?.split(',');
  const texts = together?.length === WHEELS.length ? together : SINGLE_TYRES.map((name) => metrics.text(name));
  return texts.map((text) => {
    const kpa = numberOf(text);
    return kpa !== null && kpa > 0 && kpa <= MOST_KPA ? kpa : null;
  });
}

const oneDigit = (value: number): number => Math.round(value * 10) / 10;
