import { once } from 'node:events';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { Deadline } from '../../core/deadline.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { deadlinePassed } from '../../core/failures.js';
import { offeredFunctions } from '../../lan/computer/offered-functions.js';
import { servedFunctions } from '../../lan/computer/serve-functions.js';
import { ComputerSurroundings } from '../../lan/computer/surroundings.js';
import { createDevice, type RunningDevice } from '../../lan/device/create-device.js';
import { dataFolder } from '../data-folder.js';
import type { DeviceCommand, DeviceCommandOptions } from './device-program.js';
import type { ModelsConsole } from './models.js';
import { oneLine } from './terminal.js';

/** How long the look at what this computer can do may take, in milliseconds. */
const LOOK_MS = 15_000;

/** Runs this computer as a device of others until the signal aborts. */
export class DeviceCli implements DeviceCommand {
  readonly #console: ModelsConsole;

  constructor(console: ModelsConsole) {
    this.#console = console;
  }

  async run(options: DeviceCommandOptions): Promise<void> {
    try {
      await this.#run(options);
    } catch (error) {
      this.#console.fail(failureOf(error, options.port));
    } finally {
      this.#console.reader[Symbol.dispose]();
    }
  }

  async #run(options: DeviceCommandOptions): Promise<void> {
    const { out, signal } = this.#console;
    const surroundings = new ComputerSurroundings();
    const name = oneLine(options.name ?? surroundings.hostname, 40) || 'Computer';
    using deadline = new Deadline(signal, LOOK_MS, () => deadlinePassed('This computer', LOOK_MS));
    const { offered, missing } = await offeredFunctions(surroundings, deadline.signal);
    if (offered.length === 0) throw new TentacleError(nothingOffered([...new Set(missing.values())]));
    await using device = await createDevice({
      name,
      kind: 'computer',
      ...(options.room === undefined ? {} : { room: oneLine(options.room, 40) }),
      folder: options.folder ?? join(dataFolder(), 'device'),
      port: options.port,
      functions: servedFunctions(offered, surroundings),
      onPin: (pin) => this.#showPin(pin),
    });
    out.write(`${out.colors.bold(name)}  ${reachedAt(device.port)}\n`);
    for (const each of offered) out.write(`  ${each.name}\n`);
    for (const [each, why] of missing) out.write(out.colors.dim(`  no ${each}: ${oneLine(why, 120)}\n`));
    for (const { name: computer } of device.pins) out.write(`May be commanded by ${oneLine(computer, 60)}.\n`);
    if (options.pair || device.pins.length === 0) await device.pairing.open();
    else out.write(`${HOW_TO_PAIR}\n`);
    await this.#pairOnEnter(device);
  }

  /** A line typed at this computer opens pairing; the PIN never shows by itself, else somebody could go on guessing. */
  async #pairOnEnter(device: RunningDevice): Promise<void> {
    const { reader, signal } = this.#console;
    while ((await reader.read('', signal)) !== null) await device.pairing.open();
    // Nobody is at the keyboard (a service): it runs all the same.
    if (!signal.aborted) await once(signal, 'abort');
  }

  #showPin(pin: string | null): void {
    const { out } = this.#console;
    if (pin === null) return void out.write(`Pairing is shut. ${HOW_TO_PAIR}\n`);
    out.write(`PIN ${out.colors.bold(`${pin.slice(0, 4)} ${pin.slice(4)}`)}, for two minutes. `);
    out.write('On the other computer: tentacle add device\n');
  }
}

const HOW_TO_PAIR = 'Enter shows a PIN for another computer, Ctrl+C ends.';

/** "192.168.1.20:7420, 10.0.0.3:7420": what a person types on the other computer. */
function reachedAt(port: number): string {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const outside = all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  return (outside.length > 0 ? outside : ['127.0.0.1']).map((address) => `${address}:${port}`).join(', ');
}

function nothingOffered(reasons: readonly string[]): Failure {
  return {
    code: 'NOTHING_OFFERED',
    fault: 'user',
    message: `Nothing of ${hostname()} can be commanded.`,
    next: reasons.join(' '),
  };
}

function failureOf(error: unknown, port: number): Failure {
  if (error instanceof TentacleError) return error.failure;
  if (!(error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')))
    throw error;
  return {
    code: 'PORT_TAKEN',
    fault: 'user',
    message: `The device cannot listen on port ${port}.`,
    next: 'Another "tentacle device" may run already: choose another port with --port, or 0 for any.',
    detail: error.message,
  };
}
