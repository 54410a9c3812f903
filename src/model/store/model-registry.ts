import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { writeAtomically } from '../../platform/write-atomically.js';
import { isSameName, type ModelEntry, modelEntrySchema } from './model-entry.js';

/** `models.json`: the user's models in the order they were added, and the chosen one; null is the embedded model. */
const registrySchema = z
  .object({ version: z.literal(1), current: z.string().nullable(), models: z.array(modelEntrySchema) })
  .refine(({ models }) => new Set(models.map(({ name }) => name.toLowerCase())).size === models.length, {
    error: 'two models have the same name',
  })
  .refine(({ current, models }) => current === null || models.some(({ name }) => name === current), {
    error: 'the current model is not among the models',
  });
export type RegisteredModels = Omit<z.infer<typeof registrySchema>, 'version'>;

const none: RegisteredModels = { current: null, models: [] };

/** The durable list of the user's models. A damaged list is never overwritten: it may be all there is to restore from. */
export class ModelRegistry {
  /** Where the list and downloaded models lie. */
  readonly folder: string;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string) {
    this.folder = folder;
  }

  /** No list yet is an empty list. Failure: MODELS_UNREADABLE. */
  async read(): Promise<Result<RegisteredModels, Failure>> {
    let text: string;
    try {
      text = await readFile(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(none);
      return err(unreadable(this.#path, String(error)));
    }
    const parsed = registrySchema.safeParse(parseJson(text));
    return parsed.success ? ok(parsed.data) : err(unreadable(this.#path, z.prettifyError(parsed.error)));
  }

  /** Failures: MODEL_NAME_TAKEN, MODELS_UNREADABLE, MODELS_NOT_SAVED. */
  async add(entry: ModelEntry): Promise<Result<void, Failure>> {
    return this.#change(({ current, models }) =>
      models.some(({ name }) => isSameName(name, entry.name))
        ? err(nameTaken(entry.name))
        : ok({ current, models: [...models, entry] }),
    );
  }

  /** Chooses a model; null chooses the embedded one. Failures: MODEL_UNKNOWN, MODELS_UNREADABLE, MODELS_NOT_SAVED. */
  async use(name: string | null): Promise<Result<void, Failure>> {
    return this.#change(({ models }) => {
      const entry = name === null ? null : models.find((model) => isSameName(model.name, name));
      return entry === undefined ? err(unknownModel(name ?? '')) : ok({ current: entry?.name ?? null, models });
    });
  }

  /** Forgets a model; the embedded one is current when it was this one. Failures as of {@link use}. */
  async remove(name: string): Promise<Result<void, Failure>> {
    return this.#change(({ current, models }) => {
      const rest = models.filter((model) => !isSameName(model.name, name));
      if (rest.length === models.length) return err(unknownModel(name));
      return ok({ current: current !== null && isSameName(current, name) ? null : current, models: rest });
    });
  }

  get #path(): string {
    return join(this.folder, 'models.json');
  }

  /** One change after the other, each on what the last one left. */
  #change(step: (before: RegisteredModels) => Result<RegisteredModels, Failure>): Promise<Result<void, Failure>> {
    const changed = this.#turn.then(async () => {
      const before = await this.read();
      if (!before.ok) return before;
      const after = step(before.value);
      return after.ok ? this.#write(after.value) : after;
    });
    this.#turn = changed;
    return changed;
  }

  async #write(registered: RegisteredModels): Promise<Result<void, Failure>> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 });
      await writeAtomically(this.#path, `${JSON.stringify({ version: 1, ...registered }, null, 2)}\n`);
      return ok(undefined);
    } catch (error) {
      return err({
        code: 'MODELS_NOT_SAVED',
        fault: 'user',
        message: `The list of models ${this.#path} could not be written. Nothing has changed.`,
        next: 'Check that there is space and that the folder may be written, and try again.',
        detail: String(error),
      });
    }
  }
}

function unreadable(path: string, detail: string): Failure {
  return {
    code: 'MODELS_UNREADABLE',
    fault: 'user',
    message: `The list of your models ${path} cannot be read. It was left as it is.`,
    next: 'Repair it, or move it away to begin with the embedded model alone.',
    detail,
  };
}

export function nameTaken(name: string): Failure {
  return {
    code: 'MODEL_NAME_TAKEN',
    fault: 'user',
    message: `There is a model with the name ${name} already.`,
    next: 'Choose another one with --name, or remove the other model first.',
  };
}

export function unknownModel(name: string): Failure {
  return {
    code: 'MODEL_UNKNOWN',
    fault: 'user',
    message: `There is no model with the name "${name}".`,
    next: '"tentacle models list" shows the names.',
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
