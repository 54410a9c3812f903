import { once } from 'node:events';
import { type Failure, TentacleError } from '../../core/failure.js';
import { loadIdentity } from '../../lan/native/identity.js';
import { dataFolder } from '../data-folder.js';
import { userAdbKey } from '../host.js';
import { announceVirtualDevices } from '../virtual-devices.js';
import { VirtualWorld } from '../virtual-world.js';
import type { VirtualOptions } from './program.js';
import type { Terminal } from './terminal.js';

const MAX_PHONES = 100;

/** Runs virtual phones, a car, a home and a computer until the signal aborts, and says how to reach them. Failures: PORT_TAKEN, TOO_MANY_PHONES. */
export async function runVirtualDevices(
  options: VirtualOptions,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Failure | null> {
  if (options.phones < 1 || options.phones > MAX_PHONES) {
    return {
      code: 'TOO_MANY_PHONES',
      fault: 'user',
      message: `Between 1 and ${MAX_PHONES} virtual phones can run.`,
      next: 'Choose another count with --phones.',
    };
  }
  try {
    const identity = await loadIdentity(dataFolder());
    await using world = await VirtualWorld.start({ ...options, trustedKeyFiles: [userAdbKey()], identity });
    const withdraw = await announceVirtualDevices(dataFolder(), world.addresses);
    try {
      for (const phone of world.phones)
        terminal.write(`${phone.name}  ${phone.serial}  adb connect ${phone.address}\n`);
      terminal.write(`${world.car.name}  kuksa.val.v2 on ${world.car.address}\n`);
      terminal.write(`Virtual Home  ${world.home.url}\n`);
      terminal.write(
        `${world.computer.name}  https://127.0.0.1:${world.computer.address.port}/mcp, for your key alone\n`,
      );
      terminal.write(terminal.colors.dim('Other tentacle commands find them by themselves. Ctrl+C ends.\n'));
      if (!signal.aborted) await once(signal, 'abort');
      return null;
    } finally {
      await withdraw();
    }
  } catch (error) {
    if (error instanceof TentacleError) return error.failure;
    return {
      code: 'PORT_TAKEN',
      fault: 'user',
      message: 'The virtual devices cannot listen.',
      next: 'Another one may run already: choose another port with --port, or 0 for any.',
      detail: error instanceof Error ? error.message : String(error),
    };
  }
}
