import { z } from 'zod';
import { peerWords } from '../../../core/peer-words.js';

const words = z
  .string()
  .transform((text) => peerWords(text, 300))
  .nullish()
  .catch(undefined);
const number = z.number().nullish().catch(undefined);
const numbers = z.array(z.number()).max(5).nullish().catch(undefined);
const list = z
  .array(z.unknown())
  .transform((all) => all.slice(0, 200).flatMap((one) => (typeof one === 'string' ? [peerWords(one, 100)] : [])))
  .nullish()
  .catch(undefined);

/**
 * The attributes that are read of a state; all others are dropped, so that what one entity can fill is bounded. A value of
 * another type counts as absent.
 */
export const attributesSchema = z.object({
  friendly_name: words,
  device_class: words,
  supported_features: number,
  unit_of_measurement: words,
  /** Home Assistant does not know the state, and takes what it sent last for it. */
  assumed_state: z.boolean().nullish().catch(undefined),
  /** 0..255, null while off. */
  brightness: number,
  color_mode: words,
  supported_color_modes: list,
  rgb_color: numbers,
  color_temp_kelvin: number,
  min_color_temp_kelvin: number,
  max_color_temp_kelvin: number,
  current_temperature: number,
  temperature: number,
  target_temp_low: number,
  target_temp_high: number,
  target_temp_step: number,
  min_temp: number,
  max_temp: number,
  hvac_action: words,
  /** 0 shut, 100 open. */
  current_position: number,
  percentage: number,
  percentage_step: number,
  battery_level: number,
  /** A regular expression of the code that a lock asks for; null or absent where it asks for none. */
  code_format: words,
  media_title: words,
  media_artist: words,
  media_content_id: words,
  app_name: words,
  source: words,
  source_list: list,
  last_triggered: words,
});

export type Attributes = Readonly<z.infer<typeof attributesSchema>>;
