import { z } from 'zod';
import { refSchema } from '../core/plan.js';
import type { FunctionDescriptor, ParameterDescriptor } from './function-descriptor.js';

/** Longest text argument, in UTF-16 code units. */
export const MAX_TEXT_LENGTH = 2_000;

const CLOCK_TIME = /^([01]\d|2[0-3]):[0-5]\d$/;
const LOCAL_DATETIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/;

/** A day that exists: "2026-02-30T10:00" has the form and not the day. */
function isRealDay(value: string): boolean {
  const day = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10));
}

/** NUL cannot reach a device in one argument, and no sentence needs it. */
const plainText = z
  .string()
  .trim()
  .min(1)
  .max(MAX_TEXT_LENGTH)
  .refine((value) => !value.includes('\0'), 'contains a NUL character');

function literalSchema(parameter: ParameterDescriptor): z.ZodType<string | number | boolean> {
  switch (parameter.type) {
    case 'text':
    case 'photo':
      return plainText;
    case 'time':
      return z.string().regex(CLOCK_TIME, 'is not a time of day (HH:MM)');
    case 'datetime':
      return z
        .string()
        .regex(LOCAL_DATETIME, 'is not a date and time (YYYY-MM-DDTHH:MM)')
        .refine(isRealDay, 'is a day that does not exist');
    case 'duration':
      return z.number().int().min(1).max(86_400);
    case 'percent':
      return z.number().min(0).max(100);
    case 'celsius':
      return z.number().min(-40).max(60);
    case 'number':
      return z.number().min(-10_000).max(10_000);
    case 'boolean':
      return z.boolean();
    case 'enum':
      return z.enum(parameter.values ?? []);
  }
}

export interface SchemaOptions {
  /** Refs are allowed before dispatch and gone at dispatch. */
  readonly refs: boolean;
}

/**
 * The schema of a function's arguments as they stand in a plan: required ones present, none unknown, values in the
 * catalogue's form. Refs pass where the parameter accepts results and `refs` is true.
 */
export function argumentsSchema(
  descriptor: FunctionDescriptor,
  options: SchemaOptions,
): z.ZodType<Record<string, string | number | boolean | z.infer<typeof refSchema>>> {
  const shape = Object.fromEntries(
    descriptor.parameters.map((parameter) => {
      const literal = literalSchema(parameter);
      const value = options.refs && parameter.accepts.length > 0 ? z.union([refSchema, literal]) : literal;
      return [parameter.name, parameter.optional ? value.optional() : value];
    }),
  );
  const strict = z.strictObject(shape);
  const required = descriptor.needsOneOf;
  const checked =
    required.length === 0
      ? strict
      : strict.refine(
          (args) => required.some((name) => args[name] !== undefined),
          `needs one of ${required.join(', ')}`,
        );
  return checked as unknown as z.ZodType<Record<string, string | number | boolean | z.infer<typeof refSchema>>>;
}
