import type { FunctionDescriptor, ParameterDescriptor } from '../../catalog/function-descriptor.js';

/** The part of JSON Schema that parameters need. */
export interface ParameterSchema {
  readonly type: 'string' | 'number' | 'boolean' | 'array';
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: { readonly type: 'integer'; readonly minimum: number };
}

/** A function as models are told of it. */
export interface ToolSchema {
  readonly name: string;
  readonly description: string;
  readonly parameters: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, ParameterSchema>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
}

const DEVICES = { phone: 'the phone', home: 'the home', car: 'the car', computer: 'the computer' } as const;

/** Parameters beside a function's own, for forms that leave no other room for order and device. */
export const besideParameters: Readonly<Record<string, ParameterSchema>> = {
  after: {
    type: 'array',
    items: { type: 'integer', minimum: 1 },
    description: 'Numbers of the earlier calls to wait for, when the sentence says so',
  },
  device: { type: 'string', description: "The device's name, when the sentence says one" },
};

function typeOf(parameter: ParameterDescriptor): ParameterSchema {
  switch (parameter.type) {
    case 'text':
      return { type: 'string', description: 'in the words of the sentence' };
    case 'photo':
      return { type: 'string' };
    case 'time':
      return { type: 'string', description: 'the time in the words of the sentence' };
    case 'datetime':
      return { type: 'string', description: 'the date and time in the words of the sentence' };
    case 'duration':
      return { type: 'string', description: 'the duration in the words of the sentence' };
    case 'percent':
      return { type: 'number', description: 'percent', minimum: 0, maximum: 100 };
    case 'celsius':
      return { type: 'number', description: 'degrees as said' };
    case 'number':
      return { type: 'number', ...(parameter.unit ? { description: parameter.unit } : {}) };
    case 'boolean':
      return { type: 'boolean' };
    case 'enum':
      return { type: 'string', enum: parameter.values ?? [] };
  }
}

function parameterSchema(parameter: ParameterDescriptor): ParameterSchema {
  const schema = typeOf(parameter);
  if (parameter.accepts.length === 0) return schema;
  const nested = `"$1" for the result of call 1 (${parameter.accepts.join(', ')})`;
  return { ...schema, description: schema.description ? `${schema.description}, or ${nested}` : nested };
}

/** The JSON Schema of a catalogue function. `beside` adds {@link besideParameters}. */
export function toolSchema(descriptor: FunctionDescriptor, options: { readonly beside: boolean }): ToolSchema {
  const own = Object.fromEntries(descriptor.parameters.map((entry) => [entry.name, parameterSchema(entry)]));
  const result = descriptor.result ? `; gives a ${descriptor.result}` : '';
  return {
    name: descriptor.name,
    description: `${descriptor.title} (${DEVICES[descriptor.kind]}${result})`,
    parameters: {
      type: 'object',
      properties: options.beside ? { ...own, ...besideParameters } : own,
      required: descriptor.parameters.filter(({ optional }) => !optional).map(({ name }) => name),
      additionalProperties: false,
    },
  };
}
