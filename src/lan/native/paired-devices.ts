import { join } from 'node:path';
import { z } from 'zod';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { JsonFile } from '../../platform/json-file.js';
import { addressSchema } from './address.js';
import { deviceDescriptionSchema } from './device-description.js';

/** Addresses kept of one device, the last that worked first. */
export const MAX_ADDRESSES = 4;

export const pairedDeviceSchema = z.object({
  id: z.uuid(),
  /** SHA-256 of its key, in hex. */
  pin: z.string().regex(/^[0-9a-f]{64}$/),
  addresses: z.array(addressSchema).max(MAX_ADDRESSES),
  /** What the user has accepted of what it says of itself; null until it was first read. */
  accepted: deviceDescriptionSchema.nullable(),
});
export type PairedDevice = z.infer<typeof pairedDeviceSchema>;

const listSchema = z.array(pairedDeviceSchema).max(500);

/** What is known of the paired devices, wherever it is kept. */
export interface PairedStore {
  all(): Promise<Result<readonly PairedDevice[], Failure>>;
  put(device: PairedDevice): Promise<Result<void, Failure>>;
  delete(id: string): Promise<Result<void, Failure>>;
}

/** The devices that this computer is paired with, on disk. Failures: PAIRED_DEVICES_UNREADABLE, PAIRED_DEVICES_NOT_SAVED. */
export class PairedDevices implements PairedStore {
  readonly #file: JsonFile<PairedDevice[]>;

  constructor(folder: string) {
    this.#file = new JsonFile(join(folder, 'paired-devices.json'), {
      schema: listSchema,
      empty: [],
      title: 'The list of paired devices',
      code: 'PAIRED_DEVICES',
    });
  }

  all(): Promise<Result<readonly PairedDevice[], Failure>> {
    return this.#file.read();
  }

  /** Takes a device in, or replaces it. A device of this id with another key is not replaced: ID_TAKEN. */
  put(device: PairedDevice): Promise<Result<void, Failure>> {
    return this.#file.change((before) => {
      const known = before.find(({ id }) => id === device.id);
      if (known && known.pin !== device.pin) return err(idTaken());
      return ok([...before.filter(({ id }) => id !== device.id), device]);
    });
  }

  delete(id: string): Promise<Result<void, Failure>> {
    return this.#file.change((before) => ok(before.filter((each) => each.id !== id)));
  }
}

export function idTaken(): Failure {
  return {
    code: 'ID_TAKEN',
    fault: 'user',
    message: 'A device that is paired already has this name tag and another key.',
    next: 'If it was reset, forget the old one first and pair again; if not, one of the two is false.',
  };
}
