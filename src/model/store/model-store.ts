import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { readManifest } from '../model-manifest.js';
import { sha256OfFile } from '../sha256-file.js';
import { inspectModelFile, type ModelFacts } from './inspect-model-file.js';
import { type FileModel, isSameName, type ModelEntry, modelNameSchema } from './model-entry.js';
import { ModelRegistry, nameTaken, unknownModel } from './model-registry.js';
import { verifyModelFile } from './verify-model-file.js';

export interface EmbeddedModel {
  readonly kind: 'embedded';
  readonly name: string;
  readonly licence: string | null;
  readonly size: number | null;
}

/** The embedded model first, which is always there, then the user's in the order they were added. */
export interface ListedModels {
  readonly embedded: EmbeddedModel;
  readonly models: readonly ModelEntry[];
  /** The name of the user's model that plans, or null for the embedded one. */
  readonly current: string | null;
}

/** A file that could be added: its facts, and the entry that it would become. */
export interface Candidate {
  readonly facts: ModelFacts;
  readonly entry: FileModel;
}

/** All models that can plan: the embedded one and the user's own. */
export class ModelStore {
  /** Where the list lies and downloads go. */
  readonly folder: string;
  readonly #registry: ModelRegistry;
  readonly #manifestPath: string;

  constructor(options: { folder: string; manifestPath: string }) {
    this.folder = resolve(options.folder);
    this.#registry = new ModelRegistry(this.folder);
    this.#manifestPath = options.manifestPath;
  }

  /** Failure: MODELS_UNREADABLE. A damaged manifest is told when the embedded model is loaded, not here. */
  async list(): Promise<Result<ListedModels, Failure>> {
    const registered = await this.#registry.read();
    if (!registered.ok) return registered;
    const manifest = await readManifest(this.#manifestPath);
    const embedded: EmbeddedModel = manifest.ok
      ? { kind: 'embedded', name: manifest.value.name, licence: manifest.value.licence, size: manifest.value.size }
      : { kind: 'embedded', name: 'embedded', licence: null, size: null };
    return ok({ embedded, ...registered.value });
  }

  /** The model that plans: one of the user's, or null for the embedded one. Failure: MODELS_UNREADABLE. */
  async current(): Promise<Result<ModelEntry | null, Failure>> {
    const registered = await this.#registry.read();
    if (!registered.ok) return registered;
    const { current, models } = registered.value;
    return ok(models.find(({ name }) => name === current) ?? null);
  }

  /**
   * Chooses the model that plans; a file is checked first. Failures: MODEL_UNKNOWN, MODEL_MISSING, MODEL_CORRUPT, those
   * of the list. Throws the signal's reason.
   */
  async use(name: string, signal: AbortSignal): Promise<Result<void, Failure>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    if (isSameName(name, listed.value.embedded.name)) return this.#registry.use(null);
    const entry = listed.value.models.find((model) => isSameName(model.name, name));
    if (!entry) return err(unknownModel(name));
    if (entry.kind === 'file') {
      const verified = await verifyModelFile(entry, signal);
      if (!verified.ok) return verified;
    }
    return this.#registry.use(entry.name);
  }

  /** Whether a new model may have this name. Failures: BAD_MODEL_NAME, MODEL_NAME_TAKEN, MODELS_UNREADABLE. */
  async checkName(name: string): Promise<Result<void, Failure>> {
    if (!modelNameSchema.safeParse(name).success) return err(badName(name));
    const listed = await this.list();
    if (!listed.ok) return listed;
    const { embedded, models } = listed.value;
    return [embedded, ...models].some((model) => isSameName(model.name, name)) ? err(nameTaken(name)) : ok(undefined);
  }

  /**
   * Looks at a file that is to be added and stores nothing. `expected` is its SHA-256 if the user knows it. Failures:
   * those of {@link checkName} and {@link inspectModelFile}, MODEL_WRONG_HASH. Throws the signal's reason.
   */
  async examine(
    file: { path: string; name: string; source: string; expected: string | null; now: number },
    signal: AbortSignal,
  ): Promise<Result<Candidate, Failure>> {
    const named = await this.checkName(file.name);
    if (!named.ok) return named;
    const path = resolve(file.path);
    const facts = await inspectModelFile(path, signal);
    if (!facts.ok) return facts;
    const sha256 = await sha256OfFile(path, signal);
    if (file.expected !== null && sha256 !== file.expected) return err(wrongHash(path, file.expected, sha256));
    const { profile, size, licence } = facts.value;
    const { name, source, now } = file;
    return ok({
      facts: facts.value,
      entry: { kind: 'file', name, profile, path, size, sha256, licence, source, addedAt: now },
    });
  }

  /** Failures: those of {@link checkName}, MODELS_NOT_SAVED. */
  async add(entry: ModelEntry): Promise<Result<void, Failure>> {
    const named = await this.checkName(entry.name);
    return named.ok ? this.#registry.add(entry) : named;
  }

  /** Where a download of this name goes; the folder is made. Throws what the file system throws. */
  async downloadTarget(name: string): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return join(this.folder, `${name}.gguf`);
  }

  /** Forgets a model and returns it; its file stays. Failures: MODEL_UNKNOWN, MODEL_EMBEDDED, those of the list. */
  async remove(name: string): Promise<Result<ModelEntry, Failure>> {
    const listed = await this.list();
    if (!listed.ok) return listed;
    if (isSameName(name, listed.value.embedded.name)) return err(embeddedStays(name));
    const entry = listed.value.models.find((model) => isSameName(model.name, name));
    if (!entry) return err(unknownModel(name));
    const removed = await this.#registry.remove(entry.name);
    return removed.ok ? ok(entry) : removed;
  }

  /** Whether this file was downloaded by Tentacle into its own folder: only such files are ever deleted. */
  isOwnDownload(entry: ModelEntry): entry is FileModel {
    return entry.kind === 'file' && entry.source !== 'file' && dirname(entry.path) === this.folder;
  }

  /** Deletes a file that {@link isOwnDownload}; any other is left. Throws what the file system throws. */
  async deleteDownload(entry: ModelEntry): Promise<void> {
    if (this.isOwnDownload(entry)) await rm(entry.path, { force: true });
  }
}

function badName(name: string): Failure {
  return {
    code: 'BAD_MODEL_NAME',
    fault: 'user',
    message: `"${name.slice(0, 80)}" cannot be a model's name.`,
    next: 'Use up to 64 letters, digits, dots, dashes and underscores, with --name.',
  };
}

function wrongHash(path: string, expected: string, actual: string): Failure {
  return {
    code: 'MODEL_WRONG_HASH',
    fault: 'user',
    message: `${path} is not the file that the SHA-256 belongs to. Nothing was added.`,
    next: 'Download it again, or check the SHA-256.',
    detail: `sha256 ${actual} instead of ${expected}`,
  };
}

function embeddedStays(name: string): Failure {
  return {
    code: 'MODEL_EMBEDDED',
    fault: 'user',
    message: `${name} is the embedded model, which is always there.`,
    next: 'Choose another one with "tentacle models use".',
  };
}
