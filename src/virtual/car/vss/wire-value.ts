import { z } from 'zod';
import { err, ok, type Result } from '../../../core/result.js';
import type { Scalar, Signal, SignalType } from './signal.js';

/** The field of `kuksa.val.v2.Value` that carries a type: protobuf has no 8 and 16 bits. */
const FIELD = {
  boolean: 'bool',
  string: 'string',
  int8: 'int32',
  uint8: 'uint32',
  uint16: 'uint32',
  uint32: 'uint32',
  float: 'float',
  double: 'double',
} as const satisfies Record<SignalType, string>;

const WHOLE_RANGE: Partial<Record<SignalType, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  uint16: [0, 65_535],
  uint32: [0, 4_294_967_295],
};

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** `Value` as the loader gives it: `typed_value` names the field that is set, lists are objects. */
export const wireValueSchema = z.object({ typed_value: z.string().optional() }).catchall(z.unknown());
export type WireValue = z.infer<typeof wireValueSchema>;

export const toWire = (signal: Signal, value: Scalar): Record<string, Scalar> => ({ [FIELD[signal.type]]: value });

/** The allowed values of a signal as the list type that `Metadata` wants, or null. */
export const allowedToWire = (signal: Signal): object | null =>
  signal.allowed ? { string_array: { values: [...signal.allowed] } } : null;

/**
 * What a message asks this signal to be, checked as the databroker does: the field of its type, within the type, within
 * min and max, among the allowed values. The error is a sentence for INVALID_ARGUMENT.
 */
export function fromWire(signal: Signal, wire: WireValue): Result<Scalar, string> {
  const field = wire.typed_value;
  if (field === undefined) return err('No value provided');
  // The numeric types are not converted into each other, not even int32 into uint32.
  if (field !== FIELD[signal.type])
    return err(`Wrong type for ${signal.path}: ${field} instead of ${FIELD[signal.type]}`);
  const value = scalar.safeParse(wire[field]);
  return value.success ? checkValue(signal, value.data) : err(`Wrong type for ${signal.path}`);
}

/** The value as the signal keeps it, or the sentence that says what is wrong with it. */
export function checkValue(signal: Signal, value: Scalar): Result<Scalar, string> {
  if (typeof value === 'number') return checkNumber(signal, value);
  if (typeof value !== signal.type) return err(`Wrong type for ${signal.path}: ${typeof value}`);
  if (signal.allowed && !signal.allowed.some((allowed) => allowed === value)) {
    return err(`Value not allowed for ${signal.path}: ${value} is not in [${signal.allowed.join(', ')}]`);
  }
  return ok(value);
}

function checkNumber(signal: Signal, value: number): Result<number, string> {
  if (signal.type === 'boolean' || signal.type === 'string') return err(`Wrong type for ${signal.path}: number`);
  const { min, max } = signal;
  // Written so that NaN, which is neither too small nor too large, does not pass where there is a range.
  if ((min !== null && !(value >= min)) || (max !== null && !(value <= max))) {
    return err(`Value out of bounds for ${signal.path}: ${value}, range [${min ?? 'none'}, ${max ?? 'none'}]`);
  }
  const whole = WHOLE_RANGE[signal.type];
  if (whole && !(Number.isInteger(value) && value >= whole[0] && value <= whole[1])) {
    return err(`Value out of bounds for ${signal.path}: ${value} is no ${signal.type}`);
  }
  // What is read back is what crossed the wire: 21.3 in 32 bits is 21.299999237060547.
  return ok(signal.type === 'float' ? Math.fround(value) : value);
}
