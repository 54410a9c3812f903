import { z } from 'zod';
import { peerWords } from '../../core/peer-words.js';
import { deviceNames, type Fields, fieldsOf, settingNames, withBase } from './abbreviations.js';
import { type EntityConfig, parseConfig, textSchema, topicSchema } from './entity-config.js';
import { parsedJson } from './template.js';

/** Components that are read; Home Assistant has more, which are left aside. */
const COMPONENTS = [
  'binary_sensor',
  'climate',
  'cover',
  'fan',
  'light',
  'lock',
  'scene',
  'select',
  'sensor',
  'switch',
  'text',
  'vacuum',
] as const;
const componentSchema = z.enum(COMPONENTS);
export type Component = z.infer<typeof componentSchema>;

/** Largest announcement that is read, in bytes, and most parts of one device. */
export const MAX_ANNOUNCEMENT = 256 * 1024;
const MAX_COMPONENTS = 200;
const MAX_NAME = 100;
const MAX_ID = 200;

/** The thing on the wall that several entities belong to. */
export interface PhysicalDevice {
  readonly id: string;
  readonly name: string | null;
  readonly area: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
}

/** A topic on which it is said whether an entity can be reached. */
export interface AvailabilityTopic {
  readonly topic: string;
  readonly template: string | undefined;
  readonly online: string;
  readonly offline: string;
}

/** One entity of Home Assistant's MQTT discovery. */
export interface Entity {
  readonly component: Component;
  readonly uniqueId: string;
  /** Null where the device's name is the entity's. */
  readonly name: string | null;
  readonly area: string | null;
  readonly physical: PhysicalDevice | null;
  readonly config: EntityConfig;
  readonly availability: readonly AvailabilityTopic[];
}

export type Announcement =
  | { readonly kind: 'entities'; readonly entities: readonly Entity[] }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed'; readonly why: string };

const malformed = (why: string): Announcement => ({ kind: 'malformed', why });

/** Where an announcement stands: `<prefix>/<component>/[<node>/]<object>/config`. */
function placeOf(prefix: string, topic: string): { readonly component: string; readonly id: string } | null {
  if (!topic.startsWith(`${prefix}/`)) return null;
  const levels = topic.slice(prefix.length + 1).split('/');
  if (levels.length < 3 || levels.length > 4 || levels.at(-1) !== 'config') return null;
  return { component: levels[0] ?? '', id: levels.slice(1, -1).join('.') };
}

/** What a retained message under the discovery prefix announces; an empty payload announces that nothing is left. Never throws. */
export function parseAnnouncement(prefix: string, topic: string, payload: string): Announcement {
  const place = placeOf(prefix, topic);
  if (place === null) return { kind: 'ignored' };
  if (payload.trim() === '') return { kind: 'entities', entities: [] };
  if (Buffer.byteLength(payload) > MAX_ANNOUNCEMENT) return malformed('it is too long');
  const fields = fieldsOf(parsedJson(payload), settingNames);
  if (place.component === 'device')
    return fields === null ? malformed('it is not JSON') : wholeDevice(fields, place.id);
  const component = componentSchema.safeParse(place.component);
  if (!component.success) return { kind: 'ignored' };
  if (fields === null) return malformed('it is not JSON');
  const entity = entityOf(component.data, fields, place.id);
  return typeof entity === 'string' ? malformed(entity) : { kind: 'entities', entities: [entity] };
}

/** Several components in one payload; what stands beside them counts for all. */
function wholeDevice(root: Fields, id: string): Announcement {
  const components = fieldsOf(root.get('components'), new Map());
  if (components === null) return malformed('it has no components');
  if (components.size > MAX_COMPONENTS) return malformed('it has too many components');
  const shared = [...root].filter(([name]) => name !== 'components' && name !== 'origin');
  const entities: Entity[] = [];
  for (const [key, value] of components) {
    const own = fieldsOf(value, settingNames);
    if (own === null) return malformed('a component is not an object');
    const component = componentSchema.safeParse(own.get('platform'));
    // A component of which only the platform is left was removed.
    if (!component.success || own.size === 1) continue;
    const entity = entityOf(component.data, new Map([...shared, ...own]), `${id}.${key}`);
    if (typeof entity === 'string') return malformed(entity);
    entities.push(entity);
  }
  return { kind: 'entities', entities };
}

function entityOf(component: Component, fields: Fields, id: string): Entity | string {
  const config = parseConfig(fields);
  if (config === null) return 'a setting has the wrong form';
  const availability = availabilityOf(fields, config);
  if (availability === null) return 'its availability has the wrong form';
  const physical = physicalOf(fields.get('device'));
  return {
    component,
    uniqueId: cleaned(config.texts.unique_id, MAX_ID) ?? cleaned(`${component}.${id}`, MAX_ID) ?? component,
    name: cleaned(config.texts.name),
    area: cleaned(config.texts.suggested_area) ?? physical?.area ?? null,
    physical,
    config,
    availability,
  };
}

const availabilitySchema = z
  .array(
    z.object({
      topic: topicSchema,
      value_template: textSchema.optional(),
      payload_available: textSchema.default('online'),
      payload_not_available: textSchema.default('offline'),
    }),
  )
  .max(20);

function availabilityOf(fields: Fields, config: EntityConfig): readonly AvailabilityTopic[] | null {
  const listed = fields.get('availability') ?? [];
  const entries = (Array.isArray(listed) ? listed : [listed]).map((entry: unknown) => {
    const own = fieldsOf(entry, settingNames);
    return own && Object.fromEntries([...own, ['topic', withBase(own.get('topic'), fields.get('~'))]]);
  });
  const parsed = availabilitySchema.safeParse(entries);
  if (!parsed.success) return null;
  const topics = parsed.data.map((entry) => ({
    topic: entry.topic,
    template: entry.value_template,
    online: entry.payload_available,
    offline: entry.payload_not_available,
  }));
  const { availability_topic: topic } = config.topics;
  if (topic === undefined) return topics;
  const { availability_template: template, payload_available, payload_not_available } = config.texts;
  return [
    ...topics,
    { topic, template, online: payload_available ?? 'online', offline: payload_not_available ?? 'offline' },
  ];
}

const identifierSchema = z.union([textSchema.transform((id) => [id]), z.array(textSchema).max(20)]);
const connectionsSchema = z.array(z.array(textSchema).max(2)).max(20);

function physicalOf(value: unknown): PhysicalDevice | null {
  const fields = fieldsOf(value, deviceNames);
  if (fields === null) return null;
  const identifiers = identifierSchema.safeParse(fields.get('identifiers'));
  const connections = connectionsSchema.safeParse(fields.get('connections'));
  const id = identifiers.data?.[0] ?? connections.data?.[0]?.join(' ');
  if (id === undefined || id === '') return null;
  const text = (name: string): string | null => cleaned(textSchema.safeParse(fields.get(name)).data);
  return {
    id,
    name: text('name'),
    area: text('suggested_area'),
    manufacturer: text('manufacturer'),
    model: text('model'),
  };
}

/** A peer's name on one line, capped; null for none. */
function cleaned(text: string | undefined, limit: number = MAX_NAME): string | null {
  const clean = peerWords((text ?? '').replace(/\s+/g, ' '), limit);
  return clean === '' ? null : clean;
}
