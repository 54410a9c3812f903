import type { Context, StateChange, VirtualState } from './state-machine.js';

/** The forms in which states travel: whole (`get_states`, state_changed) and short (`subscribe_entities`). */

const iso = (ms: number): string => new Date(ms).toISOString().replace('Z', '+00:00');

/** As in `get_states` and in the data of a state_changed event. */
export function wholeState(state: VirtualState): Record<string, unknown> {
  return {
    entity_id: state.entityId,
    state: state.state,
    attributes: state.attributes,
    last_changed: iso(state.lastChanged),
    last_reported: iso(state.lastUpdated),
    last_updated: iso(state.lastUpdated),
    context: state.context,
  };
}

/** `s` state, `a` attributes, `c` context (its id alone where it has no more), `lc` and `lu` times in seconds. */
export function shortState(state: VirtualState): Record<string, unknown> {
  const { context, lastChanged, lastUpdated } = state;
  const isPlain = context.parent_id === null && context.user_id === null;
  return {
    s: state.state,
    a: state.attributes,
    c: isPlain ? context.id : context,
    lc: lastChanged / 1_000,
    ...(lastUpdated === lastChanged ? {} : { lu: lastUpdated / 1_000 }),
  };
}

/** The event of `subscribe_entities` for one change: a added, c changed (only what differs), r removed. */
export function shortChange({ entityId, before, after }: StateChange): Record<string, unknown> {
  if (!after) return { r: [entityId] };
  if (!before) return { a: { [entityId]: shortState(after) } };
  const added: Record<string, unknown> = {};
  if (before.state !== after.state) added['s'] = after.state;
  if (before.lastChanged !== after.lastChanged) added['lc'] = after.lastChanged / 1_000;
  else if (before.lastUpdated !== after.lastUpdated) added['lu'] = after.lastUpdated / 1_000;
  const context = contextChange(before.context, after.context);
  if (context !== undefined) added['c'] = context;
  const attributes = Object.entries(after.attributes).filter(
    ([name, value]) => JSON.stringify(before.attributes[name]) !== JSON.stringify(value),
  );
  if (attributes.length > 0) added['a'] = Object.fromEntries(attributes);
  const gone = Object.keys(before.attributes).filter((name) => !(name in after.attributes));
  return { c: { [entityId]: { '+': added, ...(gone.length > 0 ? { '-': { a: gone } } : {}) } } };
}

function contextChange(before: Context, after: Context): string | Partial<Context> | undefined {
  const whole: { id?: string; parent_id?: string | null; user_id?: string | null } = {};
  if (before.parent_id !== after.parent_id) whole.parent_id = after.parent_id;
  if (before.user_id !== after.user_id) whole.user_id = after.user_id;
  if (before.id === after.id) return Object.keys(whole).length > 0 ? whole : undefined;
  return Object.keys(whole).length > 0 ? { ...whole, id: after.id } : after.id;
}
