import { z } from 'zod';
import type { Received } from './raw-client.js';

/** Home Assistant's abbreviations, as its documentation lists them: those that these devices use. */
const ABBREVIATIONS: Readonly<Record<string, string>> = {
  avty_t: 'availability_topic',
  bri_cmd_t: 'brightness_command_topic',
  bri_scl: 'brightness_scale',
  bri_stat_t: 'brightness_state_topic',
  bri_val_tpl: 'brightness_value_template',
  cmd_t: 'command_topic',
  cmps: 'components',
  dev: 'device',
  dev_cla: 'device_class',
  o: 'origin',
  on_cmd_type: 'on_command_type',
  ops: 'options',
  p: 'platform',
  pct_cmd_t: 'percentage_command_topic',
  pct_stat_t: 'percentage_state_topic',
  pl_avail: 'payload_available',
  pl_not_avail: 'payload_not_available',
  pl_off: 'payload_off',
  pl_on: 'payload_on',
  pos_t: 'position_topic',
  set_pos_t: 'set_position_topic',
  stat_cla: 'state_class',
  stat_t: 'state_topic',
  stat_val_tpl: 'state_value_template',
  sup_clrm: 'supported_color_modes',
  uniq_id: 'unique_id',
  unit_of_meas: 'unit_of_measurement',
  val_tpl: 'value_template',
};
const IN_DEVICE: Readonly<Record<string, string>> = {
  ids: 'identifiers',
  mf: 'manufacturer',
  mdl: 'model',
  sw: 'sw_version',
  sa: 'suggested_area',
};
const IN_ORIGIN: Readonly<Record<string, string>> = { sw: 'sw_version', url: 'support_url' };

/** The keys that Home Assistant allows beside each other in a whole device's payload; any other refuses all of it. */
const ROOT_KEYS = new Set([
  ...['device', 'origin', 'components', 'availability', 'availability_mode', 'availability_template'],
  ...['availability_topic', 'payload_available', 'payload_not_available'],
  ...['state_topic', 'command_topic', 'qos', 'encoding'],
]);

type Config = Readonly<Record<string, unknown>>;
const configSchema = z.record(z.string(), z.unknown());

export interface Entity {
  readonly component: string;
  readonly uniqueId: string;
  readonly deviceName: string;
  readonly area: string | undefined;
  readonly config: Config;
}

const entitySchema = z.object({
  unique_id: z.string().min(1),
  device: z.object({
    identifiers: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
    name: z.string().min(1),
    manufacturer: z.string(),
    model: z.string(),
    suggested_area: z.string().optional(),
  }),
  origin: z.object({ name: z.string().min(1) }),
});

const full = (config: Config, table: Readonly<Record<string, string>>): Config =>
  Object.fromEntries(Object.entries(config).map(([key, value]) => [table[key] ?? key, value]));

function expanded(config: Config): Config {
  const whole: Record<string, unknown> = { ...full(config, ABBREVIATIONS) };
  if ('device' in whole) whole['device'] = full(configSchema.parse(whole['device']), IN_DEVICE);
  if ('origin' in whole) whole['origin'] = full(configSchema.parse(whole['origin']), IN_ORIGIN);
  return whole;
}

/** Puts the base in for `~` in topics, as Home Assistant does: at their beginning or end. */
function rooted(config: Config): Config {
  const { '~': base, ...rest } = config;
  if (typeof base !== 'string') return config;
  return Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [
      key,
      key.endsWith('topic') && typeof value === 'string' ? value.replace(/^~|~$/, base) : value,
    ]),
  );
}

/** Reads all entities out of retained discovery messages, or throws: on what Home Assistant would refuse. */
export function readEntities(messages: readonly Received[]): readonly Entity[] {
  return messages.flatMap(({ topic, payload }) => {
    const match = /^homeassistant\/(\w+)\/(?:([\w-]+)\/)?([\w-]+)\/config$/.exec(topic);
    if (!match) return [];
    const config = expanded(configSchema.parse(JSON.parse(payload)));
    if (match[1] !== 'device') return [entityOf(match[1] ?? '', config)];
    const unknown = Object.keys(config).filter((key) => !ROOT_KEYS.has(key));
    if (unknown.length > 0) throw new Error(`${topic} has keys that refuse it: ${unknown.join(', ')}`);
    const { components, ...shared } = config;
    return Object.values(z.record(z.string(), configSchema).parse(components)).map((component) => {
      const own = expanded(component);
      return entityOf(z.string().parse(own['platform']), { ...shared, ...own });
    });
  });
}

function entityOf(component: string, config: Config): Entity {
  const whole = rooted(config);
  const { unique_id, device } = entitySchema.parse(whole);
  if (JSON.stringify(whole).includes('"~')) throw new Error(`${unique_id} has a ~ left: ${JSON.stringify(whole)}`);
  return { component, uniqueId: unique_id, deviceName: device.name, area: device.suggested_area, config: whole };
}

const topics = (config: Config, isWanted: (key: string) => boolean): readonly string[] =>
  Object.entries(config).flatMap(([key, value]) => (isWanted(key) && typeof value === 'string' ? [value] : []));

const isTold = (key: string): boolean => /(^|_)(command_topic|set_position_topic|set_fan_speed_topic)$/.test(key);

export const commandTopicsOf = ({ config }: Entity): readonly string[] => topics(config, isTold);

export const stateTopicsOf = ({ config }: Entity): readonly string[] =>
  topics(config, (key) => key.endsWith('_topic') && !isTold(key) && key !== 'availability_topic');

const JSON_STATE = '{{ value_json.state }}';

/** Topic, and what it says when the device is there. */
export function availabilityOf({ config }: Entity): { readonly topic: string; readonly online: string } {
  if (typeof config['availability_topic'] === 'string') {
    return { topic: config['availability_topic'], online: String(config['payload_available'] ?? 'online') };
  }
  const [place] = z
    .array(z.object({ topic: z.string(), value_template: z.string().optional() }))
    .parse(config['availability']);
  if (!place) throw new Error('availability names no topic');
  return { topic: place.topic, online: place.value_template === JSON_STATE ? '{"state":"online"}' : 'online' };
}
