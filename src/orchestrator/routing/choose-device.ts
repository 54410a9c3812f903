import { findFunction } from '../../catalog/catalog.js';
import type { Call, Clarification } from '../../core/plan.js';
import { type Candidates, candidatesOf } from './candidates.js';
import type { DeviceWords } from './device-words.js';
import { isReferenced } from './expand-calls.js';
import type { Household } from './household.js';
import type { Mention } from './mention.js';
import { likeness } from './misspelling.js';
import { namedInFull } from './named-in-full.js';
import { callOn, type Group, questionAbout, titleOf } from './question.js';
import type { Sentence } from './sentence.js';
import { subjectOf } from './subject.js';

/** The devices that a call goes to, or what is to be asked. */
export type Chosen =
  | { readonly settled: true; readonly devices: readonly DeviceWords[] }
  | { readonly settled: false; readonly clarification: Clarification };

export interface Surroundings {
  readonly calls: readonly Call[];
  readonly sentence: Sentence;
  readonly household: Household;
  /** The id of the device that last carried out a function, or null. */
  readonly lastUsed: (functionName: string) => string | null;
}

/**
 * Which devices one call goes to. A name and a place that were said narrow down who could be meant, and where they fit
 * nobody it is a question. Then the sentence says how many:
 *
 * - every one ("all the lights", "both phones", 灯都关了): all that are left, ready or not. A number must be right.
 * - a plural ("the kitchen lights"): all that are left, where they stand in one place; never for what needs a yes first.
 * - one: the only one; among several the one that the sentence calls by its full name, the only one that is ready, the one
 *   last used. What needs a yes first is not left to chance like that, nor is the one last used taken for a name.
 */
export function chooseDevice(call: Call, surroundings: Surroundings): Chosen {
  const { calls, sentence, household, lastUsed } = surroundings;
  const able = household.devices.filter(({ device }) => device.functions.includes(call.function));
  const mention = sentence.mentionFor(call);
  const found = candidatesOf(call, household, able, mention);
  const last = lastUsed(call.function);
  const ask = (question: string, devices: readonly DeviceWords[], groups: readonly Group[] = []): Chosen => ({
    settled: false,
    clarification: questionAbout(call, calls, `${question} (${titleOf(call)})`, byLikelihood(devices, last), groups),
  });
  if ('misfit' in found) {
    const nearest = [...able].sort((one, other) => likeness(found.said, other) - likeness(found.said, one));
    return {
      settled: false,
      clarification: questionAbout(
        call,
        calls,
        `I know no "${found.misfit}" that can do this (${titleOf(call)}). Which one do you mean?`,
        nearest,
      ),
    };
  }
  const meant = ofThatThing(found.devices, mention, call);
  const needsYes = meant.some((device) => isRisky(call, device));
  if (!found.isCertain && needsYes) return ask('Do you mean this one?', meant);
  const several = wantedAll(call, mention, found, meant, needsYes);
  if (several !== null) {
    const isMany = several.length > 1;
    if (isMany && isReferenced(call, calls))
      return ask('Which one? Another step needs the answer of one device', meant);
    if (several.length > 0) return { settled: true, devices: several };
    return ask(wrongNumber(mention, meant), meant, allOf(meant));
  }
  if (mention?.isDoubtful && meant.length > 1) return ask('Which of them?', meant, allOf(meant));
  const one = theOne(call, sentence, mention, found, meant, last, needsYes);
  if (one) return { settled: true, devices: [one] };
  return ask(
    'Which one do you mean?',
    meant,
    mayBeMany(call, mention) && !needsYes ? [...allOf(meant), ...byRoom(meant)] : [],
  );
}

const isRisky = (call: Call, device: DeviceWords): boolean =>
  findFunction(call.function)?.risk(callOn(call, device).args) === 'confirm';

/** All that are meant where all are; an empty list where their number is wrong; null where one is to be found. */
function wantedAll(
  call: Call,
  mention: Mention | null,
  found: Candidates,
  meant: readonly DeviceWords[],
  needsYes: boolean,
): readonly DeviceWords[] | null {
  if (!mention || mention.isDoubtful || isSplitByWord(mention, meant)) return null;
  const { amount, count } = mention;
  if (count !== null && count > 1) {
    const isExplicit = amount === 'every' || !needsYes;
    return meant.length === count && isExplicit ? meant : [];
  }
  if (amount === 'every') return meant;
  if (amount !== 'plural' || meant.length < 2 || needsYes || count === 1) return null;
  // Doors have no room that one stands in: "lock the doors" can mean all of them alone.
  const isLocking = call.function === 'set_door_lock';
  const rooms = new Set(meant.map((device) => device.room?.writing ?? null));
  const isOnePlace = found.isOnePlace || (!found.isNamed && rooms.size === 1 && !rooms.has(null));
  return isOnePlace || isLocking || mention.isEverywhere ? meant : null;
}

/** Whether all of them are worth offering: a plural, Chinese, which has none, or a place alone ("dim the living room"). */
function mayBeMany(call: Call, mention: Mention | null): boolean {
  const { room } = subjectOf(call.function, call.args);
  if (mention === null) return room !== null && call.args[room] !== undefined;
  return mention.amount !== 'one' || /\p{Script=Han}/u.test(mention.text);
}

/** "Every lamp" where some are called a lamp and others a light: it may be meant either way. */
function isSplitByWord({ text }: Mention, meant: readonly DeviceWords[]): boolean {
  if (!/^lamps?$/.test(text)) return false;
  const called = meant.filter(({ names }) =>
    names.some((name) => name.words.some((word) => /\blamps?$/.test(word.text))),
  );
  return called.length > 0 && called.length < meant.length;
}

function wrongNumber(mention: Mention | null, meant: readonly DeviceWords[]): string {
  return mention?.count
    ? `You said ${mention.count}, and I know ${meant.length}. Which do you mean?`
    : 'Which one do you mean?';
}

/** "Both tablets" are no phones: those of the very thing that was said, where any are. */
function ofThatThing(devices: readonly DeviceWords[], mention: Mention | null, call: Call): readonly DeviceWords[] {
  const { noun } = mention ?? {};
  if (!noun || subjectOf(call.function, call.args).isThing) return devices;
  const those = devices.filter((device) => device.concepts.has(noun));
  return those.length > 0 ? those : devices;
}

function theOne(
  call: Call,
  sentence: Sentence,
  mention: Mention | null,
  found: Candidates,
  meant: readonly DeviceWords[],
  last: string | null,
  needsYes: boolean,
): DeviceWords | null {
  if (meant.length === 1) return meant[0] ?? null;
  const named = namedInFull(sentence.textFor(call), meant, mention);
  if (named) return named;
  if (mention?.amount === 'plural' || needsYes) return null;
  // A room's temperature is read from its sensor rather than from its thermostat, which has another task.
  const sensors = meant.filter(({ deviceClass }) => deviceClass === 'sensor');
  const isReading = call.function === 'get_temperature' && found.isOnePlace;
  if (isReading && sensors.length === 1 && sensors[0]?.device.state === 'ready') return sensors[0];
  const ready = meant.filter(({ device }) => device.state === 'ready');
  if (ready.length === 1) return ready[0] ?? null;
  return found.isNamed ? null : (ready.find(({ device }) => device.id === last) ?? null);
}

const allOf = (devices: readonly DeviceWords[]): readonly Group[] =>
  devices.length > 1 ? [{ label: `All ${devices.length}`, devices }] : [];

/** Those of one room together, as a choice, where there are several rooms. */
function byRoom(devices: readonly DeviceWords[]): readonly Group[] {
  const rooms = new Set(devices.map(({ device }) => device.room));
  if (rooms.size < 2) return [];
  return [...rooms].flatMap((room) => {
    const those = devices.filter(({ device }) => device.room === room);
    return room === null || those.length < 2 ? [] : [{ label: `${room}: all ${those.length}`, devices: those }];
  });
}

function byLikelihood(devices: readonly DeviceWords[], last: string | null): readonly DeviceWords[] {
  const rank = ({ device }: DeviceWords): number => (device.id === last ? 2 : 0) + (device.state === 'ready' ? 1 : 0);
  return [...devices].sort((one, other) => rank(other) - rank(one));
}
