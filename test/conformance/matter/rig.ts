import { randomUUID } from 'node:crypto';
import type { Device } from '../../../src/core/device.js';
import type { Outcome } from '../../../src/core/outcome.js';
import { MatterTransport } from '../../../src/lan/matter/matter-transport.js';
import type { VirtualMatterOptions } from '../../../src/virtual/matter/virtual-matter-home.js';
import { Cleanup } from '../../support/cleanup.js';
import { MatterDevice } from '../../support/matter-device.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { otherNetwork } from './networks.js';

export const never = (): AbortSignal => new AbortController().signal;

/** A virtual home at the other end of the cable, and a transport here that has been given its code. */
export class MatterRig implements AsyncDisposable {
  readonly device: MatterDevice;
  readonly folder: string;
  transport: MatterTransport;
  readonly #cleanup: Cleanup;

  private constructor(device: MatterDevice, transport: MatterTransport, folder: string, cleanup: Cleanup) {
    this.device = device;
    this.transport = transport;
    this.folder = folder;
    this.#cleanup = cleanup;
  }

  static async open(options: VirtualMatterOptions = {}): Promise<MatterRig> {
    const cleanup = new Cleanup();
    const folder = cleanup.use(temporaryFolder()).path;
    const transport = new MatterTransport({ folder: `${folder}/matter`, virtual: true, patienceMs: 3_000 });
    // Both sides read the library, which is most of the waiting.
    const [device] = await Promise.all([
      MatterDevice.start(otherNetwork(), options),
      transport.start({ signal: never(), timeoutMs: 60_000 }),
    ]);
    cleanup.use(device);
    const rig = new MatterRig(device, transport, `${folder}/matter`, cleanup);
    cleanup.defer(() => rig.transport[Symbol.asyncDispose]());
    return rig;
  }

  /** Adds the home by its number. */
  async join(): Promise<readonly Device[]> {
    const added = await this.transport.commission(this.device.codes.manual, { signal: never(), timeoutMs: 60_000 });
    if (!added.ok) throw new Error(JSON.stringify(added.error));
    return added.value;
  }

  id(name: string): string {
    const device = this.transport.devices().find((candidate) => candidate.name === name);
    if (!device) throw new Error(`There is no ${name}.`);
    return device.id;
  }

  invoke(
    name: string,
    functionName: string,
    args: Record<string, string | number | boolean>,
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<Outcome> {
    return this.transport.invoke(
      this.id(name),
      { callId: 'c1', function: functionName, args, contacts: {} },
      { key: randomUUID(), signal: options.signal ?? never(), timeoutMs: options.timeoutMs ?? 20_000 },
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#cleanup[Symbol.asyncDispose]();
  }
}
