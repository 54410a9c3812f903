import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AdbTransport } from '../adb/adb-transport.js';
import { HttpPublicData } from '../adb/public-data/http-public-data.js';
import { type Failure, TentacleError } from '../core/failure.js';
import { type Clock, systemClock } from '../core/ports/clock.js';
import type { JournalCall } from '../core/ports/journal.js';
import type { Planner } from '../core/ports/planner.js';
import type { Transport } from '../core/ports/transport.js';
import { err, ok, type Result } from '../core/result.js';
import { SqliteJournal } from '../journal/sqlite-journal.js';
import { ComputerTransport } from '../lan/computer/computer-transport.js';
import { PublicDataServer } from '../virtual/public-data/public-data-server.js';
import { adbServerAddress } from './adb-server-address.js';
import { ConnectionStore } from './connections/connection-store.js';
import { openConnection, type SearchingTransport } from './connections/open-connection.js';
import { openMatter } from './connections/open-matter.js';
import { openPairedDevices } from './connections/open-paired-devices.js';
import { openPlanner } from './current-planner.js';
import { dataFolder } from './data-folder.js';
import { Session } from './session.js';
import { runningVirtualDevices } from './virtual-devices.js';
import type { VirtualAddresses, VirtualWorld } from './virtual-world.js';

/** How long the first look for devices may take, in milliseconds. One that answers later still joins. */
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
  /** What the user added could not even be tried: a damaged list, a missing certificate. */
  readonly #problems: Failure[];
  /** This computer, and the transports of the network in the order in which they were added. */
  readonly #network: SearchingTransport[];
  readonly #transports: Transport[];
  readonly #hasConnections: boolean;
  #virtual: VirtualWorld | null = null;

  private constructor(
    options: HostOptions,
    parts: {
      journal: SqliteJournal;
      planner: Planner;
      recovered: readonly JournalCall[];
      connected: Connected;
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
      addresses: parts.connected.phones,
      server: adbServerAddress(this.#environment),
      clock: this.clock,
      publicData: (phone) => (phone.virtual ? this.#standIn.client : real),
    });
    const { connected } = parts;
    this.#hasConnections = connected.hasConnections;
    this.#problems = [...connected.problems];
    this.#network = [new ComputerTransport(), ...connected.transports];
    this.#transports = [this.phones, ...this.#network];
    this.session = new Session({
      planner: this.planner,
      transports: this.#transports,
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
      const connected = await openConnections(folder, options.connect);
      return ok(new Host(options, { journal, planner, recovered: recovered.value, connected }));
    } catch (error) {
      if (error instanceof TentacleError) return err(error.failure);
      throw error;
    }
  }

  /** Looks for phones and for what the user added. */
  async findDevices(signal: AbortSignal): Promise<void> {
    await this.#standIn.start();
    // Every transport listens to the one signal: that many listeners are no leak.
    setMaxListeners(0, signal);
    const search = { signal, timeoutMs: SEARCH_TIMEOUT_MS };
    await Promise.all([this.phones, ...this.#network].map((transport) => transport.start(search)));
  }

  /**
   * Starts a virtual phone, car, home and computer in this process where there is nothing of the user's own at all: no phone, no
   * connection. Returns them, or null where there is something.
   */
  async standIn(signal: AbortSignal): Promise<VirtualWorld | null> {
    if (this.#hasConnections || this.session.devices().some(({ transport }) => transport !== 'computer')) return null;
    // gRPC and a broker are loaded for the demonstration alone.
    const { VirtualWorld, virtualTransports } = await import('./virtual-world.js');
    const { loadIdentity } = await import('../lan/native/identity.js');
    const identity = await loadIdentity(dataFolder(this.#environment));
    const virtual = await VirtualWorld.start({ trustedKeyFiles: [userAdbKey()], identity });
    this.#virtual = virtual;
    const network = virtualTransports(virtual.addresses, identity);
    this.#network.push(...network);
    this.#transports.push(...network);
    const search = { signal, timeoutMs: SEARCH_TIMEOUT_MS };
    const phones = virtual.addresses.phones.map((address) => this.phones.connect(address, search));
    await Promise.all([...phones, ...network.map((transport) => transport.start(search))]);
    return virtual;
  }

  /** What keeps whole groups of devices away. */
  problems(): readonly Failure[] {
    const network = this.#network.flatMap((transport) => transport.problems?.() ?? []);
    return [...this.#problems, ...this.phones.problems(), ...network];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.planner[Symbol.asyncDispose]();
    await Promise.all(this.#transports.map((transport) => transport[Symbol.asyncDispose]()));
    await this.#virtual?.[Symbol.asyncDispose]();
    await this.#standIn.stop();
    await this.journal[Symbol.asyncDispose]();
  }
}

/** The ways to devices that are known before any is looked for. */
interface Connected {
  /** Addresses of phones. */
  readonly phones: readonly string[];
  readonly transports: readonly SearchingTransport[];
  readonly problems: readonly Failure[];
  readonly hasConnections: boolean;
}

async function runningTransports(folder: string, running: VirtualAddresses): Promise<SearchingTransport[]> {
  if (running.cars.length + running.homes.length + running.computers.length === 0) return [];
  const { virtualTransports } = await import('./virtual-world.js');
  const { loadIdentity } = await import('../lan/native/identity.js');
  return virtualTransports(running, await loadIdentity(folder));
}

/** What the user added, what this command names, and the virtual devices that run. One that cannot be opened keeps no other away. */
async function openConnections(folder: string, connect: readonly string[]): Promise<Connected> {
  const store = new ConnectionStore(folder);
  const listed = await store.list();
  const running: VirtualAddresses = await runningVirtualDevices(folder);
  const phones = [...connect, ...running.phones];
  const transports = await runningTransports(folder, running);
  const problems: Failure[] = listed.ok ? [] : [listed.error];
  let hasMatter = false;
  for (const connection of listed.ok ? listed.value : []) {
    if (connection.type === 'phone') {
      phones.push(connection.address);
      continue;
    }
    if (connection.type === 'matter') {
      hasMatter = true;
      continue;
    }
    const secrets = await store.secretsOf(connection);
    const opened = secrets.ok ? await openConnection(connection, secrets.value, folder) : secrets;
    if (opened.ok) transports.push(opened.value);
    else problems.push(opened.error);
  }
  if (hasMatter) transports.push(await openMatter(folder));
  const paired = await openPairedDevices(folder);
  if (!paired.ok) problems.push(paired.error);
  else if (paired.value) transports.push(paired.value);
  const hasConnections = !listed.ok || listed.value.length > 0 || !paired.ok || paired.value !== null;
  return { phones: [...new Set(phones)], transports, problems, hasConnections };
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
