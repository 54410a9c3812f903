import { z } from 'zod';
import {
  elementsOf,
  isScalarType,
  kindOf,
  type Scalar,
  type ScalarType,
  scalarOf,
  wireValueSchema,
} from './signal-value.js';

/** One signal of a car, as its own metadata describes it. */
export interface Signal {
  /** VSS path: "Vehicle.Speed". */
  readonly path: string;
  readonly type: ScalarType;
  readonly kind: 'string' | 'number' | 'boolean';
  readonly isActuator: boolean;
  /** "km/h", "percent", "m", "celsius" (VSS 6: "Celsius"); empty where it has none. */
  readonly unit: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly allowed: readonly Scalar[] | null;
}

/** More signals than any VSS release has (VSS 6: about 1,400), and few enough to hold. */
const MAX_SIGNALS = 20_000;

const metadataSchema = z.object({
  path: z.string().min(1).max(1_000),
  data_type: z.string(),
  entry_type: z.string(),
  unit: z.string().max(200),
  allowed_values: wireValueSchema.nullish(),
  min: wireValueSchema.nullish(),
  max: wireValueSchema.nullish(),
});

export const listMetadataSchema = z.object({ metadata: z.array(metadataSchema).max(MAX_SIGNALS) });

/** The signals of a ListMetadata answer by path. Those that hold lists are left out: we have no use for one. */
export function signalsOf(answer: z.infer<typeof listMetadataSchema>): ReadonlyMap<string, Signal> {
  const signals = new Map<string, Signal>();
  for (const entry of answer.metadata) {
    if (!isScalarType(entry.data_type)) continue;
    signals.set(entry.path, {
      path: entry.path,
      type: entry.data_type,
      kind: kindOf(entry.data_type),
      isActuator: entry.entry_type === 'ENTRY_TYPE_ACTUATOR',
      unit: entry.unit,
      min: numberOf(scalarOf(entry.min)),
      max: numberOf(scalarOf(entry.max)),
      allowed: elementsOf(entry.allowed_values),
    });
  }
  return signals;
}

const numberOf = (value: Scalar | null): number | null => (typeof value === 'number' ? value : null);
