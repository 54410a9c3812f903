import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Failure, TentacleError } from '../../core/failure.js';
import type { Result } from '../../core/result.js';
import { err, ok } from '../../core/result.js';
import { JsonFile } from '../../platform/json-file.js';

export const pairedComputerSchema = z.object({
  /** SHA-256 of its key, in hex. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  /** What it called itself. */
  name: z.string(),
  /** ISO 8601. */
  pairedAt: z.string(),
});
export type PairedComputer = z.infer<typeof pairedComputerSchema>;

const recordSchema = z.object({ id: z.uuid(), computers: z.array(pairedComputerSchema).max(64) });

/** What a device keeps: its id for life, and the computers that may command it. */
export class DeviceRecord {
  readonly id: string;
  readonly #file: JsonFile<z.infer<typeof recordSchema>>;
  #computers: readonly PairedComputer[];

  private constructor(file: JsonFile<z.infer<typeof recordSchema>>, id: string, computers: readonly PairedComputer[]) {
    this.#file = file;
    this.id = id;
    this.#computers = computers;
  }

  /** @throws TentacleError DEVICE_RECORD_UNREADABLE, DEVICE_RECORD_NOT_SAVED. */
  static async open(folder: string): Promise<DeviceRecord> {
    const file = new JsonFile(join(folder, 'device.json'), {
      schema: recordSchema,
      empty: { id: randomUUID(), computers: [] },
      title: 'The list of paired computers',
      code: 'DEVICE_RECORD',
    });
    valueIn(await file.change(ok));
    const { id, computers } = valueIn(await file.read());
    return new DeviceRecord(file, id, computers);
  }

  get computers(): readonly PairedComputer[] {
    return this.#computers;
  }

  has(fingerprint: string): boolean {
    return this.#computers.some((computer) => computer.fingerprint === fingerprint);
  }

  async add(computer: PairedComputer): Promise<Result<void, Failure>> {
    return this.#change((before) => [...before.filter((each) => each.fingerprint !== computer.fingerprint), computer]);
  }

  /** From the call on it may do nothing, whether or not the disk takes it. */
  async remove(fingerprint: string): Promise<Result<void, Failure>> {
    this.#computers = this.#computers.filter((each) => each.fingerprint !== fingerprint);
    return this.#change((before) => before.filter((each) => each.fingerprint !== fingerprint));
  }

  async #change(
    step: (before: readonly PairedComputer[]) => readonly PairedComputer[],
  ): Promise<Result<void, Failure>> {
    let after = this.#computers;
    const saved = await this.#file.change((record) => {
      after = step(record.computers);
      return after.length > 64 ? err(tooMany()) : ok({ ...record, computers: [...after] });
    });
    if (saved.ok) this.#computers = after;
    return saved;
  }
}

function valueIn<T>(result: Result<T, Failure>): T {
  if (!result.ok) throw new TentacleError(result.error);
  return result.value;
}

function tooMany(): Failure {
  return {
    code: 'TOO_MANY_COMPUTERS',
    fault: 'user',
    message: 'This device is paired with 64 computers already.',
    next: 'Revoke one of them first.',
  };
}
