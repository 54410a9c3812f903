import type { Connection } from '../../core/connection.js';
import type { Device } from '../../core/device.js';
import type { Failure } from '../../core/failure.js';
import { systemClock } from '../../core/ports/clock.js';
import { err, ok, type Result } from '../../core/result.js';
import { type ConnectionSecrets, ConnectionStore } from '../connections/connection-store.js';
import { type AddedKind, type ConnectionKind, newConnection } from '../connections/new-connection.js';
import { openConnection } from '../connections/open-connection.js';
import { PairedNames } from '../connections/paired-names.js';
import { dataFolder } from '../data-folder.js';
import { addDeviceExitCodes } from './add-device-exit-codes.js';
import type { AddOptions, ConnectionCommands } from './connections-program.js';
import { Consent } from './consent.js';
import { type ExitCode, exitCode } from './exit-code.js';
import { MatterCli } from './matter.js';
import type { ModelsConsole } from './models.js';
import { Notice } from './notice.js';
import { renderDevices } from './render-devices.js';
import { oneLine } from './terminal.js';

/** What a connections command that did not end well exits with; what is not here means that nothing can be kept. */
export const connectionExitCodes: Readonly<Record<string, ExitCode>> = {
  BAD_CONNECTION: exitCode.usage,
  CONNECTION_NAME_TAKEN: exitCode.usage,
  CONNECTION_UNKNOWN: exitCode.usage,
  SECRET_MISSING: exitCode.usage,
  CONNECTION_FAILED: exitCode.notDone,
  ...addDeviceExitCodes,
};

/** How long a new connection may take to show its first device, in milliseconds. */
const FIRST_LOOK_MS = 15_000;

/** `tentacle add`, `connections` and `remove`. */
export class ConnectionsCli implements ConnectionCommands {
  readonly #console: ModelsConsole;
  readonly #store = new ConnectionStore(dataFolder());
  readonly #paired = new PairedNames(dataFolder());

  constructor(console: ModelsConsole) {
    this.#console = console;
  }

  async add(kind: AddedKind, where: readonly string[], options: AddOptions): Promise<void> {
    const added = await this.#addedAs(kind, where, options);
    this.#console.reader[Symbol.dispose]();
    if (!added.ok) return this.#console.fail(added.error);
    const name = oneLine(added.value.name, 60);
    this.#console.err.write(`${name} is added. "tentacle remove ${name}" forgets it.\n`);
  }

  async #addedAs(
    kind: AddedKind,
    where: readonly string[],
    options: AddOptions,
  ): Promise<Result<{ readonly name: string }, Failure>> {
    if (kind === 'device') {
      // Loaded for who pairs alone: it brings TLS, multicast and the protocol.
      const { AddDevice } = await import('./add-device.js');
      return await new AddDevice(this.#console).add(where, options);
    }
    if (kind === 'matter') return new MatterCli(this.#console, this.#store).add(where, options);
    return this.#added(kind, where, options);
  }

  async list(options: { json: boolean }): Promise<void> {
    const listed = await this.#store.list();
    if (!listed.ok) return this.#console.fail(listed.error);
    const { out } = this.#console;
    const paired = await this.#paired.all();
    if (!paired.ok) return this.#console.fail(paired.error);
    const devices = paired.value.map(({ id, name, address }) => ({ id, name, type: 'device', address }));
    if (options.json) return void out.write(`${JSON.stringify([...listed.value, ...devices], null, 2)}\n`);
    if (listed.value.length + devices.length === 0)
      return void out.write('Nothing was added yet: tentacle add --help shows what can be.\n');
    for (const connection of listed.value) {
      out.write(`${out.colors.bold(connection.name)}  ${connection.type}  ${oneLine(placeOf(connection), 100)}\n`);
    }
    for (const { name, address } of devices) {
      out.write(`${out.colors.bold(oneLine(name, 60))}  device  ${oneLine(address, 100)}\n`);
    }
  }

  async remove(name: string): Promise<void> {
    const found = await this.#store.find(name);
    if (found.ok && found.value.type === 'matter') await new MatterCli(this.#console, this.#store).forget(found.value);
    const removed = await this.#store.remove(name);
    if (!removed.ok && removed.error.code === 'CONNECTION_UNKNOWN') return this.#unpair(name, removed.error);
    if (!removed.ok) return this.#console.fail(removed.error);
    this.#console.err.write(`${removed.value.name} is forgotten, and its secret with it.\n`);
  }

  async #unpair(name: string, unknown: Failure): Promise<void> {
    const forgotten = await this.#paired.forget(name);
    if (!forgotten.ok) return this.#console.fail(forgotten.error);
    if (!forgotten.value) return this.#console.fail(unknown);
    this.#console.err.write(`${oneLine(forgotten.value.name, 60)} is forgotten, and its key with it.\n`);
  }

  async #added(
    kind: ConnectionKind,
    where: readonly string[],
    options: AddOptions,
  ): Promise<Result<Connection, Failure>> {
    const { caFile, ...asked } = { ...options, caFile: options.ca };
    const made = newConnection({ kind, where, ...asked, ...(caFile ? { caFile } : {}) }, systemClock.now());
    if (!made.ok) return made;
    const secret = await this.#secretFor(made.value, options);
    if (!secret.ok) return secret;
    const pin = options.pinVariable === undefined ? ok(null) : fromVariable(options.pinVariable);
    if (!pin.ok) return pin;
    const secrets = { secret: secret.value, pin: pin.value };
    const looked = await this.#look(made.value, secrets, options.yes);
    if (!looked.ok) return looked;
    const kept = await this.#store.add(made.value, secrets);
    return kept.ok ? made : kept;
  }

  /** The password or token: out of the named variable, else asked for where one is needed. */
  async #secretFor(connection: Connection, options: AddOptions): Promise<Result<string | null, Failure>> {
    if (options.secretVariable !== undefined) return fromVariable(options.secretVariable);
    const isNeeded = connection.type === 'homeassistant' || ('username' in connection && connection.username !== null);
    if (!isNeeded) return ok(null);
    const { out, reader, signal } = this.#console;
    const what = connection.type === 'homeassistant' ? 'Long-lived access token: ' : 'Password: ';
    const typed = await new Consent({ out, reader, signal, yes: options.yes }).text(what);
    return typed ? ok(typed) : err(noSecret('It needs a password or token.'));
  }

  /** Looks for devices there before anything is kept: a wrong address or password shows now. */
  async #look(connection: Connection, secrets: ConnectionSecrets, yes: boolean): Promise<Result<void, Failure>> {
    // A phone is looked for by the transport that all phones share.
    if (connection.type === 'phone' || connection.type === 'matter') return ok(undefined);
    const opened = await openConnection(connection, secrets, dataFolder());
    if (!opened.ok) return opened;
    await using transport = opened.value;
    using _notice = new Notice(this.#console.err, 'Looking for devices there');
    await transport.start({ signal: this.#console.signal, timeoutMs: FIRST_LOOK_MS });
    const devices = transport.devices();
    const ready = devices.filter(({ state }) => state === 'ready');
    const { out } = this.#console;
    if (ready.length > 0) {
      out.write(renderDevices(devices, out));
      return ok(undefined);
    }
    return yes ? ok(undefined) : err(notReached(connection, transport.problems?.()[0], devices));
  }
}

function placeOf(connection: Connection): string {
  switch (connection.type) {
    case 'phone':
    case 'kuksa':
      return connection.address;
    case 'mcp':
      return 'url' in connection.server
        ? connection.server.url
        : [connection.server.command, ...connection.server.arguments].join(' ');
    case 'matter':
      return connection.nodeId;
    default:
      return connection.url;
  }
}

function fromVariable(name: string): Result<string, Failure> {
  const value = process.env[name];
  return value ? ok(value) : err(noSecret(`The variable ${name} is empty.`));
}

function noSecret(message: string): Failure {
  return {
    code: 'SECRET_MISSING',
    fault: 'user',
    message: `Nothing was added. ${message}`,
    next: 'Run it in a terminal, or name the variable that holds it with --secret-variable.',
  };
}

function notReached(connection: Connection, problem: Failure | undefined, devices: readonly Device[]): Failure {
  const why = devices.find(({ stateReason }) => stateReason !== null)?.stateReason;
  return {
    code: 'CONNECTION_FAILED',
    fault: problem?.fault ?? 'link',
    message: `Nothing was added. ${problem?.message ?? `No device is ready at ${oneLine(placeOf(connection), 100)}.`}`,
    next: problem?.next ?? why ?? 'Check the address, and that it is switched on; --yes adds it all the same.',
    ...(problem?.detail === undefined ? {} : { detail: problem.detail }),
  };
}
