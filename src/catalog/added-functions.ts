import { z } from 'zod';
import { deviceKindSchema } from '../core/device.js';
import { addToCatalog, findFunction } from './catalog.js';
import type { FunctionDescriptor } from './function-descriptor.js';

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, 'is lower-case letters, digits and _');
const resultType = z.enum(['text', 'number', 'percent', 'photo', 'place', 'phone-number']);

const parameterSchema = z.object({
  name,
  type: z.enum(['text', 'time', 'datetime', 'duration', 'percent', 'celsius', 'number', 'boolean', 'enum']),
  optional: z.boolean().default(false),
  values: z.array(z.string()).optional(),
  accepts: z.array(resultType).default([]),
});

/** A function that the user added to a model, as the model's file carries it. */
export const addedFunctionSchema = z.object({
  name,
  kind: deviceKindSchema,
  title: z.string().min(1),
  parameters: z.array(parameterSchema),
  result: resultType.nullable().default(null),
  // A stranger's function is asked about first unless its descriptor says that it is harmless.
  risk: z.enum(['read', 'safe', 'confirm']).default('confirm'),
  repeat: z.enum(['safe', 'once']).default('once'),
  needsOneOf: z.array(z.string()).default([]),
});
export type AddedFunction = z.infer<typeof addedFunctionSchema>;
export const addedFunctionsSchema = z.array(addedFunctionSchema);

/** Makes a model's added functions known to this process. A name that the catalogue holds already keeps its meaning. */
export function addFunctions(functions: readonly AddedFunction[]): void {
  for (const added of functions) if (!findFunction(added.name)) addToCatalog(descriptorOf(added));
}

function descriptorOf({ risk, parameters, ...rest }: AddedFunction): FunctionDescriptor {
  return {
    ...rest,
    parameters: parameters.map(({ values, ...parameter }) => ({ ...parameter, ...(values ? { values } : {}) })),
    risk: () => risk,
  };
}
