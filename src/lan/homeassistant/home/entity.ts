import { z } from 'zod';
import { peerWords } from '../../../core/peer-words.js';
import { type Attributes, attributesSchema } from './attributes.js';

/** One entity's state as Home Assistant told it last. */
export interface Entity {
  /** "light.kitchen" */
  readonly id: string;
  /** "light" */
  readonly domain: string;
  readonly state: string;
  readonly attributes: Attributes;
  /** Of the call that changed it last, if a call did. */
  readonly contextId: string | null;
  /** Grows with every message about any entity. */
  readonly revision: number;
}

/** Lower case letters, digits and underscores around one dot: what `valid_entity_id` of Home Assistant's core allows. */
const ENTITY_ID = /^([a-z0-9_]{1,60})\.[a-z0-9_]{1,200}$/;

/** The domain of an entity's id, or null for what is none. */
export function domainOf(entityId: string): string | null {
  return ENTITY_ID.exec(entityId)?.[1] ?? null;
}

const contextSchema = z.union([
  z.string().max(100),
  z.object({ id: z.string().max(100).optional() }).transform((context) => context.id),
]);

const stateText = z.string().transform((text) => peerWords(text, 255));

/** A state in the short form of `subscribe_entities`: s state, a attributes, c context. */
export const compressedStateSchema = z.object({
  s: stateText,
  a: attributesSchema.catch({}),
  c: contextSchema.optional().catch(undefined),
});

/** A change in that form: "+" what is new, "-" the attributes that are gone. */
export const compressedChangeSchema = z.object({
  '+': z
    .object({ s: stateText.optional(), a: attributesSchema.optional(), c: contextSchema.optional().catch(undefined) })
    .optional(),
  '-': z.object({ a: z.array(z.string()).optional().catch(undefined) }).optional(),
});

/** An event of `subscribe_entities`: a added (all, in the first), c changed, r removed. */
export const entitiesEventSchema = z.object({
  a: z.record(z.string(), z.unknown()).optional(),
  c: z.record(z.string(), z.unknown()).optional(),
  r: z.array(z.string()).optional(),
});
