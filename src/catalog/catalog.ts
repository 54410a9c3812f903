import { carFunctions } from './car.js';
import { computerFunctions } from './computer.js';
import type { FunctionDescriptor } from './function-descriptor.js';
import { homeFunctions } from './home.js';
import { phoneFunctions } from './phone.js';

/** Bumped with every change of a name, a parameter or a value form; the model's metadata carries the one it learned. */
export const CATALOG_VERSION = 1;

/** Every function, in the order of their functional tokens: append only, so that trained weights keep their meaning. */
export const catalog: readonly FunctionDescriptor[] = [
  ...phoneFunctions,
  ...homeFunctions,
  ...carFunctions,
  ...computerFunctions,
];

const byName = new Map(catalog.map((descriptor) => [descriptor.name, descriptor]));

/**
 * Makes a function of the user's own known beside the catalogue, whose order and version stay as they are. Called for what a
 * model's file carries, before its first plan.
 */
export function addToCatalog(descriptor: FunctionDescriptor): void {
  byName.set(descriptor.name, descriptor);
}

/** The descriptor of a name of the catalogue or of an added function, or undefined for a name that neither holds. */
export function findFunction(name: string): FunctionDescriptor | undefined {
  return byName.get(name);
}
