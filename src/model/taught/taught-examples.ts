import { mkdir, readFile, stat } from 'node:fs/promises';
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
  /** Of the file as it was last read. */
  #stamp = '';
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(path: string, lines: string[]) {
    this.#path = path;
    this.#lines = lines;
    this.#read();
  }

  /** Opens the file; one that does not exist yet holds no examples. Failure: TAUGHT_FAILED. */
  static async open(path: string): Promise<Result<TaughtExamples, Failure>> {
    const examples = new TaughtExamples(path, []);
    const read = await examples.refresh();
    return read.ok ? ok(examples) : read;
  }

  /** Takes up what another process taught or forgot meanwhile. Failure: TAUGHT_FAILED, and then what was known stays. */
  async refresh(): Promise<Result<void, Failure>> {
    try {
      const stamp = await stampOf(this.#path);
      if (stamp === this.#stamp) return ok(undefined);
      this.#lines = stamp === '' ? [] : (await readFile(this.#path, 'utf8')).split('\n');
      this.#stamp = stamp;
      this.#read();
      return ok(undefined);
    } catch (error) {
      return err(failed(this.#path, error));
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
    return this.#change(() => [...this.#linesWithout(example.sentence), JSON.stringify(example)]);
  }

  /** Forgets the examples of a sentence; tells how many there were. Failure: TAUGHT_FAILED. */
  async forget(sentence: string): Promise<Result<number, Failure>> {
    let count = 0;
    const written = await this.#change(() => {
      count = this.#examples.filter((example) => likeness(example.sentence, sentence) === 'exact').length;
      return count === 0 ? null : this.#linesWithout(sentence);
    });
    return written.ok ? ok(count) : written;
  }

  /** One change after the other, each on what the file holds now; null changes nothing. */
  #change(step: () => string[] | null): Promise<Result<void, Failure>> {
    const changed = this.#turn.then(async () => {
      const fresh = await this.refresh();
      if (!fresh.ok) return fresh;
      const lines = step();
      return lines === null ? ok(undefined) : this.#write(lines);
    });
    this.#turn = changed;
    return changed;
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
      this.#stamp = await stampOf(this.#path);
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

/** Changes whenever the file does; empty while there is none. */
async function stampOf(path: string): Promise<string> {
  try {
    const { ino, mtimeNs, size } = await stat(path, { bigint: true });
    return `${ino}:${mtimeNs}:${size}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
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
