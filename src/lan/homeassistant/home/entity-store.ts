import { orAbort } from '../../../core/deadline.js';
import type { Failure } from '../../../core/failure.js';
import { badEntities, tooManyEntities } from '../failures.js';
import type { Attributes } from './attributes.js';
import { compressedChangeSchema, compressedStateSchema, domainOf, type Entity, entitiesEventSchema } from './entity.js';

/** Entities beyond these are left out. */
export const MAX_ENTITIES = 5_000;

/** Of a home with more, these are taken in last: there are many of them, and they can only be read. */
const READ_ONLY = new Set([
  'sensor',
  'binary_sensor',
  'update',
  'event',
  'button',
  'number',
  'select',
  'device_tracker',
]);

/** The states of all entities, kept by the messages of `subscribe_entities`. */
export class EntityStore {
  readonly #entities = new Map<string, Entity>();
  readonly #watchers = new Set<(entityIds: ReadonlySet<string>) => void>();
  readonly #onProblem: (failure: Failure) => void;
  #revision = 0;

  constructor(onProblem: (failure: Failure) => void) {
    this.#onProblem = onProblem;
  }

  /** Of the latest message. */
  get revision(): number {
    return this.#revision;
  }

  all(): IterableIterator<Entity> {
    return this.#entities.values();
  }

  get(entityId: string): Entity | undefined {
    return this.#entities.get(entityId);
  }

  /** Calls back with the entities that a message was about, until the returned function is called. */
  watch(watcher: (entityIds: ReadonlySet<string>) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Takes in a message; the first of a session tells all there are, and what it leaves out is gone. */
  apply(event: unknown, { isFirst }: { readonly isFirst: boolean }): void {
    const { a: added = {}, c: changed = {}, r: removed = [] } = entitiesEventSchema.parse(event);
    this.#revision += 1;
    const touched = new Set<string>();
    const bad: string[] = [];
    if (isFirst) for (const id of this.#entities.keys()) if (!Object.hasOwn(added, id)) removed.push(id);
    for (const id of removed) if (this.#entities.delete(id)) touched.add(id);
    for (const [id, state] of Object.entries(added).sort(byUse)) this.#add(id, state) ? touched.add(id) : bad.push(id);
    for (const [id, change] of Object.entries(changed)) this.#change(id, change) ? touched.add(id) : bad.push(id);
    if (bad.length > 0) this.#onProblem(badEntities(bad.length, bad.slice(0, 5).join(', ')));
    for (const watcher of [...this.#watchers]) watcher(touched);
  }

  /** Resolves with the entity once it fits, looking at every message from now on. Rejects with the signal's reason. */
  async until(entityId: string, fits: (entity: Entity) => boolean, signal: AbortSignal): Promise<Entity> {
    let stop = (): void => {};
    try {
      const found = new Promise<Entity>((resolve, reject) => {
        stop = this.watch((touched) => {
          const entity = touched.has(entityId) ? this.#entities.get(entityId) : undefined;
          try {
            if (entity && fits(entity)) resolve(entity);
          } catch (error) {
            reject(error);
          }
        });
      });
      return await orAbort(found, signal);
    } finally {
      stop();
    }
  }

  #add(id: string, state: unknown): boolean {
    const domain = domainOf(id);
    const parsed = compressedStateSchema.safeParse(state);
    if (domain === null || !parsed.success) return false;
    if (!this.#entities.has(id) && this.#entities.size >= MAX_ENTITIES) {
      this.#onProblem(tooManyEntities(MAX_ENTITIES));
      return true;
    }
    const { s, a, c } = parsed.data;
    this.#entities.set(id, { id, domain, state: s, attributes: a, contextId: c ?? null, revision: this.#revision });
    return true;
  }

  #change(id: string, change: unknown): boolean {
    const known = this.#entities.get(id);
    // One of those beyond the limit, or one that was left out.
    if (!known) return true;
    const parsed = compressedChangeSchema.safeParse(change);
    if (!parsed.success) return false;
    const { '+': added, '-': gone } = parsed.data;
    this.#entities.set(id, {
      ...known,
      state: added?.s ?? known.state,
      attributes: without({ ...known.attributes, ...added?.a }, gone?.a ?? []),
      contextId: added?.c ?? known.contextId,
      revision: this.#revision,
    });
    return true;
  }
}

function byUse([one]: [string, unknown], [other]: [string, unknown]): number {
  return Number(READ_ONLY.has(domainOf(one) ?? '')) - Number(READ_ONLY.has(domainOf(other) ?? ''));
}

function without(attributes: Attributes, names: readonly string[]): Attributes {
  if (names.length === 0) return attributes;
  const gone = new Set(names);
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !gone.has(name)));
}
