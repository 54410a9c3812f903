import { stat } from 'node:fs/promises';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { sha256OfFile } from '../sha256-file.js';
import type { FileModel } from './model-entry.js';

/** How a model's file looks at a glance, without reading it. */
export async function fileState(model: FileModel): Promise<'ready' | 'missing' | 'changed'> {
  const file = await stat(model.path).catch(() => null);
  if (!file?.isFile()) return 'missing';
  return file.size === model.size ? 'ready' : 'changed';
}

/**
 * Checks that a model's file is still the one that was added: what the user agreed to is what is loaded. Failures:
 * MODEL_MISSING, MODEL_CORRUPT. Throws the signal's reason.
 */
export async function verifyModelFile(model: FileModel, signal?: AbortSignal): Promise<Result<FileModel, Failure>> {
  const file = await stat(model.path).catch(() => null);
  if (!file?.isFile()) return err(gone(model));
  if (file.size !== model.size) return err(changed(model, `${file.size} bytes instead of ${model.size}`));
  try {
    const digest = await sha256OfFile(model.path, signal);
    return digest === model.sha256 ? ok(model) : err(changed(model, `sha256 ${digest} instead of ${model.sha256}`));
  } catch (error) {
    signal?.throwIfAborted();
    return err(gone(model, String(error)));
  }
}

function gone({ name, path }: FileModel, detail?: string): Failure {
  return {
    code: 'MODEL_MISSING',
    fault: 'user',
    message: `The model ${name} cannot be used: its file ${path} is not there or cannot be read.`,
    next: 'Put the file back, or choose another model: "tentacle models list" shows them.',
    ...(detail === undefined ? {} : { detail }),
  };
}

function changed({ name, path }: FileModel, detail: string): Failure {
  return {
    code: 'MODEL_CORRUPT',
    fault: 'user',
    message: `The model ${name} was not loaded: its file ${path} has changed since it was added.`,
    next: `If that is meant, add it anew: "tentacle models remove ${name}", then "tentacle models add". Otherwise restore it.`,
    detail,
  };
}
