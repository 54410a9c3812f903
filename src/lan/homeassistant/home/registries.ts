import { z } from 'zod';
import { hasCode } from '../../../core/failures.js';
import { listUnreadable } from '../failures.js';
import type { Session } from '../link/session.js';
import type { Problems } from '../problems.js';
import { MAX_ENTITIES } from './entity-store.js';
import { nameOf, namesOf } from './names.js';

/** More than these of one list are left unread. */
const MAX_LISTED = 20_000;
/** Entities whose aliases are asked for in one message. */
const ALIASES_AT_ONCE = 500;

const text = z.string().nullish().catch(undefined);
const id = z.string().min(1).max(255);
const texts = z
  .array(z.unknown())
  .transform((all) => all.filter((one) => typeof one === 'string').slice(0, 20))
  .catch([]);

/** An area of `config/area_registry/list`. */
const areaSchema = z.object({ area_id: id, name: text, aliases: texts, floor_id: text });
/** A floor of `config/floor_registry/list`. */
const floorSchema = z.object({ floor_id: id, name: text, aliases: texts });
/** A device of `config/device_registry/list`. */
const deviceSchema = z.object({ id, name: text, name_by_user: text, area_id: text, manufacturer: text, model: text });
/** An entity of `config/entity_registry/list`. */
const entitySchema = z.object({
  entity_id: id,
  id: text,
  name: text,
  original_name: text,
  area_id: text,
  device_id: text,
  platform: text,
  hidden_by: text,
  disabled_by: text,
  entity_category: text,
  options: z
    .object({ lock: z.object({ default_code: z.string().nullish() }).nullish() })
    .nullish()
    .catch(undefined),
});
/** Of `config/entity_registry/get_entries`: the short list has no aliases. */
const aliasesSchema = z.record(z.string(), z.object({ aliases: texts }).nullable().catch(null));

export type AreaEntry = z.infer<typeof areaSchema>;
export type FloorEntry = z.infer<typeof floorSchema>;
export type DeviceEntry = z.infer<typeof deviceSchema>;
export type EntityEntry = z.infer<typeof entitySchema>;

/** What people called things and where they put them. */
export interface Registries {
  readonly areas: ReadonlyMap<string, AreaEntry>;
  readonly floors: ReadonlyMap<string, FloorEntry>;
  readonly devices: ReadonlyMap<string, DeviceEntry>;
  readonly entities: ReadonlyMap<string, EntityEntry>;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
}

export const noRegistries: Registries = {
  areas: new Map(),
  floors: new Map(),
  devices: new Map(),
  entities: new Map(),
  aliases: new Map(),
};

/** Reads all lists. One that cannot be had stays empty and is a problem; floors and aliases came late and may be missing. */
export async function readRegistries(session: Session, problems: Problems, signal: AbortSignal): Promise<Registries> {
  const reader = new ListReader(session, problems, signal);
  const [areas, floors, devices, entities] = await Promise.all([
    reader.read('area_registry', areaSchema, (area) => area.area_id),
    reader.read('floor_registry', floorSchema, (floor) => floor.floor_id),
    reader.read('device_registry', deviceSchema, (device) => device.id),
    reader.read('entity_registry', entitySchema, (entity) => entity.entity_id),
  ]);
  const shown = [...entities.values()].filter(isShown).map((entity) => entity.entity_id);
  return { areas, floors, devices, entities, aliases: await reader.aliases(shown.slice(0, MAX_ENTITIES)) };
}

/** Whether a person would want to speak of it: what is hidden, disabled, or for settings and diagnosis is not. */
export function isShown(entry: EntityEntry | undefined): boolean {
  return !entry?.hidden_by && !entry?.disabled_by && !entry?.entity_category;
}

/** The area that an entity is in: its own, else its device's. */
export function areaOf(registries: Registries, entry: EntityEntry | undefined): AreaEntry | undefined {
  const device = registries.devices.get(entry?.device_id ?? '');
  return registries.areas.get(entry?.area_id ?? device?.area_id ?? '');
}

/** The groups that an entity's area puts it in: the area's other names, its floor and the floor's other names. */
export function groupsOf(registries: Registries, area: AreaEntry | undefined): string[] {
  if (!area) return [];
  const floor = registries.floors.get(area.floor_id ?? '');
  return namesOf([...area.aliases, floor?.name, ...(floor?.aliases ?? [])]).filter(
    (name) => name !== nameOf(area.name),
  );
}

class ListReader {
  readonly #session: Session;
  readonly #problems: Problems;
  readonly #signal: AbortSignal;

  constructor(session: Session, problems: Problems, signal: AbortSignal) {
    this.#session = session;
    this.#problems = problems;
    this.#signal = signal;
  }

  async read<T>(name: string, schema: z.ZodType<T>, keyOf: (entry: T) => string): Promise<ReadonlyMap<string, T>> {
    const entries = await this.#ask(name, { type: `config/${name}/list` }, z.array(z.unknown()));
    const byKey = new Map<string, T>();
    let bad = 0;
    for (const entry of (entries ?? []).slice(0, MAX_LISTED)) {
      const parsed = schema.safeParse(entry);
      if (parsed.success) byKey.set(keyOf(parsed.data), parsed.data);
      else bad += 1;
    }
    if (bad > 0) this.#problems.add(listUnreadable(name, `${bad} entries could not be read`));
    return byKey;
  }

  async aliases(entityIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    for (let at = 0; at < entityIds.length; at += ALIASES_AT_ONCE) {
      const message = {
        type: 'config/entity_registry/get_entries',
        entity_ids: entityIds.slice(at, at + ALIASES_AT_ONCE),
      };
      const entries = await this.#ask('aliases', message, aliasesSchema);
      if (!entries) break;
      for (const [entityId, entry] of Object.entries(entries)) {
        if (entry && entry.aliases.length > 0) found.set(entityId, entry.aliases);
      }
    }
    return found;
  }

  async #ask<T>(name: string, message: { type: string }, schema: z.ZodType<T>): Promise<T | null> {
    try {
      return await this.#session.request(message, schema, this.#signal);
    } catch (error) {
      if (this.#signal.aborted || hasCode(error, 'LINK_LOST')) throw error;
      // Floors came with Home Assistant 2024.4, aliases in 2022.
      const detail = error instanceof Error ? error.message : String(error);
      if (!/unknown command/i.test(detail)) this.#problems.add(listUnreadable(name, detail));
      return null;
    }
  }
}
