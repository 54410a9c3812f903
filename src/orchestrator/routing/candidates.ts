import type { Call } from '../../core/plan.js';
import type { DeviceWords } from './device-words.js';
import type { Household } from './household.js';
import { matchName } from './match-name.js';
import { matchPlace } from './match-place.js';
import type { Mention } from './mention.js';
import type { Name } from './name.js';
import { subjectOf } from './subject.js';
import { placeConcepts } from './vocabulary/vocabulary.js';

/** Who is left when all that a call says of its device was heard, and how it was said. */
export interface Candidates {
  readonly devices: readonly DeviceWords[];
  /** A name, a room or an owner was said: then nobody is taken for having been used last. */
  readonly isNamed: boolean;
  /** They stand in one place that was said, so that a plural means all of them. */
  readonly isOnePlace: boolean;
  /** False where a word was taken for a misspelling. */
  readonly isCertain: boolean;
}

/** A name or a place that fits nobody who is able. */
export interface Misfit {
  readonly misfit: string;
  readonly said: Name;
}

const NUMBER_WORDS =
  /^(?:(?:all(?: of)?|both(?: of)?|every|each(?: of)?)\s+(?:(?:the|my|our|these|those)\s+)?(?:(?:two|three|four|five|six|\d+)\s+)?|(?:(?:the|my|our)\s+)?(?:two|three|four|five|six|\d+)\s+(?=.*s$))(?=\S)/i;
const CHINESE_NUMBER_WORDS =
  /所有的?|全部的?|每一?[个盏台部辆扇只道把间]?|(?:这|那)?(?:两|俩|[二三四五六七八九十]|\d+)[盏台部辆扇只道把](?!号)的?|^俩|整个/g;

/** A name without the words that say how many. */
export function withoutNumber(text: string): string {
  return text.replace(NUMBER_WORDS, '').replace(CHINESE_NUMBER_WORDS, '').replace(/都$/, '');
}

/** Narrows who is able down to who is meant, by the target, the place, the kind of cover and the thing's name. */
export function candidatesOf(
  call: Call,
  household: Household,
  able: readonly DeviceWords[],
  mention: Mention | null,
): Candidates | Misfit {
  const subject = subjectOf(call.function, call.args);
  const text = (name: string | null): string | null => {
    const value = name === null ? undefined : call.args[name];
    return typeof value === 'string' ? value : null;
  };
  let found: Candidates = { devices: able, isNamed: false, isOnePlace: false, isCertain: true };
  for (const said of [call.target, text(subject.name)]) {
    if (said === null) continue;
    const narrowed = byName(said, household, found);
    if (!narrowed) return { misfit: said, said: household.name(withoutNumber(said)) };
    found = narrowed;
  }
  const room = text(subject.room);
  if (room !== null) {
    const said = household.name(withoutNumber(room));
    const narrowed = byPlace(
      said,
      household,
      found,
      withoutNumber(room) !== room || /^(?:我|我们|咱)?家[里中]?$/.test(room),
    );
    if (!narrowed) return { misfit: room, said };
    found = narrowed;
  }
  const kind = call.function === 'set_cover' ? text('kind') : null;
  if (kind !== null) {
    const covers = coversOf(kind, found.devices);
    if (covers.length === 0) return { misfit: room === null ? kind : `${room} ${kind}`, said: household.name(kind) };
    found = { ...found, devices: covers };
  }
  if (room !== null && mention) {
    // "The left lamp in the kitchen": the room is an argument, and the other words of the sentence still tell which.
    const said = mention.place.map((concept) => household.concept(concept));
    const which = said.filter((concept) => !household.isPlace(concept) && !isPlaceWord(concept));
    const those = found.devices.filter((device) => which.every((concept) => device.concepts.has(concept)));
    if (those.length === 0) return { misfit: `${which.join(' ')} ${mention.text}`, said: household.name(mention.text) };
    found = { ...found, devices: those };
  }
  // A place that the sentence says beside the thing and the arguments do not.
  if (!found.isNamed && subject.isThing && mention && mention.place.length > 0) {
    const words = mention.place.map((concept) => household.concept(concept));
    const said: Name = { words: [], concepts: words, writing: words.join(''), isMine: false };
    return byPlace(said, household, found, true) ?? { misfit: mention.place.join(' ').replace(/_/g, ' '), said };
  }
  return found;
}

function byName(text: string, household: Household, found: Candidates): Candidates | null {
  const whole = matchName(household.name(text), household, found.devices);
  const said = household.name(whole.kind === 'none' ? withoutNumber(text) : text);
  const match = whole.kind === 'none' ? matchName(said, household, found.devices) : whole;
  if (match.kind === 'none') return null;
  // Which phone is "my phone" nobody can know: it is the only one, or it is asked for.
  if (match.kind === 'general') return { ...found, devices: match.devices, isNamed: found.isNamed || said.isMine };
  return {
    ...found,
    devices: match.devices,
    isNamed: true,
    isOnePlace: true,
    isCertain: found.isCertain && match.certain,
  };
}

/** `isAll` says that the words leave no place out: "every room", 家里. */
function byPlace(said: Name, household: Household, found: Candidates, isAll: boolean): Candidates | null {
  const isBare = said.concepts.every((concept) => concept === 'room' || concept === 'house');
  if (isBare && !household.hasPlace('house')) {
    const isHome = isAll || said.concepts.includes('house');
    // "The room" is wherever the person is, which nobody here knows; "my room" is somebody's, and nobody knows whose.
    return said.isMine && !isHome ? null : { ...found, isNamed: true, isOnePlace: isHome };
  }
  const match = matchPlace(said, household, found.devices);
  return (
    match && {
      devices: match.devices,
      isNamed: true,
      isOnePlace: match.isOnePlace,
      isCertain: found.isCertain && match.certain,
    }
  );
}

const isPlaceWord = (concept: string): boolean => placeConcepts.has(concept) || /^storey\d+$/.test(concept);

/** People say blinds and mean the curtain, where there is only the one; nobody means a garage door. */
function coversOf(kind: string, able: readonly DeviceWords[]): readonly DeviceWords[] {
  const of = (name: string): readonly DeviceWords[] =>
    able.filter((device) => device.deviceClass === name || (device.deviceClass === null && device.concepts.has(name)));
  const exact = of(kind);
  if (exact.length > 0 || kind === 'garage') return exact;
  return of(kind === 'blinds' ? 'curtain' : 'blinds');
}
