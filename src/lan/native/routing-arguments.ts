import type { CallArguments } from '../../core/plan.js';
import type { DescribedFunction } from './device-description.js';

/** Arguments by which a device was chosen: a device that does not take them has served its part by being the one. */
const ROUTING = new Set(['room', 'door', 'kind', 'name']);

/** The arguments as this device's function takes them. */
export function withoutRouting(args: CallArguments, described: DescribedFunction): CallArguments {
  const entries = Object.entries(args);
  return Object.fromEntries(entries.filter(([name]) => !ROUTING.has(name) || described.parameters.includes(name)));
}
