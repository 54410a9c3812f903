import { z } from 'zod';
import { type Fields, withBase } from './abbreviations.js';
import { textOf } from './template.js';

/** Longest topic and longest text setting that is accepted, in UTF-16 code units. */
const MAX_TOPIC = 1_000;
const MAX_TEXT = 2_000;
const MAX_LIST = 100;

const TOPICS = [
  'availability_topic',
  'brightness_command_topic',
  'brightness_state_topic',
  'color_temp_command_topic',
  'color_temp_state_topic',
  'command_topic',
  'current_temperature_topic',
  'hs_command_topic',
  'hs_state_topic',
  'mode_state_topic',
  'percentage_command_topic',
  'percentage_state_topic',
  'position_topic',
  'rgb_command_topic',
  'rgb_state_topic',
  'set_position_topic',
  'state_topic',
  'temperature_command_topic',
  'temperature_state_topic',
  'xy_command_topic',
  'xy_state_topic',
] as const;

const TEXTS = [
  'availability_mode',
  'availability_template',
  'blue_template',
  'brightness_command_template',
  'brightness_template',
  'brightness_value_template',
  'color_temp_command_template',
  'color_temp_value_template',
  'command_off_template',
  'command_on_template',
  'command_template',
  'current_temperature_template',
  'device_class',
  'entity_category',
  'green_template',
  'hs_command_template',
  'hs_value_template',
  'mode_state_template',
  'name',
  'object_id',
  'on_command_type',
  'payload_available',
  'payload_close',
  'payload_lock',
  'payload_not_available',
  'payload_off',
  'payload_on',
  'payload_open',
  'payload_pause',
  'payload_return_to_base',
  'payload_start',
  'payload_stop',
  'payload_unlock',
  'percentage_command_template',
  'percentage_value_template',
  'position_template',
  'red_template',
  'rgb_command_template',
  'rgb_value_template',
  'schema',
  'set_position_template',
  'state_closed',
  'state_closing',
  'state_jammed',
  'state_locked',
  'state_locking',
  'state_off',
  'state_on',
  'state_open',
  'state_opening',
  'state_stopped',
  'state_template',
  'state_unlocked',
  'state_unlocking',
  'state_value_template',
  'suggested_area',
  'temperature_command_template',
  'temperature_state_template',
  'temperature_unit',
  'unique_id',
  'unit_of_measurement',
  'value_template',
  'xy_command_template',
  'xy_value_template',
] as const;

const NUMBERS = [
  'brightness_scale',
  'expire_after',
  'max_temp',
  'min_temp',
  'position_closed',
  'position_open',
  'speed_range_max',
  'speed_range_min',
  'temp_step',
] as const;

const FLAGS = [
  'brightness',
  'color_temp',
  'color_temp_kelvin',
  'enabled_by_default',
  'hs',
  'retain',
  'rgb',
  'xy',
] as const;
const LISTS = ['options', 'supported_color_modes', 'supported_features'] as const;

export type TopicName = (typeof TOPICS)[number];
export type TextName = (typeof TEXTS)[number];

/** A topic to publish or subscribe to: no wildcards, and none of the broker's own. */
export const topicSchema = z
  .string()
  .min(1)
  .max(MAX_TOPIC)
  .refine((topic) => !/[+#\u0000]|^\$/.test(topic), 'is not a plain topic');

/** Text as Home Assistant takes it: numbers and booleans are written out ("True"). */
export const textSchema = z
  .union([z.string(), z.number(), z.boolean()])
  .transform((value) => textOf(value) ?? '')
  .pipe(z.string().max(MAX_TEXT));

const numberSchema = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,9}(?:\.\d{1,9})?$/)
    .transform(Number),
]);
const listSchema = z.union([
  z.array(textSchema).max(MAX_LIST),
  z
    .string()
    .max(MAX_TEXT)
    .transform((value) => [value]),
]);

const topicsSchema = z.partialRecord(z.enum(TOPICS), topicSchema);
const textsSchema = z.partialRecord(z.enum(TEXTS), textSchema);
const numbersSchema = z.partialRecord(z.enum(NUMBERS), numberSchema);
const flagsSchema = z.partialRecord(z.enum(FLAGS), z.boolean());
const listsSchema = z.partialRecord(z.enum(LISTS), listSchema);

/** The settings of one entity that are read here, with long names. */
export interface EntityConfig {
  readonly topics: z.infer<typeof topicsSchema>;
  readonly texts: z.infer<typeof textsSchema>;
  readonly numbers: z.infer<typeof numbersSchema>;
  readonly flags: z.infer<typeof flagsSchema>;
  readonly lists: z.infer<typeof listsSchema>;
  /** Settings that are null: there by default, and switched off. */
  readonly off: ReadonlySet<string>;
}

/** The settings of a payload, its base topic put in; null where one has the wrong form. */
export function parseConfig(fields: Fields): EntityConfig | null {
  const base = fields.get('~');
  const pick = (names: readonly string[], change = (value: unknown): unknown => value): Record<string, unknown> =>
    Object.fromEntries(
      names.flatMap((name) => {
        const value = fields.get(name);
        return value === undefined || value === null ? [] : [[name, change(value)]];
      }),
    );
  const topics = topicsSchema.safeParse(pick(TOPICS, (topic) => withBase(topic, base)));
  const texts = textsSchema.safeParse(pick(TEXTS));
  const numbers = numbersSchema.safeParse(pick(NUMBERS));
  const flags = flagsSchema.safeParse(pick(FLAGS));
  const lists = listsSchema.safeParse(pick(LISTS));
  if (!topics.success || !texts.success || !numbers.success || !flags.success || !lists.success) return null;
  const off = new Set([...fields].filter(([, value]) => value === null).map(([name]) => name));
  return { topics: topics.data, texts: texts.data, numbers: numbers.data, flags: flags.data, lists: lists.data, off };
}
