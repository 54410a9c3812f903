import { Deadline, orAbort } from '../../core/deadline.js';
import type { TentacleError } from '../../core/failure.js';
import { deadlinePassed } from '../../core/failures.js';
import { openFabricStorage } from './fabric-storage.js';
import { nodeUnknown, notFound, wrongCode } from './matter-failures.js';
import type { ClientNode, MatterLibrary, ServerNode } from './matter-library.js';
import { MatterNode } from './matter-node.js';
import { parseShareCode } from './share-code.js';

export interface Wait {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** What other apps of a home show as the owner of this connection. */
const FABRIC_LABEL = 'Tentacle';
/** Clusters that say which things there are and what they are called. */
const NAMING = new Set(['descriptor', 'basicInformation', 'bridgedDeviceBasicInformation', 'fixedLabel', 'userLabel']);
/** How long other devices with the same announced bits are waited for after one has refused the code, in milliseconds. */
const OTHERS_MS = 4_000;
/** How long a device may take to accept a code, in milliseconds; the library tries a wrong one for 30 s. */
const PROOF_MS = 15_000;
/** How long a device may be silent before it is missed, in milliseconds; sleeping ones choose longer. */
const REPORTS_MS = 30_000;
/** How long the library may take to say good-bye, in milliseconds. */
const CLOSE_MS = 4_000;

/** Our own fabric: adds devices to it, forgets them, and knows those that are in it. */
export class MatterController implements AsyncDisposable {
  readonly #matter: MatterLibrary;
  readonly #server: ServerNode;
  readonly #release: () => Promise<void>;
  readonly #nodes = new Map<string, { readonly node: MatterNode; readonly client: ClientNode; stop(): void }>();
  readonly #leaving = new Set<string>();
  readonly #listeners = new Set<() => void>();

  private constructor(matter: MatterLibrary, server: ServerNode, release: () => Promise<void>) {
    this.#matter = matter;
    this.#server = server;
    this.#release = release;
  }

  /** Reads the fabric from the folder, or makes one, and begins to reach for its devices. Rejects as {@link openFabricStorage} does. */
  static async open(matter: MatterLibrary, folder: string): Promise<MatterController> {
    const environment = new matter.Environment('tentacle', matter.Environment.default);
    const { storage, release } = await openFabricStorage(matter, environment, folder);
    environment.set(matter.StorageService, storage);
    try {
      const server = await matter.ServerNode.create(matter.ServerNode.RootEndpoint.with(matter.ControllerBehavior), {
        id: 'tentacle',
        environment,
        network: { port: 0, timing: timingOf(matter) },
        commissioning: { enabled: false },
        controller: { adminFabricLabel: FABRIC_LABEL, nodeIdAssignment: 'sequential' },
      });
      try {
        await server.start();
      } catch (error) {
        await server.close();
        throw error;
      }
      const controller = new MatterController(matter, server, release);
      server.env.get(matter.ChangeNotificationService).change.on((change) => {
        if (change.kind === 'delete') controller.#follow();
        else if (change.kind === 'update' && NAMING.has(change.behavior.id)) controller.#tell();
      });
      controller.#follow();
      return controller;
    } catch (error) {
      await release();
      throw error;
    }
  }

  nodes(): readonly MatterNode[] {
    return [...this.#nodes.values()].map(({ node }) => node);
  }

  /** Calls back when anything of any node changes, until the returned function is called. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Adds the device that this code opens. Rejects with BAD_SHARE_CODE, DEVICE_NOT_FOUND, WRONG_SHARE_CODE, DEADLINE, or CANCELLED.
   */
  async commission(text: string, { signal, timeoutMs }: Wait): Promise<MatterNode> {
    const code = parseShareCode(this.#matter, text);
    let isJoining = false;
    using deadline = new Deadline(signal, timeoutMs, () =>
      isJoining ? deadlinePassed('The device', timeoutMs) : notFound(),
    );
    // The library takes no discriminator out of a number and would try the code on every device that waits to be added.
    const discovery = this.#server.peers.discover({ ...code.announced });
    const candidates: ClientNode[] = [];
    let refusal: TentacleError | null = null;
    let wake = (): void => {};
    discovery.discovered.on((candidate) => {
      candidates.push(candidate);
      wake();
    });
    // Its end is ours to decide.
    discovery.then(undefined, () => {});
    try {
      for (;;) {
        const candidate = candidates.shift();
        if (!candidate) {
          const next = new Promise<void>((resolve) => {
            wake = resolve;
          });
          using patience = new Deadline(deadline.signal, refusal ? OTHERS_MS : timeoutMs, () => refusal ?? notFound());
          await orAbort(next, patience.signal);
          continue;
        }
        try {
          isJoining = true;
          return await this.#join(candidate, code.passcode, deadline);
        } catch (error) {
          if (deadline.signal.aborted) throw error;
          refusal = wrongCode(error);
        } finally {
          isJoining = false;
        }
      }
    } finally {
      discovery.stop();
    }
  }

  async #join(candidate: ClientNode, passcode: number, { signal }: Deadline): Promise<MatterNode> {
    const { Millis } = this.#matter;
    await orAbort(
      this.#server.peers.runCommissioning(candidate, () =>
        candidate.commission({
          passcode,
          abort: signal,
          timeout: Millis(PROOF_MS),
          defaultSubscription: {
            maxIntervalCeiling: Millis(REPORTS_MS),
            keepSubscriptions: false,
            isFabricFiltered: true,
          },
        }),
      ),
      signal,
    );
    this.#follow();
    const known = [...this.#nodes.values()].find(({ client }) => client === candidate);
    if (!known) throw nodeUnknown(candidate.id);
    return known.node;
  }

  /**
   * Takes a device out of our fabric. One that cannot be reached in time is forgotten here only: it then keeps an entry of ours
   * that nobody uses, until it is reset. Tells whether the device itself knows.
   */
  async forget(id: string, { signal, timeoutMs }: Wait): Promise<boolean> {
    const known = this.#nodes.get(id);
    if (!known) throw nodeUnknown(id);
    // From here on nobody looks at what the library is about to take apart.
    this.#leaving.add(id);
    this.#follow();
    try {
      using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed('The device', timeoutMs));
      await orAbort(known.client.decommission(), deadline.signal);
      return true;
    } catch (error) {
      if (signal.aborted) throw error;
      using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed('Forgetting the device', timeoutMs));
      await orAbort(known.client.delete(), deadline.signal);
      return false;
    } finally {
      this.#leaving.delete(id);
      this.#follow();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#listeners.clear();
    for (const { stop } of this.#nodes.values()) stop();
    using deadline = new Deadline(new AbortController().signal, CLOSE_MS, () => deadlinePassed('Matter', CLOSE_MS));
    await orAbort(Promise.resolve(this.#server.close()), deadline.signal).catch(() => {});
    await this.#release();
  }

  /** Takes in the nodes that the library has now. */
  #follow(): void {
    const tell = (): void => this.#tell();
    const seen = new Set<string>();
    for (const client of this.#server.peers) {
      const address = client.peerAddress;
      const id = address?.nodeId.toString();
      if (id === undefined || this.#leaving.has(id)) continue;
      seen.add(id);
      if (this.#nodes.has(id)) continue;
      const node = new MatterNode(this.#matter, client, id);
      this.#nodes.set(id, { node, client, stop: node.watchSubscription(tell) });
    }
    for (const [id, { stop }] of this.#nodes) {
      if (seen.has(id)) continue;
      stop();
      this.#nodes.delete(id);
    }
    tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** People wait for a lamp that has power again: the library's own pauses are minutes. */
function timingOf({ Seconds }: MatterLibrary) {
  return {
    maxDelayBetweenInitialContactRetries: Seconds(10),
    delayBeforeNextAddress: Seconds(5),
    delayAfterNetworkError: Seconds(3),
    delayAfterPeerError: Seconds(10),
    delayAfterUnhandledError: Seconds(10),
  };
}
