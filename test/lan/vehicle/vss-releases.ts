import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CarSignals } from '../../../src/lan/vehicle/car-signals.js';
import { signalsOf } from '../../../src/lan/vehicle/signal.js';
import type { Scalar } from '../../../src/lan/vehicle/signal-value.js';

export const RELEASES = ['3.0', '3.1.1', '4.0', '5.1', '6.0'] as const;
export type Release = (typeof RELEASES)[number];

const scalar = z.union([z.string(), z.number()]);
const leafSchema = z.object({
  path: z.string(),
  type: z.string(),
  entry: z.enum(['actuator', 'sensor', 'attribute']),
  unit: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  allowed: z.array(scalar).optional(),
});
export type Leaf = z.infer<typeof leafSchema>;

const { releases } = z
  .object({ releases: z.record(z.enum(RELEASES), z.array(leafSchema)) })
  .parse(JSON.parse(readFileSync(new URL('vss-releases.json', import.meta.url), 'utf8')));

/** The leaves of a release; paths without the leading "Vehicle.". */
export const leavesOf = (release: Release): readonly Leaf[] => releases[release];

const FIELDS: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'bool',
  float: 'float',
  double: 'double',
};

/** The field of `kuksa.val.v2.Value` that a VSS type travels in. */
export function fieldOf(type: string): string {
  return FIELDS[type] ?? (type.startsWith('u') ? (type === 'uint64' ? 'uint64' : 'uint32') : 'int32');
}

const wire = (type: string, value: Scalar | undefined) => (value === undefined ? null : { [fieldOf(type)]: value });

/** A leaf as a databroker's ListMetadata tells it. */
export function metadataOf(leaf: Leaf) {
  return {
    path: `Vehicle.${leaf.path}`,
    data_type: `DATA_TYPE_${leaf.type.toUpperCase()}`,
    entry_type: `ENTRY_TYPE_${leaf.entry.toUpperCase()}`,
    unit: leaf.unit ?? '',
    min: wire(leaf.type, leaf.min),
    max: wire(leaf.type, leaf.max),
    allowed_values: leaf.allowed ? { [`${fieldOf(leaf.type)}_array`]: { values: leaf.allowed } } : null,
  };
}

/** What the transport makes of a release, without a wire between. */
export function signalsOfRelease(release: Release, driverPosition: Scalar | null = null): CarSignals {
  const metadata = leavesOf(release).map((leaf) => {
    const told = metadataOf(leaf);
    const allowed = leaf.allowed ? { string_array: { values: leaf.allowed.map(String) } } : null;
    return { ...told, allowed_values: allowed };
  });
  return new CarSignals(signalsOf({ metadata }), driverPosition);
}
