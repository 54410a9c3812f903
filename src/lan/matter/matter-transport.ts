import { Deadline, orAbort, pause } from '../../core/deadline.js';
import type { Device } from '../../core/device.js';
import { type Failure, TentacleError } from '../../core/failure.js';
import { cancelled, deadlinePassed } from '../../core/failures.js';
import { Mutex } from '../../core/mutex.js';
import type { Outcome } from '../../core/outcome.js';
import type { Contact } from '../../core/plan.js';
import type { Invocation, InvokeOptions, Transport } from '../../core/ports/transport.js';
import { err, ok, type Result } from '../../core/result.js';
import { carryOut, notKnown } from '../carry-out.js';
import { DeviceList } from '../device-list.js';
import { functionsOfThing } from './functions/matter-functions.js';
import type { MatterRun } from './matter-call.js';
import { MatterController, type Wait } from './matter-controller.js';
import { deviceOf } from './matter-device.js';
import { nodeUnknown, notLoaded, wentWrong } from './matter-failures.js';
import { loadMatter } from './matter-library.js';
import type { MatterNode } from './matter-node.js';
import { NodeNames } from './node-names.js';
import { Reachability } from './reachability.js';
import type { Thing } from './thing.js';
import { thingsOf } from './things.js';

export interface MatterTransportOptions {
  /** Where our fabric is kept: the keys that command all devices (0600 in a folder of its own). */
  readonly folder: string;
  readonly virtual: boolean;
  /** How long a device may take to answer, and to show the state that was asked, in milliseconds; 6 s by default. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 6_000;
/** Changes within this time are shown as one. */
const REFRESH_MS = 50;
/** How long disposing may take, in milliseconds. */
const CLOSE_MS = 4_500;

interface Known {
  readonly thing: Thing;
  readonly node: MatterNode;
  readonly functions: ReadonlyMap<string, MatterRun>;
  readonly mutex: Mutex;
}

/** Devices that speak Matter, added by the share code that another app of the home gives. */
export class MatterTransport implements Transport {
  readonly name = 'matter';
  readonly #options: MatterTransportOptions;
  readonly #list = new DeviceList();
  readonly #names: NodeNames;
  readonly #closing = new AbortController();
  readonly #reach = new Map<string, Reachability>();
  readonly #mutexes = new Map<string, Mutex>();
  #known: ReadonlyMap<string, Known> = new Map();
  #opening: Promise<MatterController> | null = null;
  #controller: MatterController | null = null;
  #problem: Failure | null = null;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: MatterTransportOptions) {
    this.#options = options;
    this.#names = new NodeNames(options.folder);
  }

  /**
   * Reads the fabric and reaches for its devices. Resolves when each has answered once or is known to be away, or at the timeout,
   * with what is known by then; the reaching goes on.
   */
  async start({ signal, timeoutMs }: Wait): Promise<void> {
    using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed('Matter', timeoutMs));
    const either = AbortSignal.any([deadline.signal, this.#closing.signal]);
    try {
      await this.#open(either);
      await this.#settled(either);
    } catch {
      // What went wrong is in problems(); what is known by now is known.
    }
    this.#refresh();
  }

  /** What keeps all devices away: MATTER_UNAVAILABLE, FABRIC_UNREADABLE, MATTER_IN_USE, MATTER_NAMES_UNREADABLE. */
  problems(): readonly Failure[] {
    return this.#problem ? [this.#problem] : [];
  }

  devices(): readonly Device[] {
    return this.#list.all();
  }

  watch(listener: (devices: readonly Device[]) => void): () => void {
    return this.#list.watch(listener);
  }

  /**
   * Adds a device by its share code: 11 or 21 digits, or the text of a QR code ("MT:..."). Gives its things.
   * Failures: BAD_SHARE_CODE, DEVICE_NOT_FOUND, WRONG_SHARE_CODE, DEADLINE, CANCELLED, MATTER_FAILED, MATTER_NAMES_NOT_SAVED, and
   * those of {@link problems}.
   */
  async commission(
    code: string,
    { name, signal, timeoutMs }: Wait & { readonly name?: string },
  ): Promise<Result<readonly Device[], Failure>> {
    using deadline = new Deadline(signal, timeoutMs, () => deadlinePassed('Matter', timeoutMs));
    try {
      const controller = await this.#open(AbortSignal.any([deadline.signal, this.#closing.signal]));
      const node = await controller.commission(code, {
        signal: AbortSignal.any([signal, this.#closing.signal]),
        timeoutMs,
      });
      const named = name === undefined ? ok(undefined) : await this.#names.set(node.id, name);
      if (!named.ok) return named;
      this.#refresh();
      // It is added, whether or not it answers in time.
      await this.#settled(deadline.signal).catch(() => {});
      this.#refresh();
      return ok(this.#devicesOf(node.id));
    } catch (error) {
      return err(failureOf(error));
    }
  }

  /**
   * Takes the device that has this thing out of our fabric, with all its things. `isTold` is false for one that could not be
   * reached: it keeps an unused entry of ours until it is reset. Failures: DEVICE_UNKNOWN, CANCELLED, MATTER_FAILED.
   */
  async forget(deviceId: string, { signal, timeoutMs }: Wait): Promise<Result<{ readonly isTold: boolean }, Failure>> {
    try {
      const node = this.#known.get(deviceId)?.node;
      if (!node || !this.#controller) throw nodeUnknown(deviceId);
      const isTold = await this.#controller.forget(node.id, { signal, timeoutMs });
      await this.#names.set(node.id, null);
      this.#refresh();
      return ok({ isTold });
    } catch (error) {
      return err(failureOf(error));
    }
  }

  async invoke(deviceId: string, invocation: Invocation, options: InvokeOptions): Promise<Outcome> {
    const known = this.#known.get(deviceId);
    const run = known?.functions.get(invocation.function);
    const patienceMs = this.#options.patienceMs ?? PATIENCE_MS;
    const outcome = await carryOut(
      this.#list.get(deviceId),
      invocation,
      options,
      known &&
        run &&
        ((call) => known.mutex.run(() => run({ call, thing: known.thing, node: known.node, patienceMs }), call.signal)),
    );
    if (known && isSilence(outcome)) this.#reach.get(known.node.id)?.doubt();
    return outcome;
  }

  async findContacts(): Promise<Result<readonly Contact[], Failure>> {
    return err(notKnown());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    clearTimeout(this.#refreshTimer);
    this.#list.close();
    for (const reach of this.#reach.values()) reach[Symbol.dispose]();
    using deadline = new Deadline(new AbortController().signal, CLOSE_MS, () => deadlinePassed('Matter', CLOSE_MS));
    const controller = await orAbort(this.#opening ?? Promise.reject(cancelled()), deadline.signal).catch(() => null);
    if (controller) await orAbort(controller[Symbol.asyncDispose](), deadline.signal).catch(() => {});
    // One that is still opening closes when it has opened.
    else this.#opening?.then((late) => late[Symbol.asyncDispose]()).catch(() => {});
  }

  /** The one controller of this transport. Rejects with its failure, which stays in {@link problems}; the next call tries again. */
  async #open(signal: AbortSignal): Promise<MatterController> {
    if (this.#controller) return this.#controller;
    this.#opening ??= this.#make();
    return orAbort(this.#opening, signal);
  }

  async #make(): Promise<MatterController> {
    try {
      const names = await this.#names.read();
      if (!names.ok) throw new TentacleError(names.error);
      const controller = await MatterController.open(await loadMatter(), this.#options.folder);
      this.#problem = null;
      this.#controller = controller;
      controller.watch(() => this.#scheduleRefresh());
      this.#refresh();
      return controller;
    } catch (error) {
      this.#problem = error instanceof TentacleError ? error.failure : notLoaded(error);
      this.#opening = null;
      throw new TentacleError(this.#problem, { cause: error });
    }
  }

  async #settled(signal: AbortSignal): Promise<void> {
    while ([...this.#reach.values()].some(({ state }) => state === 'connecting')) await pause(REFRESH_MS, signal);
  }

  #scheduleRefresh(): void {
    this.#refreshTimer ??= setTimeout(() => this.#refresh(), REFRESH_MS);
  }

  #refresh(): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = undefined;
    if (this.#closing.signal.aborted || !this.#controller) return;
    const nodes = this.#controller.nodes();
    this.#followReach(nodes);
    const known = new Map<string, Known>();
    const devices: Device[] = [];
    for (const node of nodes) {
      for (const thing of thingsOf({ id: node.id, endpoints: node.endpoints(), name: this.#names.get(node.id) })) {
        const mutex = this.#mutexes.get(thing.id) ?? new Mutex();
        this.#mutexes.set(thing.id, mutex);
        const functions = functionsOfThing(thing);
        known.set(thing.id, { thing, node, functions, mutex });
        const reach = this.#reach.get(node.id)?.state ?? 'connecting';
        const facts = { functions: [...functions.keys()], virtual: this.#options.virtual, reach, node: node.id };
        devices.push(deviceOf(thing, facts));
      }
    }
    this.#known = known;
    for (const id of this.#mutexes.keys()) if (!known.has(id)) this.#mutexes.delete(id);
    if (JSON.stringify(devices) !== JSON.stringify(this.#list.all())) this.#list.replace(devices);
  }

  #followReach(nodes: readonly MatterNode[]): void {
    for (const node of nodes) {
      const reach = this.#reach.get(node.id);
      if (!reach) this.#reach.set(node.id, new Reachability(node, () => this.#scheduleRefresh()));
      // Its reports ended, or began again: ask it what holds now.
      else if (node.isSubscribed !== (reach.state === 'reached')) reach.doubt();
    }
    for (const [id, reach] of this.#reach) {
      if (nodes.some((node) => node.id === id)) continue;
      reach[Symbol.dispose]();
      this.#reach.delete(id);
    }
  }

  #devicesOf(node: string): readonly Device[] {
    return [...this.#known].flatMap(([id, known]) => {
      const device = known.node.id === node ? this.#list.get(id) : undefined;
      return device ? [device] : [];
    });
  }
}

/** Whether a call ended because nothing came back. */
function isSilence(outcome: Outcome): boolean {
  if (outcome.status === 'unknown') return true;
  return outcome.status === 'failed' && ['LINK_LOST', 'DEADLINE'].includes(outcome.failure.code);
}

function failureOf(error: unknown): Failure {
  return error instanceof TentacleError ? error.failure : wentWrong(error);
}
