import type { DraftArgument } from '../../../core/plan-draft.js';
import type { OctopusValue } from './octopus-output.js';
import {
  choiceOf,
  clockTime,
  fahrenheit,
  level,
  personOrNumber,
  phoneNumber,
  switchOf,
  text,
  textOf,
  type ValueReader,
} from './read-values.js';
import { eventMoments, type MomentHints } from './said-moments.js';

/** One positional parameter: ours and how its value is read, or null for one that the catalogue has no use for. */
export type OctopusParameter = { readonly name: string; readonly read: ValueReader } | null;

export interface OctopusFunction {
  /** The catalogue's name; null for `irrelevant_function`. */
  readonly name: string | null;
  readonly parameters: readonly OctopusParameter[];
  /** Settles what no argument can be read for alone; its arguments replace those of `parameters`. Null refuses the call. */
  readonly together?: (values: readonly OctopusValue[], sentence: string) => Record<string, DraftArgument> | null;
}

const as = (name: string, read: ValueReader): OctopusParameter => ({ name, read });
const unused: OctopusParameter = null;

/** The published functions by the index of their token, with their parameters in the order the model writes them. */
export const octopusFunctions: readonly OctopusFunction[] = [
  { name: 'take_a_photo', parameters: [as('camera', choiceOf(['front', 'back']))] },
  // The language: ours is the user's.
  { name: 'get_trending_news', parameters: [as('query', text), unused] },
  { name: 'get_weather_forecast', parameters: [as('location', text)] },
  { name: 'send_email', parameters: [as('recipient', text), as('title', text), as('content', text)] },
  { name: 'search_youtube_videos', parameters: [as('query', text)] },
  {
    name: 'find_route_google_maps',
    parameters: [
      as('origin', text),
      as('destination', text),
      as('mode', choiceOf(['driving', 'walking', 'bicycling', 'transit'])),
    ],
  },
  { name: 'check_smoke_detector', parameters: [] },
  { name: 'send_text_message', parameters: [as('contact_name', text), as('message', text)] },
  { name: 'make_phone_call', parameters: [as('recipient', personOrNumber)] },
  { name: 'create_contact', parameters: [as('name', text), as('phone_number', phoneNumber)] },
  { name: 'set_timer_alarm', parameters: [as('time', clockTime), as('label', text)] },
  { name: 'change_screen_brightness', parameters: [as('level', level)] },
  { name: 'create_calendar_event', parameters: [as('title', text), unused, unused], together: calendarEvent },
  {
    name: 'set_volume',
    parameters: [as('level', level), as('volume_type', choiceOf(['ring', 'media', 'alarm']))],
  },
  // The time-out: a device is waited for as long as ours wait.
  { name: 'connect_to_bluetooth_device', parameters: [as('device_name', text), unused] },
  { name: 'enable_do_not_disturb', parameters: [as('enabled', switchOf('true', 'false'))] },
  { name: 'set_thermostat', parameters: [as('temperature', fahrenheit)] },
  { name: 'play_music_on_speaker', parameters: [as('service', text), as('name', text)] },
  { name: 'play_video_on_tv', parameters: [as('service', text), as('name', text)] },
  { name: 'set_door_lock', parameters: [as('locked', switchOf('lock', 'open'))] },
  { name: null, parameters: [] },
];

/** How many arguments a function takes at most. */
export function maxArguments(index: number): number {
  return octopusFunctions[index]?.parameters.length ?? 0;
}

/** The model has no clock, so its dates are made up: the sentence's own words say when the event is. */
function calendarEvent(
  [title, start, end]: readonly OctopusValue[],
  sentence: string,
): Record<string, DraftArgument> | null {
  const named = title ? text(title, sentence) : null;
  if (!named || !title) return null;
  const hints: MomentHints = { startHour: hourIn(start), endHour: hourIn(end) };
  const moments = eventMoments(sentence, textOf(title) ?? '', hints);
  if (!moments) return null;
  return { title: named, start_time: moments.start, ...(moments.end ? { end_time: moments.end } : {}) };
}

/** The hour of "YYYY-MM-DD-HH-MM". */
function hourIn(value: OctopusValue | undefined): number | null {
  const written = value ? textOf(value) : null;
  const [, hour] = /^\d{4}-\d{2}-\d{2}[-T ](\d{2})[-:]\d{2}/u.exec(written ?? '') ?? [];
  return hour === undefined ? null : Number(hour);
}
