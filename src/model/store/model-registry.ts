import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { JsonFile } from '../../platform/json-file.js';
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

/** The durable list of the user's models. */
export class ModelRegistry {
  /** Where the list and downloaded models lie. */
  readonly folder: string;
  readonly #file: JsonFile<z.infer<typeof registrySchema>>;

  constructor(folder: string) {
    this.folder = folder;
    this.#file = new JsonFile(join(folder, 'models.json'), {
      schema: registrySchema,
      empty: { version: 1, current: null, models: [] },
      title: 'The list of your models',
      code: 'MODELS',
    });
  }

  /** No list yet is an empty list. Failure: MODELS_UNREADABLE. */
  async read(): Promise<Result<RegisteredModels, Failure>> {
    const read = await this.#file.read();
    return read.ok ? ok({ current: read.value.current, models: read.value.models }) : read;
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

  #change(step: (before: RegisteredModels) => Result<RegisteredModels, Failure>): Promise<Result<void, Failure>> {
    return this.#file.change((before) => {
      const after = step(before);
      return after.ok ? ok({ version: 1, current: after.value.current, models: [...after.value.models] }) : after;
    });
  }
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
