import { z } from 'zod';

/** What one signal says or is told. Arrays are read as their elements only where a signal's allowed values stand. */
export type Scalar = string | number | boolean;

/** Longest text that one signal may say, in UTF-16 code units. */
const MAX_TEXT = 1_000;

/** Most allowed values that one signal may have. */
const MAX_ALLOWED = 1_000;

// A car may well say NaN or infinity, which zod's number() does not take: they are read as "no value" below.
const anyNumber = z.custom<number>((value) => typeof value === 'number');
const numbers = z.object({ values: z.array(anyNumber).max(MAX_ALLOWED) });
const texts = z.object({ values: z.array(z.string().max(MAX_TEXT)).max(MAX_ALLOWED) });

/** `kuksa.val.v2.Value` as the loader gives it: `typed_value` names the field that is set, if any is. */
export const wireValueSchema = z.object({
  typed_value: z.string().optional(),
  string: z.string().max(MAX_TEXT).optional(),
  bool: z.boolean().optional(),
  int32: anyNumber.optional(),
  int64: anyNumber.optional(),
  uint32: anyNumber.optional(),
  uint64: anyNumber.optional(),
  float: anyNumber.optional(),
  double: anyNumber.optional(),
  string_array: texts.optional(),
  int32_array: numbers.optional(),
  int64_array: numbers.optional(),
  uint32_array: numbers.optional(),
  uint64_array: numbers.optional(),
  float_array: numbers.optional(),
  double_array: numbers.optional(),
});
type WireValue = z.infer<typeof wireValueSchema>;

/** The single value of a message, or null: none is there, it is a list, or a number that is none. */
export function scalarOf(value: WireValue | null | undefined): Scalar | null {
  if (!value) return null;
  const said =
    value.string ??
    value.bool ??
    value.int32 ??
    value.int64 ??
    value.uint32 ??
    value.uint64 ??
    value.float ??
    value.double;
  if (said === undefined || (typeof said === 'number' && !Number.isFinite(said))) return null;
  return said;
}

/** The elements of a list, or null where the message holds none: that is how "no restriction" is said. */
export function elementsOf(value: WireValue | null | undefined): readonly Scalar[] | null {
  const list =
    value?.string_array ??
    value?.int32_array ??
    value?.int64_array ??
    value?.uint32_array ??
    value?.uint64_array ??
    value?.float_array ??
    value?.double_array;
  return list && list.values.length > 0 ? list.values : null;
}

/** VSS data types that hold one value, and the field of `Value` that carries each (protobuf has no 8 and 16 bits). */
const FIELD_OF = {
  DATA_TYPE_STRING: 'string',
  DATA_TYPE_BOOLEAN: 'bool',
  DATA_TYPE_INT8: 'int32',
  DATA_TYPE_INT16: 'int32',
  DATA_TYPE_INT32: 'int32',
  DATA_TYPE_INT64: 'int64',
  DATA_TYPE_UINT8: 'uint32',
  DATA_TYPE_UINT16: 'uint32',
  DATA_TYPE_UINT32: 'uint32',
  DATA_TYPE_UINT64: 'uint64',
  DATA_TYPE_FLOAT: 'float',
  DATA_TYPE_DOUBLE: 'double',
} as const;

export type ScalarType = keyof typeof FIELD_OF;

export const isScalarType = (type: string): type is ScalarType => Object.hasOwn(FIELD_OF, type);

/** What a value of this VSS type is in TypeScript. */
export function kindOf(type: ScalarType): 'string' | 'number' | 'boolean' {
  const field = FIELD_OF[type];
  if (field === 'string') return 'string';
  return field === 'bool' ? 'boolean' : 'number';
}

export const isWhole = (type: ScalarType): boolean => FIELD_OF[type].includes('int');

/** The value as `kuksa.val.v2.Value` wants it for a signal of this type; the databroker takes no other field. */
export function toWire(type: ScalarType, value: Scalar): Record<string, Scalar> {
  return { [FIELD_OF[type]]: value };
}

const WHOLE_LIMITS: Partial<Record<ScalarType, readonly [number, number]>> = {
  DATA_TYPE_INT8: [-128, 127],
  DATA_TYPE_UINT8: [0, 255],
  DATA_TYPE_INT16: [-32_768, 32_767],
  DATA_TYPE_UINT16: [0, 65_535],
  DATA_TYPE_INT32: [-2_147_483_648, 2_147_483_647],
  DATA_TYPE_UINT32: [0, 4_294_967_295],
};

/** The least and the most that fits into a type, or null where nothing we send could be too much. */
export const limitsOf = (type: ScalarType): readonly [number, number] | null => WHOLE_LIMITS[type] ?? null;
