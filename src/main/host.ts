import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AdbTransport } from '../adb/adb-transport.js';
import { HttpPublicData } from '../adb/public-data/http-public-data.js';
import { type Failure, TentacleError } from '../core/failure.js';
import { type Clock, systemClock } from '../core/ports/clock.js';
import type { JournalCall } from '../core/ports/journal.js';
import type { Planner } from '../core/ports/planner.js';
import { err, ok, type Result } from '../core/result.js';
import { SqliteJournal } from '../journal/sqlite-journal.js';
import { VirtualPhone } from '../virtual/phone/virtual-phone.js';
import { PublicDataServer } from '../virtual/public-data/public-data-server.js';
import { adbServerAddress } from './adb-server-address.js';
import { openPlanner } from './current-planner.js';
import { dataFolder } from './data-folder.js';
import { Session } from './session.js';
import { runningVirtualPhones } from './virtual-devices.js';

/** How long the first look for phones may take, in milliseconds. A phone that answers later still joins. */
const SEARCH_TIMEOUT_MS = 4_000;

export interface HostOptions {
  /** Phones to reach without an adb server, "host:port". */
  readonly connect: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

/** Where adb keeps the key of this computer, which its owner's virtual phone trusts. */
export const userAdbKey = (): string => join(homedir(), '.android', 'adbkey.pub');

/** Everything that one process of Tentacle needs, put together; disposing of it closes all. */
export class Host implements AsyncDisposable {
  readonly journal: SqliteJournal;
  readonly planner: Planner;
  readonly phones: AdbTransport;
  readonly session: Session;
  readonly clock: Clock;
  /** Calls of an earlier run that were sent and never heard of again. */
  readonly recovered: readonly JournalCall[];
  readonly #environment: NodeJS.ProcessEnv;
  readonly #standIn: StandIn;
  #virtualPhone: VirtualPhone | null = null;

  private constructor(
    options: HostOptions,
    parts: {
      journal: SqliteJournal;
      planner: Planner;
      recovered: readonly JournalCall[];
      addresses: readonly string[];
    },
  ) {
    this.#environment = options.environment ?? process.env;
    this.clock = options.clock ?? systemClock;
    this.journal = parts.journal;
    this.recovered = parts.recovered;
    this.planner = parts.planner;
    this.#standIn = new StandIn();
    const real = new HttpPublicData();
    this.phones = new AdbTransport({
      dataFolder: dataFolder(this.#environment),
      addresses: parts.addresses,
      server: adbServerAddress(this.#environment),
      clock: this.clock,
      publicData: (phone) => (phone.virtual ? this.#standIn.client : real),
    });
    this.session = new Session({
      planner: this.planner,
      transports: [this.phones],
      journal: this.journal,
      clock: this.clock,
      newKey: randomUUID,
    });
  }

  /** Opens the journal, settles what a crash left open, and prepares the rest. Failures: those of the journal, BAD_ADDRESS. */
  static async open(options: HostOptions): Promise<Result<Host, Failure>> {
    const folder = dataFolder(options.environment);
    try {
      const planner = await openPlanner(options.environment);
      const journal = new SqliteJournal(join(folder, 'journal.db'));
      const recovered = await journal.recover((options.clock ?? systemClock).now());
      if (!recovered.ok) {
        await journal[Symbol.asyncDispose]();
        return recovered;
      }
      const addresses = [...options.connect, ...(await runningVirtualPhones(folder))];
      return ok(
        new Host(options, { journal, planner, recovered: recovered.value, addresses: [...new Set(addresses)] }),
      );
    } catch (error) {
      if (error instanceof TentacleError) return err(error.failure);
      throw error;
    }
  }

  /** Looks for phones. */
  async findPhones(signal: AbortSignal): Promise<void> {
    await this.#standIn.start();
    await this.phones.start({ signal, timeoutMs: SEARCH_TIMEOUT_MS });
  }

  /** Starts a virtual phone in this process where no phone is attached at all; returns it, or null if there is one. */
  async standInForPhone(signal: AbortSignal): Promise<VirtualPhone | null> {
    if (this.phones.devices().length > 0) return null;
    this.#virtualPhone = await VirtualPhone.start({ trustedKeyFiles: [userAdbKey()] });
    await this.phones.connect(this.#virtualPhone.address, { signal, timeoutMs: SEARCH_TIMEOUT_MS });
    return this.#virtualPhone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.planner[Symbol.asyncDispose]();
    await this.phones[Symbol.asyncDispose]();
    await this.#virtualPhone?.stop();
    await this.#standIn.stop();
    await this.journal[Symbol.asyncDispose]();
  }
}

/** Weather and news for virtual phones, from a service in this process. */
class StandIn {
  #server: PublicDataServer | null = null;
  client: HttpPublicData | null = null;

  async start(): Promise<void> {
    this.#server ??= await PublicDataServer.start();
    this.client = new HttpPublicData(this.#server.endpoints);
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
  }
}
