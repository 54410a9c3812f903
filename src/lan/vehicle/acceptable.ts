import { err, ok, type Result } from '../../core/result.js';
import type { Signal } from './signal.js';
import { isWhole, limitsOf, type Scalar } from './signal-value.js';

/** What a person calls a unit of VSS. Releases differ in spelling: "celsius" up to 5, "Celsius" in 6. */
const UNITS: Readonly<Record<string, string>> = {
  celsius: '°C',
  percent: '%',
  degrees: '°',
  mm: 'mm',
  km: 'km',
  m: 'm',
  'km/h': 'km/h',
  kpa: 'kPa',
};

export const unitWord = (unit: string): string => UNITS[unit.toLowerCase()] ?? unit;

/** "21 °C", "40 %"; whole numbers without a fraction, others with at most two digits of one. */
export function withUnit(value: number, unit: string): string {
  const word = unitWord(unit);
  return `${Math.round(value * 100) / 100}${word === '' || word === '°' ? word : ` ${word}`}`;
}

/**
 * The value in the form that the car's signal takes, checked against its own type, limits and list, or the sentence that
 * says what the car takes. Numbers are rounded where the car takes whole ones.
 */
export function acceptable(signal: Signal, value: Scalar): Result<Scalar, string> {
  if (typeof value === 'number' && signal.kind === 'number') return acceptableNumber(signal, value);
  if (typeof value !== signal.kind) return err(`The car takes something else here (${signal.path}).`);
  if (signal.allowed && !signal.allowed.includes(value)) {
    return err(`The car does not know "${value}" here, only ${wordsOf(signal.allowed)}.`);
  }
  return ok(value);
}

function acceptableNumber(signal: Signal, wished: number): Result<Scalar, string> {
  const value = isWhole(signal.type) ? Math.round(wished) : wished;
  const [least, most] = limitsOf(signal.type) ?? [null, null];
  const min = signal.min ?? least;
  const max = signal.max ?? most;
  if ((min !== null && value < min) || (max !== null && value > max)) return err(rangeSentence(signal, min, max));
  if (signal.allowed && !signal.allowed.includes(value)) {
    return err(`The car takes only ${wordsOf(signal.allowed)} here.`);
  }
  return ok(value);
}

function rangeSentence(signal: Signal, min: number | null, max: number | null): string {
  if (min === null) return `The car takes at most ${withUnit(max ?? 0, signal.unit)}.`;
  if (max === null) return `The car takes at least ${withUnit(min, signal.unit)}.`;
  return `The car takes ${Math.round(min * 100) / 100} to ${withUnit(max, signal.unit)}.`;
}

const wordsOf = (values: readonly Scalar[]): string => values.slice(0, 20).join(', ');

/** Whether a signal's value is what was sent. Floats cross the wire in 32 bits: 21.3 comes back as 21.299999. */
export function isSame(value: Scalar | null | undefined, wished: Scalar): boolean {
  if (typeof value === 'number' && typeof wished === 'number') {
    return Math.abs(value - wished) <= Math.max(1e-6, Math.abs(wished) * 1e-6) + 1e-6;
  }
  if (typeof value === 'string' && typeof wished === 'string') return value.toLowerCase() === wished.toLowerCase();
  return value === wished;
}
