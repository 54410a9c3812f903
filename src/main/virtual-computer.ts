import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Result } from '../core/result.js';
import { ok } from '../core/result.js';
import { createDevice, type RunningDevice } from '../lan/device/create-device.js';
import { defineFunction } from '../lan/device/define-function.js';
import type { Identity } from '../lan/native/identity.js';
import { NativeNetwork } from '../lan/native/native-network.js';
import type { PairedDevice, PairedStore } from '../lan/native/paired-devices.js';

/** Where the virtual computer listens, and the key that must answer there. */
export interface VirtualComputerAddress {
  /** UUID. */
  readonly id: string;
  readonly port: number;
  /** SHA-256 of its key, in hex. */
  readonly fingerprint: string;
}

/**
 * A computer that Tentacle simulates, as a device of the native protocol. No stranger gets in: it listens on this machine
 * alone, is not announced, never opens pairing, and knows one key, that of the user whose process started it. Its own key is
 * made anew each time and told to the user's other commands by a file in the user's folder.
 */
export class VirtualComputer implements AsyncDisposable {
  readonly name = 'Virtual PC';
  readonly #device: RunningDevice;
  readonly #folder: string;

  private constructor(device: RunningDevice, folder: string) {
    this.#device = device;
    this.#folder = folder;
  }

  /** `trusted` is the fingerprint of the one key that may command it. */
  static async start(trusted: string): Promise<VirtualComputer> {
    const folder = await mkdtemp(join(tmpdir(), 'tentacle-virtual-pc-'));
    try {
      const device = await createDevice({
        name: 'Virtual PC',
        kind: 'computer',
        virtual: true,
        folder,
        host: '127.0.0.1',
        announce: false,
        trusted: [trusted],
        functions: simulatedFunctions(),
        onPin: () => {},
      });
      return new VirtualComputer(device, folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get address(): VirtualComputerAddress {
    const { id, port, fingerprint } = this.#device;
    return { id, port, fingerprint };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#device.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** The way to a virtual computer: it is paired as long as it runs, and nothing of it is kept. */
export function virtualComputerTransport({ id, port, fingerprint }: VirtualComputerAddress, identity: Identity) {
  const device = { id, pin: fingerprint, addresses: [{ host: '127.0.0.1', port }], accepted: null };
  return new NativeNetwork({ folder: new KeptInMemory([device]), identity, isLookedFor: false });
}

class KeptInMemory implements PairedStore {
  readonly #devices: readonly PairedDevice[];

  constructor(devices: readonly PairedDevice[]) {
    this.#devices = devices;
  }

  all = async () => ok(this.#devices);
  put = async (): Promise<Result<void, never>> => ok(undefined);
  delete = async (): Promise<Result<void, never>> => ok(undefined);
}

/** What a computer does, on a computer that is not there: each keeps what it was told and reads it back. */
function simulatedFunctions() {
  let [clipboard, volume] = ['', 50];
  const text = z.object({ text: z.string().min(1) });
  return [
    defineFunction({
      name: 'set_clipboard',
      args: text,
      repeat: 'safe',
      run: async (args) => {
        clipboard = args.text;
        return { receipt: `the clipboard holds "${clipboard}"`, readBack: true };
      },
    }),
    defineFunction({
      name: 'set_system_volume',
      args: z.object({ level: z.number().min(0).max(100) }),
      repeat: 'safe',
      run: async ({ level }) => {
        const prior = { level: volume };
        volume = level;
        return { receipt: `volume ${volume} %`, readBack: true, prior };
      },
    }),
    defineFunction({
      name: 'show_notification',
      args: text,
      repeat: 'once',
      run: async () => ({ receipt: 'the notification is shown', readBack: false }),
    }),
  ];
}
