import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { formatAddress } from '../../lan/native/address.js';
import { PairedDevices } from '../../lan/native/paired-devices.js';

/** A paired device as a person speaks of it. */
export interface PairedName {
  /** UUID. */
  readonly id: string;
  readonly name: string;
  /** "host:port" where it was last; empty when nowhere yet. */
  readonly address: string;
}

/** The devices that this computer is paired with, by name. */
export class PairedNames {
  readonly #devices: PairedDevices;

  constructor(folder: string) {
    this.#devices = new PairedDevices(folder);
  }

  /** Failure: PAIRED_DEVICES_UNREADABLE. */
  async all(): Promise<Result<readonly PairedName[], Failure>> {
    const paired = await this.#devices.all();
    if (!paired.ok) return paired;
    return ok(
      paired.value.map(({ id, accepted, addresses: [first] }) => ({
        id,
        name: accepted?.name ?? id,
        address: first ? formatAddress(first) : '',
      })),
    );
  }

  /**
   * Forgets the device of this name or id, and returns it; null where there is none. Failures: NAME_AMBIGUOUS,
   * PAIRED_DEVICES_UNREADABLE, PAIRED_DEVICES_NOT_SAVED.
   */
  async forget(name: string): Promise<Result<PairedName | null, Failure>> {
    const all = await this.all();
    if (!all.ok) return all;
    const asked = name.toLowerCase().replace(/^native:/, '');
    const meant = all.value.filter((each) => each.id === asked || each.name.toLowerCase() === asked);
    const [device] = meant;
    if (!device) return ok(null);
    if (meant.length > 1) return err(ambiguous(name, meant));
    const forgotten = await this.#devices.delete(device.id);
    return forgotten.ok ? ok(device) : forgotten;
  }
}

function ambiguous(name: string, meant: readonly PairedName[]): Failure {
  return {
    code: 'NAME_AMBIGUOUS',
    fault: 'user',
    message: `${meant.length} paired devices are called "${name}".`,
    next: `Name it by its id: ${meant.map(({ id, address }) => `${id} (${address})`).join(', ')}.`,
  };
}
