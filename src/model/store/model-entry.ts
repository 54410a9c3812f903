import { z } from 'zod';
import { modelProfileSchema } from '../profiles/model-profile.js';

/** A plain file name's characters: the name becomes `<name>.gguf` when the model is downloaded. */
export const modelNameSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

/** SHA-256 as 64 lower-case hexadecimal digits. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * A GGUF file of the user's, used where it lies. `path` is absolute, `size` in bytes. `licence` is what the file says of
 * itself, or null. `source` is "file" for one that was on this PC already, else the address that it was downloaded from
 * (without its query, which may hold a key). `addedAt` is milliseconds since the epoch.
 */
export const fileModelSchema = z.object({
  kind: z.literal('file'),
  name: modelNameSchema,
  profile: modelProfileSchema,
  path: z.string().min(1),
  size: z.number().int().positive(),
  sha256: sha256Schema,
  licence: z.string().nullable(),
  source: z.string(),
  addedAt: z.number().int(),
});
export type FileModel = z.infer<typeof fileModelSchema>;

/**
 * A model behind an OpenAI-compatible endpoint. `keyVariable` names the environment variable that holds the key: the
 * key itself is never stored. `leavesThisPc` is true when the host is not this computer.
 */
export const endpointModelSchema = z.object({
  kind: z.literal('endpoint'),
  name: modelNameSchema,
  url: z.url(),
  model: z.string().min(1),
  keyVariable: z.string().nullable(),
  leavesThisPc: z.boolean(),
  addedAt: z.number().int(),
});
export type EndpointModel = z.infer<typeof endpointModelSchema>;

export const modelEntrySchema = z.discriminatedUnion('kind', [fileModelSchema, endpointModelSchema]);
export type ModelEntry = z.infer<typeof modelEntrySchema>;

/** Names that differ in case alone would be one file on Windows and macOS: they count as equal everywhere. */
export function isSameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
