import { findFunction } from '../../catalog/catalog.js';
import type { FunctionDescriptor, ParameterDescriptor } from '../../catalog/function-descriptor.js';
import { isObject, type PlainSchema } from './plain-schema.js';

/**
 * The function of the catalogue that a tool is, or null. It is one when it has the function's name; takes what the function
 * cannot do without, in forms that fit; and asks for nothing that the function does not have.
 */
export function fittingFunction(name: string, schema: PlainSchema): FunctionDescriptor | null {
  const descriptor = findFunction(name);
  if (!descriptor) return null;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const own = new Map(descriptor.parameters.map((parameter) => [parameter.name, parameter]));
  const takes = (parameter: string): boolean => Object.hasOwn(properties, parameter);
  const fits =
    required.every((each) => own.has(each)) &&
    descriptor.parameters.every((parameter) =>
      takes(parameter.name)
        ? isForm(parameter, properties[parameter.name])
        : parameter.optional || isRouting(descriptor.name, parameter.name),
    ) &&
    (descriptor.needsOneOf.length === 0 || descriptor.needsOneOf.some(takes));
  return fits ? descriptor : null;
}

/** The arguments as the tool takes them: what only chose the device is left out where the tool has no such parameter. */
export function withoutRouting<T>(
  functionName: string,
  schema: PlainSchema,
  args: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const isKept = (name: string): boolean => Object.hasOwn(properties, name) || !isRouting(functionName, name);
  return Object.fromEntries(Object.entries(args).filter(([name]) => isKept(name)));
}

const CHOSEN_BY_NAME = new Set(['set_switch', 'get_device_state']);

/** Whether the argument chose the device, and so has served its part. */
function isRouting(functionName: string, parameter: string): boolean {
  if (parameter === 'room' || parameter === 'door') return true;
  if (parameter === 'kind') return functionName === 'set_cover';
  return parameter === 'name' && CHOSEN_BY_NAME.has(functionName);
}

/** Whether the tool takes every value that the function's parameter may have. */
function isForm(parameter: ParameterDescriptor, schema: unknown): boolean {
  if (!isObject(schema)) return false;
  const { anyOf } = schema;
  // Optional parameters of servers in Python are "this or null".
  if (Array.isArray(anyOf)) return anyOf.some((branch) => isForm(parameter, branch));
  const types = Array.isArray(schema['type']) ? schema['type'] : [schema['type']];
  const choices = schema['enum'];
  switch (parameter.type) {
    case 'boolean':
      return types.includes('boolean');
    case 'percent':
    case 'celsius':
    case 'number':
    case 'duration': {
      // A percentage of a tool that ends at 1 is a share, and 40 would be far too much.
      const { maximum } = schema;
      const isWide = parameter.type !== 'percent' || typeof maximum !== 'number' || maximum >= 100;
      return isWide && !Array.isArray(choices) && (types.includes('number') || types.includes('integer'));
    }
    case 'enum':
      return (
        types.includes('string') &&
        (!Array.isArray(choices) || (parameter.values ?? []).every((value) => choices.includes(value)))
      );
    default:
      return types.includes('string') && !Array.isArray(choices);
  }
}
