import { findFunction } from '../../catalog/catalog.js';
import type { CallArguments } from '../../core/plan.js';

/** What a function acts on, and which of its arguments say where. */
export interface Subject {
  /** Words for the things it acts on, as concepts: what "all", "both" and a plural stand before. */
  readonly nouns: readonly string[];
  /** Whether the function itself is about the thing ("lights off"), or is done with one ("take a photo with my phone"). */
  readonly isThing: boolean;
  /** The argument that names a room, an area or a group. */
  readonly room: string | null;
  /** The argument that names the thing itself, by its name, room and class: "kitchen light", "front door". */
  readonly name: string | null;
}

const thing = (nouns: readonly string[], where: Partial<Pick<Subject, 'room' | 'name'>> = {}): Subject => ({
  nouns,
  isThing: true,
  room: null,
  name: null,
  ...where,
});

const ROOM = { room: 'room' };
const COVERS: Readonly<Record<string, readonly string[]>> = {
  blinds: ['blinds', 'cover', 'curtain'],
  curtain: ['curtain', 'cover', 'blinds'],
  garage: ['garage', 'door', 'cover'],
};

const subjects: Readonly<Record<string, Subject>> = {
  set_light: thing(['light'], ROOM),
  set_thermostat: thing(['thermostat', 'heating', 'ac'], ROOM),
  get_temperature: thing(['sensor', 'temperature', 'thermostat'], ROOM),
  play_music_on_speaker: thing(['speaker'], ROOM),
  set_fan: thing(['fan'], ROOM),
  check_smoke_detector: thing(['smoke_detector']),
  play_video_on_tv: thing(['tv']),
  set_tv_power: thing(['tv']),
  control_vacuum: thing(['vacuum']),
  set_door_lock: thing(['door', 'lock', 'gate'], { name: 'door' }),
  set_switch: thing(['switch', 'plug'], { name: 'name' }),
  get_device_state: thing([], { name: 'name' }),
  activate_scene: thing([]),
};

/** What the function of a call acts on. Functions that a user added are done with a device of their kind. */
export function subjectOf(functionName: string, args: CallArguments): Subject {
  if (functionName === 'set_cover') {
    const kind = typeof args.kind === 'string' ? args.kind : '';
    return thing(COVERS[kind] ?? ['cover', 'blinds', 'curtain'], ROOM);
  }
  const known = subjects[functionName];
  if (known) return known;
  const nouns = {
    phone: ['phone', 'tablet', 'watch'],
    car: ['car', 'van', 'truck', 'pickup', 'suv', 'camper'],
    computer: ['computer', 'laptop', 'desktop', 'workstation', 'server'],
    home: [],
  }[findFunction(functionName)?.kind ?? 'home'];
  return { nouns, isThing: false, room: null, name: null };
}
