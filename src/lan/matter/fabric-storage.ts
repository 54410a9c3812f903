import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TentacleError } from '../../core/failure.js';
import { writeAtomically } from '../../platform/write-atomically.js';
import type { MatterLibrary } from './matter-library.js';

const FILE = 'fabric.json';

type Environment = InstanceType<MatterLibrary['Environment']>;

/**
 * Where the library keeps its fabric: the keys that command all Matter devices. One file of the folder (0600), replaced as a
 * whole; the library's own driver would write many files with the process's usual rights. The folder is locked against a second
 * Tentacle: the library's counters must not be used twice.
 *
 * Rejects with FABRIC_UNREADABLE for a damaged file, which is left as it is, and MATTER_IN_USE.
 */
export async function openFabricStorage(matter: MatterLibrary, environment: Environment, folder: string) {
  const path = join(folder, FILE);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const release = await lock(matter, folder);
  const content = await readContent(matter, path).catch(async (error: unknown) => {
    await release();
    throw error;
  });

  class FabricDriver extends matter.MemoryStorageDriver {
    #isDirty = false;
    #writing: Promise<void> = Promise.resolve();

    override async set(
      contexts: string[],
      keyOrValues: string | Record<string, StoredValue>,
      value?: StoredValue,
    ): Promise<void> {
      super.set(contexts, keyOrValues, value);
      await this.#save();
    }

    override async delete(contexts: string[], key: string): Promise<void> {
      super.delete(contexts, key);
      await this.#save();
    }

    override async clearAll(contexts: string[]): Promise<void> {
      super.clearAll(contexts);
      await this.#save();
    }

    override async close(): Promise<void> {
      await this.#writing;
      await super.close();
    }

    /** Changes that come while a write is under way share the next one. */
    #save(): Promise<void> {
      if (this.#isDirty) return this.#writing;
      this.#isDirty = true;
      const written = this.#writing.then(async () => {
        this.#isDirty = false;
        await writeAtomically(path, matter.toJson(this.store));
      });
      this.#writing = written.catch(() => {});
      return written;
    }
  }

  class FabricStorage extends matter.StorageService {
    readonly #driver = new FabricDriver(content);

    /** Without it the library would look into its own folder in the user's home. */
    override get hasFilesystem(): boolean {
      return false;
    }

    override async open() {
      this.registerDriver({ id: 'tentacle', create: () => this.#create() });
      this.defaultDriver = 'tentacle';
      return super.open(new matter.DataNamespace('tentacle'));
    }

    #create(): FabricDriver {
      if (!this.#driver.initialized) this.#driver.initialize();
      return this.#driver;
    }
  }

  return { storage: new FabricStorage(environment), release };
}

type StoredValue = NonNullable<Parameters<InstanceType<MatterLibrary['MemoryStorageDriver']>['set']>[2]>;
type Content = ConstructorParameters<MatterLibrary['MemoryStorageDriver']>[0];

async function lock(matter: MatterLibrary, folder: string): Promise<() => Promise<void>> {
  try {
    const filesystem = matter.Environment.default.get(matter.Filesystem);
    const held = await new matter.DatafileRoot(filesystem.directory(folder)).lock();
    return async () => held.close();
  } catch (cause) {
    throw new TentacleError(
      {
        code: 'MATTER_IN_USE',
        fault: 'user',
        message: 'Another Tentacle on this computer is connected to the Matter devices.',
        next: 'End it first.',
        detail: String(cause),
      },
      { cause },
    );
  }
}

async function readContent(matter: MatterLibrary, path: string): Promise<NonNullable<Content>> {
  try {
    return contentOf(matter, await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw unreadable(path, error);
  }
}

/** @throws SyntaxError for a text that is no table of tables. */
function contentOf(matter: MatterLibrary, text: string): NonNullable<Content> {
  const content = matter.fromJson(text);
  const store: NonNullable<Content> = {};
  if (!matter.isObject(content)) throw new SyntaxError('It is no table.');
  for (const [context, values] of Object.entries(content)) {
    if (!matter.isObject(values)) throw new SyntaxError(`${context} is no table.`);
    store[context] = { ...values };
  }
  return store;
}

function unreadable(path: string, cause: unknown): TentacleError {
  return new TentacleError(
    {
      code: 'FABRIC_UNREADABLE',
      fault: 'user',
      message: `The keys of your Matter devices in ${path} cannot be read. The file was left as it is.`,
      next: 'Restore it from a backup, or move it away and add the devices anew.',
      detail: String(cause),
    },
    { cause },
  );
}
