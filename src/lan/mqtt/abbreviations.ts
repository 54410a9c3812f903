/**
 * Short names in discovery payloads, as documented by Home Assistant ("Supported abbreviations in MQTT discovery
 * messages"): those of the settings that are read here. Everything else stays as it is and is not read.
 */
const SETTINGS = `
  avty availability, avty_mode availability_mode, avty_t availability_topic, avty_tpl availability_template,
  b_tpl blue_template, bri_cmd_t brightness_command_topic, bri_cmd_tpl brightness_command_template, bri_scl brightness_scale,
  bri_stat_t brightness_state_topic, bri_tpl brightness_template, bri_val_tpl brightness_value_template,
  clr_temp_cmd_t color_temp_command_topic, clr_temp_cmd_tpl color_temp_command_template, clr_temp_k color_temp_kelvin,
  clr_temp_stat_t color_temp_state_topic, clr_temp_tpl color_temp_template, clr_temp_val_tpl color_temp_value_template,
  cmd_off_tpl command_off_template, cmd_on_tpl command_on_template, cmd_t command_topic, cmd_tpl command_template,
  cmps components, curr_temp_t current_temperature_topic, curr_temp_tpl current_temperature_template, dev device,
  dev_cla device_class, e encoding, en enabled_by_default, ent_cat entity_category, exp_aft expire_after, g_tpl green_template,
  hs_cmd_t hs_command_topic, hs_cmd_tpl hs_command_template, hs_stat_t hs_state_topic, hs_val_tpl hs_value_template,
  max_mirs max_mireds, max_temp max_temp, min_mirs min_mireds, min_temp min_temp, mode_cmd_t mode_command_topic,
  mode_cmd_tpl mode_command_template, mode_stat_t mode_state_topic, mode_stat_tpl mode_state_template, o origin, obj_id object_id,
  on_cmd_type on_command_type, ops options, opt optimistic, p platform, pct_cmd_t percentage_command_topic,
  pct_cmd_tpl percentage_command_template, pct_stat_t percentage_state_topic, pct_val_tpl percentage_value_template, pl payload,
  pl_avail payload_available, pl_cls payload_close, pl_lock payload_lock, pl_not_avail payload_not_available, pl_off payload_off,
  pl_on payload_on, pl_open payload_open, pl_paus payload_pause, pl_prs payload_press, pl_ret payload_return_to_base,
  pl_stop payload_stop, pl_strt payload_start, pl_unlk payload_unlock, pos_clsd position_closed, pos_open position_open,
  pos_t position_topic, pos_tpl position_template, r_tpl red_template, ret retain, rgb_cmd_t rgb_command_topic,
  rgb_cmd_tpl rgb_command_template, rgb_stat_t rgb_state_topic, rgb_val_tpl rgb_value_template, set_pos_t set_position_topic,
  set_pos_tpl set_position_template, spd_rng_max speed_range_max, spd_rng_min speed_range_min, stat_closing state_closing,
  stat_clsd state_closed, stat_jam state_jammed, stat_locked state_locked, stat_locking state_locking, stat_off state_off,
  stat_on state_on, stat_open state_open, stat_opening state_opening, stat_stopped state_stopped, stat_t state_topic,
  stat_tpl state_template, stat_unlocked state_unlocked, stat_unlocking state_unlocking, stat_val_tpl state_value_template,
  sup_clrm supported_color_modes, sup_feat supported_features, t topic, temp_cmd_t temperature_command_topic,
  temp_cmd_tpl temperature_command_template, temp_stat_t temperature_state_topic, temp_stat_tpl temperature_state_template,
  temp_unit temperature_unit, uniq_id unique_id, unit_of_meas unit_of_measurement, val_tpl value_template,
  xy_cmd_t xy_command_topic, xy_cmd_tpl xy_command_template, xy_stat_t xy_state_topic, xy_val_tpl xy_value_template
`;

/** The same inside "device". */
const DEVICE =
  'cns connections, cu configuration_url, hw hw_version, ids identifiers, mdl model, mf manufacturer, sa suggested_area, sw sw_version';

function tableOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text
      .trim()
      .split(/,\s*/)
      .map((entry) => {
        const at = entry.indexOf(' ');
        return [entry.slice(0, at), entry.slice(at + 1)];
      }),
  );
}

export const settingNames = tableOf(SETTINGS);
export const deviceNames = tableOf(DEVICE);

/** What JSON calls an object, as a map: no name in it can touch a prototype. */
export type Fields = ReadonlyMap<string, unknown>;

/** The fields of a JSON object with their long names (the long one wins where both are there); null for anything else. */
export function fieldsOf(value: unknown, names: ReadonlyMap<string, string>): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = new Map<string, unknown>();
  for (const [name, field] of Object.entries(value)) {
    const long = names.get(name);
    if (long === undefined || long === name) fields.set(name, field);
    else if (!Object.hasOwn(value, long)) fields.set(long, field);
  }
  return fields;
}

/** A topic with the payload's base ("~") put in at its start or its end. */
export function withBase(topic: unknown, base: unknown): unknown {
  if (typeof topic !== 'string' || typeof base !== 'string') return topic;
  if (topic.startsWith('~')) return base + topic.slice(1);
  return topic.endsWith('~') ? topic.slice(0, -1) + base : topic;
}
