import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import type { House } from './house.js';
import { listedEntry } from './registries.js';
import { shortChange, shortState, wholeState } from './state-forms.js';
import { newContext, type StateChange } from './state-machine.js';

export const VERSION = '2026.11.0';
const USER_ID = 'f6c2a7d1e0b94c5f8a3d2e1b0c9f8a7d';

/** Anything a client sends after the authentication phase. */
const commandSchema = z.looseObject({ id: z.number().int().positive(), type: z.string() });

const callSchema = z.object({
  domain: z.string(),
  service: z.string(),
  service_data: z.record(z.string(), z.unknown()).default({}),
  target: z.object({ entity_id: z.union([z.string(), z.array(z.string())]).optional() }).optional(),
  return_response: z.boolean().default(false),
});

type Command = z.infer<typeof commandSchema>;

/** What a command is answered with; `afterwards` is done after the answer. Null: nothing. */
type Answer =
  | { readonly result: unknown; readonly afterwards?: () => void }
  | { readonly error: { readonly code: string; readonly message: string } }
  | { readonly type: 'pong' }
  | null;

const fail = (code: string, message: string): Answer => ({ error: { code, message } });

export interface ClientOptions {
  readonly house: House;
  readonly token: string;
  /** Commands that this home's Home Assistant does not know, as older ones do not. */
  readonly unknownCommands: ReadonlySet<string>;
  /** Called before a service call is carried out; false: it shall not be, and nothing is answered. */
  readonly onCall: () => boolean;
}

/** One client's connection: the authentication phase, then commands with growing ids. */
export class ClientConnection {
  readonly #socket: WebSocket;
  readonly #options: ClientOptions;
  readonly #subscriptions = new Map<number, () => void>();
  #isAuthenticated = false;
  #lastId = 0;
  /** Answers nothing any more, as a computer does whose cable was pulled. */
  isMute = false;

  constructor(socket: WebSocket, options: ClientOptions) {
    this.#socket = socket;
    this.#options = options;
    socket.on('message', (data) => this.#receive(data));
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const end of this.#subscriptions.values()) end();
    });
    this.#send({ type: 'auth_required', ha_version: VERSION });
  }

  /** Sends any text, documented or not. */
  sendRaw(text: string): void {
    this.#socket.send(text);
  }

  /** The id of the subscription to all entities, for messages made by hand. */
  entitiesSubscription: number | null = null;

  #receive(data: RawData): void {
    if (this.isMute) return;
    const message = parse(data);
    if (!this.#isAuthenticated) {
      this.#authenticate(message);
      return;
    }
    const command = commandSchema.safeParse(message);
    const answer = command.success
      ? this.#answer(command.data)
      : fail('invalid_format', 'Message incorrectly formatted.');
    if (answer === null) return;
    const id = command.data?.id ?? 0;
    if ('type' in answer) this.#send({ id, ...answer });
    else if ('error' in answer) this.#send({ id, type: 'result', success: false, error: answer.error });
    else this.#send({ id, type: 'result', success: true, result: answer.result });
    if ('afterwards' in answer) answer.afterwards?.();
  }

  #authenticate(message: unknown): void {
    const auth = z.object({ type: z.literal('auth'), access_token: z.string() }).safeParse(message);
    this.#isAuthenticated = auth.success && auth.data.access_token === this.#options.token;
    if (this.#isAuthenticated) {
      this.#send({ type: 'auth_ok', ha_version: VERSION });
      return;
    }
    this.#send({ type: 'auth_invalid', message: 'Invalid access token or password' });
    this.#socket.close();
  }

  #answer(command: Command): Answer {
    const { id, type } = command;
    if (id <= this.#lastId) return fail('id_reuse', 'Identifier values have to increase.');
    this.#lastId = id;
    if (this.#options.unknownCommands.has(type)) return fail('unknown_command', 'Unknown command.');
    const { house } = this.#options;
    const { areas, floors, devices, entities } = house.registries;
    switch (type) {
      case 'ping':
        return { type: 'pong' };
      case 'supported_features':
        return { result: null };
      case 'get_config':
        return { result: configOf(house) };
      case 'get_states':
        return { result: house.states.all().map(wholeState) };
      case 'get_services':
        return { result: house.services() };
      case 'config/area_registry/list':
        return { result: areas };
      case 'config/floor_registry/list':
        return { result: floors };
      case 'config/device_registry/list':
        return { result: devices };
      case 'config/entity_registry/list':
        return { result: entities.map(listedEntry) };
      case 'config/entity_registry/get_entries':
        return this.#entries(command);
      case 'subscribe_entities':
        return this.#subscribeEntities(command);
      case 'subscribe_events':
        return this.#subscribeEvents(command);
      case 'unsubscribe_events':
        return this.#unsubscribe(command);
      case 'call_service':
        return this.#call(command);
      default:
        return fail('unknown_command', 'Unknown command.');
    }
  }

  #entries(command: Command): Answer {
    const parsed = z.object({ entity_ids: z.array(z.string()) }).safeParse(command);
    if (!parsed.success) return fail('invalid_format', 'required key not provided @ data["entity_ids"]');
    const { entities } = this.#options.house.registries;
    const found = parsed.data.entity_ids.map((id) => [id, entities.find((entry) => entry.entity_id === id) ?? null]);
    return { result: Object.fromEntries(found) };
  }

  /** Answers, tells all states, then every change. */
  #subscribeEntities({ id, ...command }: Command): Answer {
    const wanted = z.object({ entity_ids: z.array(z.string()).optional() }).safeParse(command).data?.entity_ids;
    const isWanted = (entityId: string): boolean => wanted === undefined || wanted.includes(entityId);
    const { states } = this.#options.house;
    const forward = (change: StateChange): void => {
      if (isWanted(change.entityId)) this.#event(id, shortChange(change));
    };
    this.#subscriptions.set(id, states.watch(forward));
    if (wanted === undefined) this.entitiesSubscription = id;
    const tellAll = (): void => {
      const all = states.all().filter((state) => isWanted(state.entityId));
      this.#event(id, { a: Object.fromEntries(all.map((state) => [state.entityId, shortState(state)])) });
    };
    return { result: null, afterwards: tellAll };
  }

  #subscribeEvents({ id, ...command }: Command): Answer {
    const { house } = this.#options;
    const type = z.object({ event_type: z.string().default('*') }).safeParse(command).data?.event_type ?? '*';
    const tell = (event_type: string, data: unknown, context = newContext()): void => {
      if (type !== event_type && type !== '*') return;
      this.#event(id, { event_type, data, origin: 'LOCAL', time_fired: new Date().toISOString(), context });
    };
    const onState = ({ entityId, before, after }: StateChange): void => {
      const [old_state, new_state] = [before && wholeState(before), after && wholeState(after)];
      tell('state_changed', { entity_id: entityId, old_state, new_state }, after?.context);
    };
    const ends = [house.states.watch(onState), house.watchLists((eventType) => tell(eventType, { action: 'update' }))];
    this.#subscriptions.set(id, () => {
      for (const end of ends) end();
    });
    return { result: null };
  }

  #unsubscribe({ subscription }: Command): Answer {
    const end = typeof subscription === 'number' ? this.#subscriptions.get(subscription) : undefined;
    if (!end || typeof subscription !== 'number') return fail('not_found', 'Subscription not found.');
    end();
    this.#subscriptions.delete(subscription);
    return { result: null };
  }

  #call(command: Command): Answer {
    const parsed = callSchema.safeParse(command);
    if (!parsed.success) return fail('invalid_format', z.prettifyError(parsed.error));
    if (!this.#options.onCall()) return null;
    const { domain, service, service_data: data, target, return_response: wantsResponse } = parsed.data;
    const entityIds = [target?.entity_id ?? []].flat();
    const request = { service: `${domain}.${service}`, domain, name: service, data, entityIds, wantsResponse };
    const answer = this.#options.house.call({ ...request, userId: USER_ID });
    if (!answer.ok) return { error: answer.error };
    const { context, response } = answer;
    return { result: wantsResponse ? { context, response } : { context } };
  }

  #event(id: number, event: unknown): void {
    this.#send({ id, type: 'event', event });
  }

  #send(message: unknown): void {
    if (!this.isMute) this.#socket.send(JSON.stringify(message));
  }
}

function configOf(house: House): Record<string, unknown> {
  const unit_system = { temperature: house.temperatureUnit, length: 'km' };
  return { version: VERSION, location_name: 'Example home', unit_system, state: 'RUNNING' };
}

function parse(data: RawData): unknown {
  try {
    return JSON.parse(data.toString());
  } catch {
    return null;
  }
}
