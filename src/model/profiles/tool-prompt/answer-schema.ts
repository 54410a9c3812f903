import type { GbnfJsonArraySchema, GbnfJsonSchema } from 'node-llama-cpp';
import type { FunctionDescriptor, ParameterDescriptor } from '../../../catalog/function-descriptor.js';

/** No sentence asks for more at once; the grammar closes the array there. */
const MAX_ANSWER_CALLS = 8;

function valueSchema(parameter: ParameterDescriptor): GbnfJsonSchema {
  switch (parameter.type) {
    case 'boolean':
      return { type: 'boolean' };
    case 'enum':
      return { enum: parameter.values ?? [] };
    case 'percent':
    case 'celsius':
    case 'number':
      return { type: 'number' };
    default:
      return { type: 'string', minLength: 1 };
  }
}

/** The grammar asks for every property, so what may be left out may be null. */
function argumentSchema(parameter: ParameterDescriptor): GbnfJsonSchema {
  const value = valueSchema(parameter);
  return parameter.optional ? { oneOf: [{ type: 'null' }, value] } : value;
}

function callSchemas({ name, parameters }: FunctionDescriptor): readonly GbnfJsonSchema[] {
  const call = {
    name: { const: name },
    arguments: {
      type: 'object',
      properties: Object.fromEntries(parameters.map((entry) => [entry.name, argumentSchema(entry)])),
    },
  } as const;
  const order = { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: MAX_ANSWER_CALLS } as const;
  const device = { type: 'string', minLength: 1 } as const;
  return [
    { type: 'object', properties: call },
    { type: 'object', properties: { ...call, after: order } },
    { type: 'object', properties: { ...call, device } },
    { type: 'object', properties: { ...call, after: order, device } },
  ];
}

/** What a model may answer, for node-llama-cpp's grammar: an array of calls of these functions, or an empty one. */
export function answerSchema(
  functions: readonly FunctionDescriptor[],
): GbnfJsonArraySchema<Record<string, GbnfJsonSchema>> {
  return { type: 'array', items: { oneOf: functions.flatMap(callSchemas) }, maxItems: MAX_ANSWER_CALLS };
}
