import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../core/failure.js';
import { err, ok, type Result } from '../core/result.js';
import { writeAtomically } from './write-atomically.js';

export interface JsonFileFacts<T> {
  readonly schema: z.ZodType<T>;
  /** What holds while there is no file. */
  readonly empty: T;
  /** What it is to a person: "The list of your models". */
  readonly title: string;
  /** What its failures' codes begin with: "MODELS" gives MODELS_UNREADABLE and MODELS_NOT_SAVED. */
  readonly code: string;
}

/**
 * A durable value in a JSON file (0600) that is replaced as a whole, one change after the other. A damaged file is never
 * overwritten: it may be all there is to restore from.
 */
export class JsonFile<T> {
  readonly path: string;
  readonly #facts: JsonFileFacts<T>;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(path: string, facts: JsonFileFacts<T>) {
    this.path = path;
    this.#facts = facts;
  }

  /** Failure: <code>_UNREADABLE. */
  async read(): Promise<Result<T, Failure>> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(this.#facts.empty);
      return err(this.#unreadable(String(error)));
    }
    const parsed = this.#facts.schema.safeParse(parseJson(text));
    return parsed.success ? ok(parsed.data) : err(this.#unreadable(z.prettifyError(parsed.error)));
  }

  /** Replaces the value by what the step makes of it, unless the step fails. Failures: the step's, <code>_UNREADABLE, <code>_NOT_SAVED. */
  change(step: (before: T) => Result<T, Failure>): Promise<Result<void, Failure>> {
    const changed = this.#turn.then(async () => {
      const before = await this.read();
      if (!before.ok) return before;
      const after = step(before.value);
      return after.ok ? this.#write(after.value) : after;
    });
    this.#turn = changed;
    return changed;
  }

  async #write(value: T): Promise<Result<void, Failure>> {
    try {
      await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
      await writeAtomically(this.path, `${JSON.stringify(value, null, 2)}\n`);
      return ok(undefined);
    } catch (error) {
      return err({
        code: `${this.#facts.code}_NOT_SAVED`,
        fault: 'user',
        message: `${this.#facts.title} ${this.path} could not be written. Nothing has changed.`,
        next: 'Check that there is space and that the folder may be written, and try again.',
        detail: String(error),
      });
    }
  }

  #unreadable(detail: string): Failure {
    return {
      code: `${this.#facts.code}_UNREADABLE`,
      fault: 'user',
      message: `${this.#facts.title} ${this.path} cannot be read. It was left as it is.`,
      next: 'Repair it, or move it away to begin anew.',
      detail,
    };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
