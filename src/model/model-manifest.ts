import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../core/failure.js';
import { err, ok, type Result } from '../core/result.js';
import { sha256OfFile } from './sha256-file.js';

/** `models/manifest.json`: what the embedded model is and what its bytes must be. */
export const modelManifestSchema = z.object({
  name: z.string(),
  file: z.string().regex(/^[\w.-]+\.gguf$/, 'is a plain file name'),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().positive(),
  licence: z.string(),
  parameters: z.number().int().positive(),
  catalogVersion: z.number().int(),
  languages: z.array(z.string()),
  functions: z.array(z.string()),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;

const NEXT = 'Reinstall Tentacle, or restore the models folder from the release, and try again.';

function missing(path: string): Failure {
  return { code: 'MODEL_MISSING', fault: 'tentacle', message: `The model file ${path} is not there.`, next: NEXT };
}

function corrupt(path: string, detail: string): Failure {
  return {
    code: 'MODEL_CORRUPT',
    fault: 'tentacle',
    message: `The model file ${path} is not the one that was released.`,
    next: NEXT,
    detail,
  };
}

export interface VerifiedModel {
  readonly path: string;
  readonly manifest: ModelManifest;
}

/** Reads a manifest and looks at no model. Failures: MODEL_MISSING, MODEL_CORRUPT. */
export async function readManifest(manifestPath: string): Promise<Result<ModelManifest, Failure>> {
  let text: string;
  try {
    text = await readFile(manifestPath, 'utf8');
  } catch {
    return err(missing(manifestPath));
  }
  const parsed = modelManifestSchema.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : err(corrupt(manifestPath, z.prettifyError(parsed.error)));
}

/**
 * Reads a manifest and checks the model's size and SHA-256 against it, so that a damaged or foreign file never reaches
 * the loader. Failures: MODEL_MISSING, MODEL_CORRUPT. Throws the signal's reason.
 */
export async function verifyModel(manifestPath: string, signal?: AbortSignal): Promise<Result<VerifiedModel, Failure>> {
  const manifest = await readManifest(manifestPath);
  if (!manifest.ok) return manifest;
  const path = join(dirname(manifestPath), manifest.value.file);
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) return err(missing(path));
  if (info.size !== manifest.value.size) {
    return err(corrupt(path, `${info.size} bytes instead of ${manifest.value.size}`));
  }
  const digest = await sha256OfFile(path, signal);
  if (digest !== manifest.value.sha256)
    return err(corrupt(path, `sha256 ${digest} instead of ${manifest.value.sha256}`));
  return ok({ path, manifest: manifest.value });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
