import { randomUUID } from 'node:crypto';
import { type Connection, connectionNameSchema } from '../../core/connection.js';
import type { Failure } from '../../core/failure.js';
import { systemClock } from '../../core/ports/clock.js';
import { err, ok, type Result } from '../../core/result.js';
import type { ConnectionStore } from '../connections/connection-store.js';
import { openMatter } from '../connections/open-matter.js';
import { dataFolder } from '../data-folder.js';
import type { AddOptions } from './connections-program.js';
import { Consent } from './consent.js';
import type { ModelsConsole } from './models.js';
import { Notice } from './notice.js';
import { renderDevices } from './render-devices.js';

/** Finding a device by multicast and exchanging certificates with it, in milliseconds. */
const COMMISSION_MS = 90_000;
const FORGET_MS = 20_000;

type MatterConnection = Extract<Connection, { type: 'matter' }>;

/** Takes devices into our Matter fabric by the share code that another app of the home shows, and out of it. */
export class MatterCli {
  readonly #console: ModelsConsole;
  readonly #store: ConnectionStore;

  constructor(console: ModelsConsole, store: ConnectionStore) {
    this.#console = console;
    this.#store = store;
  }

  async add(where: readonly string[], options: AddOptions): Promise<Result<Connection, Failure>> {
    const code = where.length > 0 ? ok(where.join('')) : await this.#code(options);
    if (!code.ok) return code;
    const name = connectionNameSchema.safeParse(options.name ?? `matter ${randomUUID().slice(0, 4)}`);
    if (!name.success) return err(badName);
    const taken = await this.#store.find(name.data);
    if (taken.ok) return err(nameTaken(name.data));
    const { err: say, out, signal } = this.#console;
    await using transport = await openMatter(dataFolder());
    using _notice = new Notice(say, 'Looking for the device; this takes up to a minute and a half');
    await transport.start({ signal, timeoutMs: FORGET_MS });
    const named = options.name === undefined ? {} : { name: options.name };
    const added = await transport.commission(code.value, { ...named, signal, timeoutMs: COMMISSION_MS });
    if (!added.ok) return added;
    out.write(renderDevices(added.value, out));
    const [first] = added.value;
    if (!first) return err(nothingUsable);
    const connection: Connection = {
      id: randomUUID(),
      name: name.data,
      addedAt: systemClock.now(),
      type: 'matter',
      nodeId: first.id,
    };
    const kept = await this.#store.add(connection, { secret: null, pin: null });
    return kept.ok ? ok(connection) : kept;
  }

  /** Tells the device that it is no longer ours, where it can be reached. */
  async forget(connection: MatterConnection): Promise<void> {
    const { err: say, signal } = this.#console;
    await using transport = await openMatter(dataFolder());
    using _notice = new Notice(say, 'Telling the device');
    await transport.start({ signal, timeoutMs: FORGET_MS });
    const forgotten = await transport.forget(connection.nodeId, { signal, timeoutMs: FORGET_MS });
    if (!forgotten.ok || !forgotten.value.isTold)
      say.write('The device could not be reached: it keeps an unused entry for Tentacle until it is reset.\n');
  }

  async #code(options: AddOptions): Promise<Result<string, Failure>> {
    const { out, reader, signal } = this.#console;
    const typed =
      options.secretVariable === undefined
        ? await new Consent({ out, reader, signal, yes: false }).text('Share code (11 or 21 digits, or MT:...): ')
        : process.env[options.secretVariable];
    return typed ? ok(typed) : err(noCode);
  }
}

const badName: Failure = {
  code: 'BAD_CONNECTION',
  fault: 'user',
  message: 'A name has up to 40 letters, digits, spaces, - and _.',
  next: 'Give one with --name.',
};

const noCode: Failure = {
  code: 'SECRET_MISSING',
  fault: 'user',
  message: 'Nothing was added. A Matter device needs the share code that its present app shows.',
  next: 'Run "tentacle add matter <code>", or name the variable that holds it with --secret-variable.',
};

const nothingUsable: Failure = {
  code: 'CONNECTION_FAILED',
  fault: 'device',
  message: 'The device was added, but it has nothing that Tentacle knows how to command.',
  next: 'It may be a kind of device that is not supported yet.',
};

function nameTaken(name: string): Failure {
  return {
    code: 'CONNECTION_NAME_TAKEN',
    fault: 'user',
    message: `There is a connection with the name ${name} already.`,
    next: 'Choose another one with --name.',
  };
}
