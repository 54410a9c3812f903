import { randomUUID } from 'node:crypto';

/** Who changed a state: the id of a call, and the user who made it. */
export interface Context {
  readonly id: string;
  readonly parent_id: string | null;
  readonly user_id: string | null;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** A state as Home Assistant keeps it; times in milliseconds since the epoch. */
export interface VirtualState {
  readonly entityId: string;
  readonly state: string;
  readonly attributes: Attributes;
  readonly context: Context;
  readonly lastChanged: number;
  readonly lastUpdated: number;
}

/** A state_changed event: null for what was not there before, or is not any more. */
export interface StateChange {
  readonly entityId: string;
  readonly before: VirtualState | null;
  readonly after: VirtualState | null;
}

export function newContext(userId: string | null = null): Context {
  return { id: randomUUID().replaceAll('-', '').slice(0, 26).toUpperCase(), parent_id: null, user_id: userId };
}

/** All states, and who wants to hear of changes. As in Home Assistant, a state set to what it is makes no event. */
export class StateMachine {
  readonly #states = new Map<string, VirtualState>();
  readonly #listeners = new Set<(change: StateChange) => void>();

  all(): readonly VirtualState[] {
    return [...this.#states.values()];
  }

  get(entityId: string): VirtualState | undefined {
    return this.#states.get(entityId);
  }

  /** Sets a state; attributes not named keep their value, those named with undefined go. */
  set(entityId: string, state: string, attributes: Attributes = {}, context: Context = newContext()): void {
    const before = this.#states.get(entityId) ?? null;
    const merged = { ...before?.attributes, ...attributes };
    const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
    if (before?.state === state && JSON.stringify(before.attributes) === JSON.stringify(kept)) return;
    const now = Date.now();
    const lastChanged = before?.state === state ? before.lastChanged : now;
    const after = { entityId, state, attributes: kept, context, lastChanged, lastUpdated: now };
    this.#states.set(entityId, after);
    this.#tell({ entityId, before, after });
  }

  remove(entityId: string): void {
    const before = this.#states.get(entityId);
    if (!before) return;
    this.#states.delete(entityId);
    this.#tell({ entityId, before, after: null });
  }

  /** Calls back on every change until the returned function is called. */
  watch(listener: (change: StateChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(change: StateChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
