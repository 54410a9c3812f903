import { once } from 'node:events';
import type { Failure } from '../../core/failure.js';
import { VirtualPhone } from '../../virtual/phone/virtual-phone.js';
import { dataFolder } from '../data-folder.js';
import { userAdbKey } from '../host.js';
import { announceVirtualPhones } from '../virtual-devices.js';
import type { VirtualOptions } from './program.js';
import type { Terminal } from './terminal.js';

const MAX_PHONES = 100;

/** Runs virtual phones until the signal aborts, and says how to reach them. Failures: PORT_TAKEN, TOO_MANY_PHONES. */
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
  const phones: VirtualPhone[] = [];
  try {
    for (let index = 0; index < options.phones; index += 1) phones.push(await startPhone(options, index));
    await using _announced = await announced(phones);
    for (const phone of phones) terminal.write(`${phone.name}  ${phone.serial}  adb connect ${phone.address}\n`);
    terminal.write(terminal.colors.dim('Other tentacle commands find them by themselves. Ctrl+C ends.\n'));
    if (!signal.aborted) await once(signal, 'abort');
    return null;
  } catch (error) {
    return {
      code: 'PORT_TAKEN',
      fault: 'user',
      message: 'The virtual phone cannot listen.',
      next: 'Another one may run already: choose another port with --port, or 0 for any.',
      detail: error instanceof Error ? error.message : String(error),
    };
  } finally {
    for (const phone of phones) await phone.stop();
  }
}

function startPhone(options: VirtualOptions, index: number): Promise<VirtualPhone> {
  const number = index + 1;
  return VirtualPhone.start({
    name: options.phones === 1 ? 'Virtual Phone' : `Virtual Phone ${number}`,
    serial: `TENTACLE${String(number).padStart(4, '0')}`,
    port: options.port === 0 ? 0 : options.port + index,
    trustedKeyFiles: [userAdbKey()],
  });
}

async function announced(phones: readonly VirtualPhone[]): Promise<AsyncDisposable> {
  const withdraw = await announceVirtualPhones(
    dataFolder(),
    phones.map(({ address }) => address),
  );
  return { [Symbol.asyncDispose]: withdraw };
}
