import { TentacleError } from '../../../core/failure.js';
import { hasCode } from '../../../core/failures.js';
import type { Outcome, UntrustedData } from '../../../core/outcome.js';
import { deviceSaid, readBack } from '../../../core/outcomes.js';
import type { LanCall } from '../../lan-call.js';
import { describeState } from '../home/describe-state.js';
import type { Entity } from '../home/entity.js';
import type { EntityStore } from '../home/entity-store.js';
import type { EntityEntry } from '../home/registries.js';
import type { Services } from '../home/services.js';
import type { TemperatureUnit } from '../home/temperature.js';
import type { ServiceRequest, ServiceResult } from '../link/session.js';

/** What functions see of Home Assistant. */
export interface HomeAccess {
  readonly store: EntityStore;
  readonly services: Services;
  readonly temperatureUnit: TemperatureUnit;
  entry(entityId: string): EntityEntry | undefined;
  /** The names that people gave an entity besides its own. */
  aliases(entityId: string): readonly string[];
  /** @throws TentacleError as Session.callService. */
  callService(request: ServiceRequest, signal: AbortSignal): Promise<ServiceResult>;
  /** Asks for one entity's state anew. @throws TentacleError LINK_LOST, HA_ENTITY_GONE or the signal's reason. */
  read(entityId: string, signal: AbortSignal): Promise<Entity>;
}

/** A state after the call, beside what a function needs to tell whether the call is behind it. */
export interface Seen {
  readonly entity: Entity;
  /** Whether Home Assistant says that this very call changed it. */
  readonly isOurs: boolean;
}

/**
 * Whether a state is as asked.
 *
 * @throws TentacleError for a state that says that it failed, such as a jammed lock.
 */
export type Fits = (seen: Seen) => boolean;

interface Facts {
  readonly prior?: Record<string, string | number | boolean> | undefined;
  readonly data?: UntrustedData;
}

/** One call on one entity. Nothing is sent before a function has looked at the state that was known. */
export class HomeCall {
  readonly args: LanCall['args'];
  readonly signal: AbortSignal;
  /** What a person calls the device. */
  readonly name: string;
  readonly home: HomeAccess;
  /** The state as it was known when the call began. */
  readonly before: Entity;
  readonly #call: LanCall;

  constructor(call: LanCall, name: string, home: HomeAccess, before: Entity) {
    this.args = call.args;
    this.signal = call.signal;
    this.name = name;
    this.home = home;
    this.before = before;
    this.#call = call;
  }

  text(name: string): string | null {
    const value = this.args[name];
    return typeof value === 'string' ? value : null;
  }

  number(name: string): number | null {
    const value = this.args[name];
    return typeof value === 'number' ? value : null;
  }

  boolean(name: string): boolean | null {
    const value = this.args[name];
    return typeof value === 'boolean' ? value : null;
  }

  /**
   * Calls a service of the entity's domain, or of another where it is written "domain.service", and waits until the state is
   * as asked. Its result means little: Home Assistant answers with success for a device that it does not reach. What counts
   * is a state told after the call was sent; one that was so before is asked for anew.
   */
  async change(service: string, data: Readonly<Record<string, unknown>>, fits: Fits): Promise<Entity> {
    const { store } = this.home;
    const sentAt = store.revision;
    const contextId = await this.#send(service, data);
    const fitting = (entity: Entity | undefined): boolean =>
      entity !== undefined && fits({ entity, isOurs: contextId !== null && entity.contextId === contextId });
    const known = store.get(this.before.id);
    if (known && known.revision > sentAt) {
      if (fitting(known)) return known;
    } else if (contextId !== null && quietly(() => fitting(known))) {
      const fresh = await this.home.read(this.before.id, this.signal);
      if (fitting(fresh)) return fresh;
    }
    return await store.until(this.before.id, fitting, this.signal);
  }

  /** Asks for the state anew. @throws TentacleError HA_STATE_UNKNOWN when there is none to speak of. */
  async read(): Promise<Entity> {
    const entity = await this.home.read(this.before.id, this.signal);
    const why = stateless(entity, this.name);
    if (why !== null) throw stateUnknown(why);
    return entity;
  }

  /** A service that changes nothing and answers with data. */
  async ask(service: string, data: Readonly<Record<string, unknown>>): Promise<unknown> {
    const request = { ...this.#request(service, data), wantsResponse: true };
    return (await this.home.callService(request, this.signal)).response;
  }

  /** The outcome of a state that was seen; one that Home Assistant only assumes proves no more than that it was sent. */
  done(entity: Entity, facts: Facts = {}, receipt = `${this.name}: ${this.describe(entity)}`): Outcome {
    const { prior, data } = facts;
    const known = { ...(prior ? { prior } : {}), ...(data ? { data } : {}) };
    if (entity.attributes.assumed_state !== true) return readBack(receipt, known);
    return deviceSaid(`${receipt} (assumed: this device does not report its state)`, known);
  }

  describe(entity: Entity): string {
    return describeState(entity, this.home.temperatureUnit);
  }

  /** The context's id, or null where the link broke: the service may have been called, and a later state may show it. */
  async #send(service: string, data: Readonly<Record<string, unknown>>): Promise<string | null> {
    this.#call.markSent();
    try {
      return (await this.home.callService(this.#request(service, data), this.signal)).contextId ?? '';
    } catch (error) {
      if (hasCode(error, 'LINK_LOST')) return null;
      throw error;
    }
  }

  #request(service: string, data: Readonly<Record<string, unknown>>): ServiceRequest {
    const [domain = '', name = ''] = service.includes('.') ? service.split('.') : [this.before.domain, service];
    return { domain, service: name, data, entityId: this.before.id };
  }
}

/** Why nothing can be said or done about an entity, in a sentence; null where its state is known. */
export function stateless(entity: Entity, name: string): string | null {
  if (entity.state === 'unavailable') return `Home Assistant does not reach ${name}.`;
  return entity.state === 'unknown' ? `Home Assistant does not know the state of ${name}.` : null;
}

const stateUnknown = (why: string): TentacleError =>
  new TentacleError({
    code: 'HA_STATE_UNKNOWN',
    fault: 'device',
    message: why,
    next: 'Look at its power, its battery and its network.',
  });

/** A state from before the call that says "failed" is no answer to it. */
function quietly(fits: () => boolean): boolean {
  try {
    return fits();
  } catch (error) {
    if (error instanceof TentacleError) return false;
    throw error;
  }
}
