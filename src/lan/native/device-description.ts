import { z } from 'zod';
import { canonicalJson } from '../../core/canonical-json.js';
import { deviceKindSchema } from '../../core/device.js';
import { deviceWords } from './device-words.js';
import { schemaObjection } from './plain-schema.js';
import { type DeviceFacts, META } from './profile.js';

/** More functions than these are left out. */
export const MAX_FUNCTIONS = 64;

export const describedFunctionSchema = z.object({
  name: z.string(),
  description: z.string(),
  /** JSON Schema as canonical JSON text. */
  schema: z.string(),
  /** Names of its parameters. */
  parameters: z.array(z.string()),
  repeat: z.enum(['safe', 'once']),
  leaseMs: z.number().nullable(),
});
export type DescribedFunction = z.infer<typeof describedFunctionSchema>;

/** What a device says of itself, cleaned: the words of a stranger. */
export const deviceDescriptionSchema = z.object({
  name: z.string().min(1),
  kind: deviceKindSchema,
  room: z.string().nullable(),
  deviceClass: z.string().nullable(),
  virtual: z.boolean(),
  functions: z.array(describedFunctionSchema),
});
export type DeviceDescription = z.infer<typeof deviceDescriptionSchema>;

export const toolSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/),
  description: z.string().optional(),
  inputSchema: z.looseObject({ properties: z.record(z.string(), z.unknown()).optional() }),
  _meta: z.record(z.string(), z.unknown()).optional(),
});

/** The description, and why some functions are not in it. */
export function describeDevice(
  facts: DeviceFacts,
  tools: readonly unknown[],
): { readonly description: DeviceDescription; readonly problems: readonly string[] } {
  const functions = new Map<string, DescribedFunction>();
  const problems: string[] = [];
  for (const tool of tools.slice(0, MAX_FUNCTIONS)) {
    const parsed = describeFunction(tool);
    if (typeof parsed === 'string') problems.push(parsed);
    else functions.set(parsed.name, parsed);
  }
  if (tools.length > MAX_FUNCTIONS) problems.push(`It offers ${tools.length} functions; the first 64 are looked at.`);
  const description = {
    name: deviceWords(facts.name, 60) || 'Device',
    kind: facts.kind,
    room: facts.room === null ? null : deviceWords(facts.room, 60) || null,
    deviceClass: facts.deviceClass === null ? null : deviceWords(facts.deviceClass, 40) || null,
    virtual: facts.virtual,
    functions: [...functions.values()],
  };
  return { description, problems };
}

const metaSchema = z.object({
  // What does not say that it may run twice, may not.
  [META.repeat]: z.enum(['safe', 'once']).catch('once'),
  [META.leaseMs]: z.number().min(200).max(60_000).nullable().catch(null),
});

function describeFunction(tool: unknown): DescribedFunction | string {
  const objection = schemaObjection(tool);
  if (objection) return `A function is left out: ${objection}.`;
  const parsed = toolSchema.safeParse(tool);
  if (!parsed.success) return 'A function is left out: its description cannot be read.';
  const { name, description, inputSchema, _meta } = parsed.data;
  const meta = metaSchema.parse(_meta ?? {});
  return {
    name,
    description: deviceWords(description ?? '', 300),
    schema: canonicalJson(inputSchema),
    parameters: Object.keys(inputSchema.properties ?? {}),
    repeat: meta[META.repeat],
    leaseMs: meta[META.leaseMs],
  };
}
