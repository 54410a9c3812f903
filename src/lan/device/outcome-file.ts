import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../../platform/write-atomically.js';
import { callKeySchema, type WireOutcome, wireOutcomeSchema } from '../native/profile.js';

const lineSchema = z.object({
  owner: z.string(),
  key: callKeySchema,
  digest: z.string(),
  /** Absent while it runs. */
  outcome: wireOutcomeSchema.optional(),
});
export type OutcomeLine = z.infer<typeof lineSchema>;

/** After a restart: it began, and nobody saw its end. */
export const INTERRUPTED: WireOutcome = {
  status: 'unknown',
  why: 'The device was switched off or restarted in the middle of it.',
};

/**
 * The calls of `once` functions on disk, a line of JSON each for start and end, so that no restart makes one run twice. A
 * start is on the disk before the call runs.
 */
export class OutcomeFile implements AsyncDisposable {
  readonly #handle: FileHandle;
  /** What earlier runs of the device left, with an outcome for each. */
  readonly kept: readonly (OutcomeLine & { readonly outcome: WireOutcome })[];

  private constructor(handle: FileHandle, kept: OutcomeFile['kept']) {
    this.#handle = handle;
    this.kept = kept;
  }

  /** Reads what is there, and begins the file anew with the newest of it. */
  static async open(folder: string): Promise<OutcomeFile> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, 'outcomes.jsonl');
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const calls = new Map<string, OutcomeLine & { readonly outcome: WireOutcome }>();
    for (const line of text.split('\n')) {
      const parsed = parseLine(line);
      if (!parsed) continue;
      const name = `${parsed.owner} ${parsed.key}`;
      calls.delete(name);
      calls.set(name, { ...parsed, outcome: parsed.outcome ?? INTERRUPTED });
    }
    const kept = [...calls.values()].slice(-MAX_KEPT);
    await writeAtomically(path, kept.map((line) => `${JSON.stringify(line)}\n`).join(''));
    return new OutcomeFile(await open(path, 'a', 0o600), kept);
  }

  /** Resolves when the line will survive a power cut. */
  async append(line: OutcomeLine): Promise<void> {
    await this.#handle.appendFile(`${JSON.stringify(line)}\n`);
    await this.#handle.datasync();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close();
  }
}

/** More than any device does in the time that a call can be repeated in. */
const MAX_KEPT = 5_000;

/** A torn last line, from a power cut in the middle of writing it, is none: the call had not begun then. */
function parseLine(line: string): OutcomeLine | null {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
