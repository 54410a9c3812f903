import { z } from 'zod';
import { Deadline, orAbort, pause } from '../../../core/deadline.js';
import { type Failure, TentacleError } from '../../../core/failure.js';
import { cancelled, hasCode } from '../../../core/failures.js';
import { causeWords } from '../../../core/peer-words.js';
import { linkLost, tokenRefused, unreachable } from '../failures.js';
import type { HomeAccess } from '../functions/home-call.js';
import { BackOff } from '../link/back-off.js';
import { type ServiceRequest, type ServiceResult, Session, type SessionOptions } from '../link/session.js';
import type { Problems } from '../problems.js';
import { type Entity, entitiesEventSchema } from './entity.js';
import { EntityStore } from './entity-store.js';
import { type EntityEntry, noRegistries, type Registries, readRegistries } from './registries.js';
import { Services } from './services.js';
import type { TemperatureUnit } from './temperature.js';

export interface HomeOptions extends SessionOptions {
  /** Milliseconds before the second try, and at most between two. */
  readonly backOff: { readonly minMs: number; readonly maxMs: number };
  readonly problems: Problems;
  /** The whole picture is new: connected, lost, or lists read again. */
  readonly onChange: () => void;
}

/** How Home Assistant is reached now: what devices show. */
export type LinkState =
  | { readonly state: 'ready' }
  | { readonly state: 'connecting' | 'unauthorized' | 'offline'; readonly failure: Failure };

/** Connecting and reading everything may take a big home on a small computer this long. */
const CONNECT_TIMEOUT_MS = 45_000;
/** Registries change in bursts: they are read when it has been quiet for so long. */
const SETTLE_MS = 300;

const UPDATES = [
  'area_registry_updated',
  'floor_registry_updated',
  'device_registry_updated',
  'entity_registry_updated',
  'service_registered',
  'service_removed',
];

const configSchema = z.object({
  unit_system: z.object({ temperature: z.enum(['°C', '°F']).catch('°C') }).catch({ temperature: '°C' }),
});

/** One Home Assistant: the link to it, kept up, and what it told. */
export class Home implements HomeAccess, AsyncDisposable {
  readonly store: EntityStore;
  services = new Services([]);
  registries: Registries = noRegistries;
  temperatureUnit: TemperatureUnit = '°C';
  version = '';
  link: LinkState = { state: 'connecting', failure: linkLost('not connected yet').failure };
  readonly #options: HomeOptions;
  readonly #closing = new AbortController();
  #session: Session | null = null;
  #loop: Promise<void> | null = null;
  #firstTry: Promise<void> = Promise.resolve();
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HomeOptions) {
    this.#options = options;
    this.store = new EntityStore(options.onProblem);
  }

  /** Begins, or begins again after the token was refused. Resolves when the first try has ended, however. */
  start(): Promise<void> {
    if (this.#loop === null && !this.#closing.signal.aborted) {
      let ended = (): void => {};
      this.#firstTry = new Promise((resolve) => {
        ended = resolve;
      });
      this.#loop = this.#keepUp(ended).finally(() => {
        this.#loop = null;
        ended();
      });
    }
    return this.#firstTry;
  }

  entry(entityId: string): EntityEntry | undefined {
    return this.registries.entities.get(entityId);
  }

  aliases(entityId: string): readonly string[] {
    return this.registries.aliases.get(entityId) ?? [];
  }

  async callService(request: ServiceRequest, signal: AbortSignal): Promise<ServiceResult> {
    return await this.#connected().callService(request, signal);
  }

  /** By a subscription to this entity alone: its first event holds the state of now, where get_states would send all. */
  async read(entityId: string, signal: AbortSignal): Promise<Entity> {
    const session = this.#connected();
    let told = (): void => {};
    const first = new Promise<void>((resolve) => {
      told = resolve;
    });
    let isTold = false;
    let isThere = false;
    // At once, in the order of the messages: a moment later the other subscription may know something newer.
    const listener = (event: unknown): void => {
      if (isTold) return;
      isTold = true;
      told();
      const state = entitiesEventSchema.parse(event).a?.[entityId];
      isThere = state !== undefined;
      if (isThere) this.store.apply({ a: { [entityId]: state } }, { isFirst: false });
    };
    const message = { type: 'subscribe_entities', entity_ids: [entityId] };
    const unsubscribe = await session.subscribe(message, listener, signal);
    try {
      await orAbort(first, AbortSignal.any([signal, session.ended]));
    } finally {
      unsubscribe();
    }
    if (!isThere) throw entityGone(entityId);
    const entity = this.store.get(entityId);
    if (!entity) throw entityGone(entityId);
    return entity;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(cancelled());
    clearTimeout(this.#refreshTimer);
    this.#session?.[Symbol.dispose]();
    await this.#loop;
  }

  async #keepUp(firstTryEnded: () => void): Promise<void> {
    const { signal } = this.#closing;
    const backOff = new BackOff(this.#options.backOff);
    while (!signal.aborted) {
      try {
        using session = await this.#connect(signal);
        backOff.reset();
        firstTryEnded();
        await orAbort(new Promise(() => {}), AbortSignal.any([session.ended, signal])).catch(() => {});
        this.#change({ state: 'offline', failure: linkLost('closed by Home Assistant').failure });
      } catch (error) {
        const failure = this.#failureOf(error);
        if (signal.aborted) return;
        this.#options.problems.add(failure);
        this.#change({ state: failure.code === 'HA_UNAUTHORIZED' ? 'unauthorized' : 'offline', failure });
        // Home Assistant tells its owner of every refused login, and may ban the address: it is not tried again.
        if (failure.code === 'HA_UNAUTHORIZED') return;
        firstTryEnded();
      } finally {
        this.#session = null;
      }
      await pause(backOff.next(), signal).catch(() => {});
    }
  }

  /** Connects and reads everything anew: what happened while the link was down is not known. */
  async #connect(signal: AbortSignal): Promise<Session> {
    const { endpoint, problems } = this.#options;
    using deadline = new Deadline(signal, CONNECT_TIMEOUT_MS, () => unreachable(endpoint.shown, 'no answer in time'));
    const session = await Session.open(this.#options, deadline.signal);
    try {
      await this.#readAll(session, deadline.signal);
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
    this.version = session.version;
    this.#session = session;
    for (const code of ['HA_UNREACHABLE', 'HA_UNAUTHORIZED', 'HA_PLAIN_REFUSED', 'LINK_LOST']) problems.clear(code);
    this.#change({ state: 'ready' });
    return session;
  }

  async #readAll(session: Session, signal: AbortSignal): Promise<void> {
    const config = await session.request({ type: 'get_config' }, configSchema, signal);
    this.temperatureUnit = config.unit_system.temperature;
    const refresh = (): void => this.#refreshSoon(session);
    for (const type of UPDATES) {
      // Older ones lack some, and a user without rights may not be let in: then names are as fresh as the connection.
      await session.subscribe({ type: 'subscribe_events', event_type: type }, refresh, signal).catch(() => {});
    }
    await this.#readLists(session, signal);
    let isFirst = true;
    let told = (): void => {};
    const states = new Promise<void>((resolve) => {
      told = resolve;
    });
    const listener = (event: unknown): void => {
      this.store.apply(event, { isFirst });
      isFirst = false;
      told();
    };
    await session.subscribe({ type: 'subscribe_entities' }, listener, signal);
    await orAbort(states, AbortSignal.any([signal, session.ended]));
  }

  async #readLists(session: Session, signal: AbortSignal): Promise<void> {
    this.services = await Services.read(session, signal);
    this.registries = await readRegistries(session, this.#options.problems, signal);
  }

  #refreshSoon(session: Session): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => void this.#refresh(session), SETTLE_MS);
  }

  async #refresh(session: Session): Promise<void> {
    if (session !== this.#session) return;
    using deadline = new Deadline(session.ended, CONNECT_TIMEOUT_MS, () => linkLost('no answer in time'));
    try {
      await this.#readLists(session, deadline.signal);
      this.#options.onChange();
    } catch (error) {
      if (!session.ended.aborted) this.#options.problems.add(this.#failureOf(error));
    }
  }

  #connected(): Session {
    if (this.#session === null || this.#session.ended.aborted) throw linkLost('not connected');
    return this.#session;
  }

  #change(link: LinkState): void {
    this.link = link;
    this.#options.onChange();
  }

  #failureOf(error: unknown): Failure {
    if (hasCode(error, 'HA_NOT_ALLOWED')) return tokenRefused(error.failure.message).failure;
    if (error instanceof TentacleError) return error.failure;
    return unreachable(this.#options.endpoint.shown, causeWords(error)).failure;
  }
}

const entityGone = (entityId: string): TentacleError =>
  new TentacleError({
    code: 'HA_ENTITY_GONE',
    fault: 'device',
    message: `Home Assistant has no ${entityId} any more.`,
    next: 'Look whether it was renamed or removed there.',
  });
