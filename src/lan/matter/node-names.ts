import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import type { Result } from '../../core/result.js';
import { JsonFile } from '../../platform/json-file.js';

/** What the user called the devices when they were added, by node. Kept here: a name on the device would be seen by other apps. */
export class NodeNames {
  readonly #file: JsonFile<Record<string, string>>;
  #names: Readonly<Record<string, string>> = {};

  constructor(folder: string) {
    this.#file = new JsonFile(join(folder, 'names.json'), {
      schema: z.record(z.string(), z.string()),
      empty: {},
      title: 'The list of names of your Matter devices',
      code: 'MATTER_NAMES',
    });
  }

  get(node: string): string | null {
    return this.#names[node] ?? null;
  }

  /** Failure: MATTER_NAMES_UNREADABLE. */
  async read(): Promise<Result<void, Failure>> {
    const names = await this.#file.read();
    if (!names.ok) return names;
    this.#names = names.value;
    return { ok: true, value: undefined };
  }

  /** Sets a name, or takes it away with null. Failures: MATTER_NAMES_UNREADABLE, MATTER_NAMES_NOT_SAVED. */
  async set(node: string, name: string | null): Promise<Result<void, Failure>> {
    const { [node]: _, ...others } = this.#names;
    this.#names = name === null ? others : { ...others, [node]: name };
    return this.#file.change((before) => {
      const { [node]: _, ...rest } = before;
      return { ok: true, value: name === null ? rest : { ...rest, [node]: name } };
    });
  }
}
