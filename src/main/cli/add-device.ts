import type { Device } from '../../core/device.js';
import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { formatAddress } from '../../lan/native/address.js';
import { Discovery, type FoundDevice } from '../../lan/native/discovery.js';
import { loadIdentity } from '../../lan/native/identity.js';
import { NativeTransport } from '../../lan/native/native-transport.js';
import { dataFolder } from '../data-folder.js';
import type { AddOptions } from './connections-program.js';
import { Consent } from './consent.js';
import type { ModelsConsole } from './models.js';
import { Notice } from './notice.js';
import { oneLine } from './terminal.js';

/** How long the network is listened to for devices, in milliseconds. */
const LOOK_MS = 3_000;
const PAIR_MS = 20_000;

/** `tentacle add device [<address or name>]`: finds a device in the network, and pairs with it by the PIN that it shows. */
export class AddDevice {
  readonly #console: ModelsConsole;

  constructor(console: ModelsConsole) {
    this.#console = console;
  }

  async add(where: readonly string[], options: AddOptions): Promise<Result<Device, Failure>> {
    const { out, reader, signal } = this.#console;
    if (options.name !== undefined) return err(ownName());
    const asker = new Consent({ out, reader, signal, yes: options.yes });
    const address = await this.#addressOf(where.join(' '), asker);
    if (!address.ok) return address;
    const pin = await pinOf(options, asker);
    if (!pin.ok) return pin;
    const folder = dataFolder();
    await using transport = new NativeTransport({ folder, identity: await loadIdentity(folder) });
    using _notice = new Notice(this.#console.err, 'Pairing');
    // Awaited here: the transport is closed when this function is left.
    return await transport.pair(address.value, pin.value, { signal, timeoutMs: PAIR_MS });
  }

  /** "host:port" as given, or where the network says that such a device is. */
  async #addressOf(where: string, asker: Consent): Promise<Result<string, Failure>> {
    if (/:\d+$/.test(where)) return ok(where);
    await using discovery = new Discovery();
    using notice = new Notice(this.#console.err, 'Looking for devices in the network');
    await discovery.look(LOOK_MS, this.#console.signal);
    notice[Symbol.dispose]();
    const asked = where.toLowerCase();
    const found = discovery.found().filter(({ name }) => where === '' || name.toLowerCase() === asked);
    if (found.length === 0) return err(discovery.problems()[0] ?? noneFound(where));
    const chosen = await this.#choose(found, where, asker);
    const [address] = chosen?.addresses ?? [];
    return address ? ok(formatAddress(address)) : err(notChosen());
  }

  /** Asks even where only one is there: the network may say what it likes. A name that one device has is an answer. */
  async #choose(found: readonly FoundDevice[], where: string, asker: Consent): Promise<FoundDevice | null> {
    const { out } = this.#console;
    for (const [index, { name, addresses, isPairing }] of found.entries()) {
      const place = addresses.map(formatAddress).join(', ');
      const pairing = isPairing ? out.colors.green('shows a PIN') : out.colors.dim('pairing is shut');
      out.write(`  ${index + 1}. ${out.colors.bold(oneLine(name, 60))}  ${place}  ${pairing}\n`);
    }
    const [only] = found;
    if (only && found.length === 1 && (where !== '' || asker.isGiven)) return only;
    const answer = await asker.text(found.length === 1 ? 'Which one? [1] ' : 'Which one? ');
    if (answer === null) return null;
    return found[answer === '' && found.length === 1 ? 0 : Number(answer) - 1] ?? null;
  }
}

async function pinOf(options: AddOptions, asker: Consent): Promise<Result<string, Failure>> {
  const variable = options.secretVariable;
  const typed =
    variable === undefined ? await asker.text('PIN that the device shows: ') : (process.env[variable] ?? '');
  const digits = (typed ?? '').replace(/[\s-]/g, '');
  return /^\d{8}$/.test(digits) ? ok(digits) : err(noPin());
}

function ownName(): Failure {
  return {
    code: 'BAD_CONNECTION',
    fault: 'user',
    message: 'A device has its own name.',
    next: 'Give it there: tentacle device --name "Workshop".',
  };
}

function noPin(): Failure {
  return {
    code: 'BAD_PIN',
    fault: 'user',
    message: 'Nothing was added: a PIN has eight digits.',
    next: 'Type the digits that the device shows, or name the variable that holds them with --secret-variable.',
  };
}

function noneFound(where: string): Failure {
  return {
    code: 'NO_DEVICE_FOUND',
    fault: 'link',
    message: where === '' ? 'No device was found in the network.' : `No device "${where}" was found in the network.`,
    next: 'Run "tentacle device" on the other computer, or give the address that it says: tentacle add device <host:port>.',
  };
}

function notChosen(): Failure {
  return {
    code: 'DEVICE_NOT_CHOSEN',
    fault: 'user',
    message: 'Nothing was added: no device was chosen.',
    next: 'Run it in a terminal, or give the address or the name: tentacle add device <host:port>.',
  };
}
