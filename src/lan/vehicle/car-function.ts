import { z } from 'zod';
import type { Outcome } from '../../core/outcome.js';
import type { LanCall } from '../lan-call.js';
import type { Car } from './car.js';
import type { CarSignals } from './car-signals.js';
import type { Signal } from './signal.js';
import type { Scalar } from './signal-value.js';
import type { SignalValues } from './signal-watch.js';

/** One function of the catalogue on a car. */
export interface CarFunction {
  /** Whether a car with these signals has what the function needs. */
  readonly isOffered: (signals: CarSignals) => boolean;
  /** Rejects with a TentacleError. */
  readonly run: (call: LanCall, car: Car) => Promise<Outcome>;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** The arguments as the catalogue declares them; the ones that chose the device among them are passed over. */
export function argumentsOf<Shape extends z.ZodRawShape>(call: LanCall, shape: Shape): z.infer<z.ZodObject<Shape>> {
  return z.object(shape).parse(z.record(z.string(), scalar).parse(call.args));
}

/** The one value that all these signals had, or undefined where they differed or one was unknown. */
export function commonValue(before: SignalValues, paths: readonly string[]): Scalar | undefined {
  const [first, ...others] = paths.map((path) => before.get(path) ?? undefined);
  return others.every((other) => other === first) ? first : undefined;
}

/** As {@link commonValue}, for numbers, without the digits that 32-bit floats make up. */
export function commonNumber(before: SignalValues, signals: readonly Signal[]): number | undefined {
  const value = commonValue(before, pathsOf(signals));
  return typeof value === 'number' ? Math.round(value * 100) / 100 : undefined;
}

export const pathsOf = (signals: readonly Signal[]): readonly string[] => signals.map(({ path }) => path);
