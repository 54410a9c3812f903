export type Scalar = string | number | boolean;

/** The types of VSS that the virtual car's signals have. */
export type SignalType = 'boolean' | 'string' | 'int8' | 'uint8' | 'uint16' | 'uint32' | 'float' | 'double';

export type EntryType = 'actuator' | 'sensor' | 'attribute';

/** A leaf of the VSS tree, with the restrictions that a databroker checks. */
export interface Signal {
  /** VSS path: "Vehicle.Speed". */
  readonly path: string;
  readonly type: SignalType;
  readonly entry: EntryType;
  readonly description: string;
  /** "percent", "km/h", "Celsius"; empty where it has none. */
  readonly unit: string;
  readonly min: number | null;
  readonly max: number | null;
  readonly allowed: readonly string[] | null;
  /** What it is when the car starts; null: not known yet. */
  readonly initial: Scalar | null;
}

/** Restrictions and the first value of a signal, where it has them. */
export interface SignalTraits {
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly allowed?: readonly string[];
  readonly initial?: Scalar;
}

export function declareSignal(
  entry: EntryType,
  path: string,
  type: SignalType,
  description: string,
  traits: SignalTraits = {},
): Signal {
  return {
    path: `Vehicle.${path}`,
    type,
    entry,
    description,
    unit: traits.unit ?? '',
    min: traits.min ?? null,
    max: traits.max ?? null,
    allowed: traits.allowed ?? null,
    initial: traits.initial ?? null,
  };
}
