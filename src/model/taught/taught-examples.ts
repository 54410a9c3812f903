import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readCalls } from '../../catalog/call-notation.js';
import type { Failure } from '../../core/failure.js';
import type { PlanDraft } from '../../core/plan-draft.js';
import { err, ok, type Result } from '../../core/result.js';
import { writeAtomically } from '../../platform/write-atomically.js';
import { draftOf } from './noted-draft.js';
import { likeness } from './sentence-likeness.js';

/** One line of the file: a sentence, the calls it means in call notation (empty: nothing is to be done), when it was taught. */
const exampleSchema = z.object({ sentence: z.string().min(1), means: z.string(), at: z.number() });
export type TaughtExample = z.infer<typeof exampleSchema>;

export interface Recall {
  readonly example: TaughtExample;
  readonly match: 'exact' | 'near';
  readonly draft: PlanDraft;
}

/**
 * The sentences that the user taught, one JSON a line in one file. A later example of the same sentence replaces the
 * earlier one. Lines that can't be read are kept and named in `problems`, never silently dropped.
 */
export class TaughtExamples {
  readonly #path: string;
  #lines: string[];
  #examples: TaughtExample[] = [];
  #problems: string[] = [];

  private constructor(path: string, lines: string[]) {
    this.#path = path;
    this.#lines = lines;
    this.#read();
  }

  /** Opens the file; one that does not exist yet holds no examples. Failure: TAUGHT_FAILED. */
  static async open(path: string): Promise<Result<TaughtExamples, Failure>> {
    try {
      const text = await readFile(path, 'utf8');
      return ok(new TaughtExamples(path, text.split('\n')));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ok(new TaughtExamples(path, []));
      return err(failed(path, error));
    }
  }

  /** Newest last. */
  get all(): readonly TaughtExample[] {
    return this.#examples;
  }

  /** Lines that are no examples, as "file:line: reason". */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** The example that a sentence repeats: an exact one before a near one, the newest of each. */
  recall(sentence: string): Recall | null {
    let near: Recall | null = null;
    for (const example of this.#examples.toReversed()) {
      const match = likeness(example.sentence, sentence);
      if (match === null || (match === 'near' && near)) continue;
      const calls = example.means === '' ? ok([]) : readCalls(example.means);
      if (!calls.ok) continue;
      const draft = { ...draftOf(calls.value), recalled: { sentence: example.sentence, match } };
      if (match === 'exact') return { example, match, draft };
      near = { example, match, draft };
    }
    return near;
  }

  /** Stores an example; it counts from the next sentence on. Failure: TAUGHT_FAILED. */
  async teach(example: TaughtExample): Promise<Result<void, Failure>> {
    const others = this.#linesWithout(example.sentence);
    return this.#write([...others, JSON.stringify(example)]);
  }

  /** Forgets the examples of a sentence; tells how many there were. Failure: TAUGHT_FAILED. */
  async forget(sentence: string): Promise<Result<number, Failure>> {
    const count = this.#examples.filter((example) => likeness(example.sentence, sentence) === 'exact').length;
    if (count === 0) return ok(0);
    const written = await this.#write(this.#linesWithout(sentence));
    return written.ok ? ok(count) : written;
  }

  #linesWithout(sentence: string): string[] {
    return this.#lines.filter((line) => {
      const example = parse(line);
      return line.trim() !== '' && !(example && likeness(example.sentence, sentence) === 'exact');
    });
  }

  async #write(lines: string[]): Promise<Result<void, Failure>> {
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeAtomically(this.#path, lines.map((line) => `${line}\n`).join(''));
    } catch (error) {
      return err(failed(this.#path, error));
    }
    this.#lines = lines;
    this.#read();
    return ok(undefined);
  }

  #read(): void {
    this.#examples = [];
    this.#problems = [];
    this.#lines.forEach((line, index) => {
      if (line.trim() === '') return;
      const example = parse(line);
      const calls = !example || example.means === '' ? null : readCalls(example.means);
      if (!example) this.#problems.push(`${this.#path}:${index + 1}: is no taught example`);
      else if (calls && !calls.ok) this.#problems.push(`${this.#path}:${index + 1}: ${calls.error.reason}`);
      else this.#examples.push(example);
    });
  }
}

function parse(line: string): TaughtExample | null {
  try {
    return exampleSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

function failed(path: string, cause: unknown): Failure {
  return {
    code: 'TAUGHT_FAILED',
    fault: 'tentacle',
    message: `The taught examples in ${path} could not be read or written.`,
    next: 'Check that the folder is yours and the disk has room, then try again.',
    detail: String(cause).slice(0, 300),
  };
}
