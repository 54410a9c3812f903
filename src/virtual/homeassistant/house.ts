import { exampleHome } from './example-home.js';
import type { VirtualRegistries } from './registries.js';
import type { ServiceError } from './services/service.js';
import { allServices } from './services/services.js';
import { type Attributes, type Context, newContext, StateMachine, type VirtualState } from './state-machine.js';

/** A service call as it came in: the witness of what was asked. */
export interface ReceivedCall {
  readonly service: string;
  readonly entityIds: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

export interface CallRequest extends ReceivedCall {
  readonly domain: string;
  readonly name: string;
  readonly wantsResponse: boolean;
  readonly userId: string;
}

export type CallAnswer =
  | { readonly ok: true; readonly context: Context; readonly response: unknown }
  | { readonly ok: false; readonly error: ServiceError };

/** The home behind the stand-in: states, registries, services. It outlives restarts of the server. */
export class House {
  readonly states = new StateMachine();
  readonly registries: VirtualRegistries;
  readonly calls: ReceivedCall[] = [];
  temperatureUnit: '°C' | '°F' = '°C';
  /** Services that this home lacks: "music_assistant.play_media". */
  readonly missingServices = new Set<string>();
  /** Entities that take calls and do nothing: their radio is gone, and Home Assistant has not noticed. */
  readonly deaf = new Set<string>();
  /** Entities whose services fail, and how. */
  readonly failing = new Map<string, ServiceError>();
  /** How long things take that move, in milliseconds. */
  moveMs = 30;
  readonly #listListeners = new Set<(eventType: string) => void>();

  constructor() {
    const { things, registries } = exampleHome();
    this.registries = registries;
    for (const { entityId, state, attributes } of things) this.states.set(entityId, state, attributes);
  }

  /** The state of an entity as the house knows it, or undefined. */
  state(entityId: string): VirtualState | undefined {
    return this.states.get(entityId);
  }

  /** Something happens in the house, by nobody's call. */
  set(entityId: string, state: string, attributes: Attributes = {}): void {
    this.states.set(entityId, state, attributes);
  }

  /** Calls back with "entity_registry_updated" and the like. */
  watchLists(listener: (eventType: string) => void): () => void {
    this.#listListeners.add(listener);
    return () => this.#listListeners.delete(listener);
  }

  /** Somebody changed names or rooms. */
  changeLists(change: Partial<VirtualRegistries>, eventType = 'entity_registry_updated'): void {
    Object.assign(this.registries, change);
    for (const listener of [...this.#listListeners]) listener(eventType);
  }

  /** As `get_services` tells. */
  services(): Record<string, Record<string, unknown>> {
    const listed: Record<string, Record<string, unknown>> = {};
    for (const [domain, services] of Object.entries(allServices)) {
      for (const [name, service] of Object.entries(services)) {
        if (this.missingServices.has(`${domain}.${name}`)) continue;
        const response = service.responds ? { response: { optional: false } } : {};
        listed[domain] = { ...listed[domain], [name]: { name, description: '', fields: {}, target: {}, ...response } };
      }
    }
    return listed;
  }

  /** Carries out a call on the entities it names; those that are not there or not available are passed over in silence. */
  call(request: CallRequest): CallAnswer {
    const { service: full, domain, name, data, entityIds, wantsResponse, userId } = request;
    this.calls.push({ service: full, entityIds, data });
    const service = this.missingServices.has(full) ? undefined : allServices[domain]?.[name];
    if (!service) return failure('not_found', `Service ${full} not found.`);
    if (service.responds !== true && wantsResponse)
      return failure(
        'service_validation_error',
        "Validation error: An action which does not return responses can't be called with return_response=True",
      );
    const context = newContext(userId);
    const response: Record<string, unknown> = {};
    for (const entityId of entityIds) {
      const entity = this.states.get(entityId);
      if (!entity || entity.state === 'unavailable') continue;
      const bits = entity.attributes['supported_features'];
      if (service.needs !== undefined && ((typeof bits === 'number' ? bits : 0) & service.needs) === 0)
        return failure(
          'service_validation_error',
          `Validation error: Entity ${entityId} does not support action ${full}`,
        );
      const fault = this.failing.get(entityId);
      if (fault) return { ok: false, error: fault };
      if (this.deaf.has(entityId)) continue;
      const { states, moveMs } = this;
      const answer = service.handle({
        entity,
        data,
        states,
        context,
        moveMs,
        defaultCode: this.#defaultCode(entityId),
      });
      if (answer && 'error' in answer) return { ok: false, error: answer.error };
      if (answer) response[entityId] = answer.response;
    }
    return { ok: true, context, response: wantsResponse ? response : null };
  }

  #defaultCode(entityId: string): string | null {
    const lock = this.registries.entities.find((entry) => entry.entity_id === entityId)?.options['lock'];
    const code = typeof lock === 'object' && lock !== null && 'default_code' in lock ? lock.default_code : null;
    return typeof code === 'string' ? code : null;
  }
}

const failure = (code: ServiceError['code'], message: string): CallAnswer => ({ ok: false, error: { code, message } });
