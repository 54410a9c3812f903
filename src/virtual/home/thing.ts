import type { FactRanges, Facts } from './facts.js';

/** A message on a topic; the payload as text. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
}

/** Where a device says whether it is there, and what the broker says for it (the last will) when its connection is cut. */
export interface Availability {
  readonly topic: string;
  readonly online: string;
  readonly offline: string;
}

/** A change of state; `after` the step before it, as a part (0 to 1) of the time that a whole movement takes. */
export interface Step {
  readonly after: number;
  readonly facts: Facts;
}

/** What a thing does at a command; null when it refuses it. */
export type Reaction = {
  readonly steps: readonly Step[];
  /** What a scene changes elsewhere: facts by thing. */
  readonly elsewhere?: Readonly<Record<string, Facts>>;
} | null;

/** Who a thing is: its key, its name and area in the home's language, and the serial number of its radio. */
export interface Identity {
  /** The same in every language: "living_room_ceiling_light". */
  readonly id: string;
  readonly name: string;
  /** Null for what belongs to the whole house. */
  readonly area: string | null;
  /** Twelve hexadecimal digits. */
  readonly serial: string;
}

/** A thing as it behaves behind a broker: which topics it has, what it says on them, and what it does when told. */
export interface Thing extends Identity {
  /** The field's word: "light", "lock", "blinds"... */
  readonly kind: string;
  readonly ranges: FactRanges;
  readonly initial: Facts;
  readonly availability: Availability;
  /** Retained messages by which it introduces itself. */
  readonly discovery: readonly Message[];
  readonly commandTopics: readonly string[];
  /** What its state topics say of these facts; retained. */
  reports(facts: Facts): readonly Message[];
  obey(command: Message, facts: Facts): Reaction;
  /** Facts that follow from others: a cover at 0 is closed. */
  derive?(change: Facts, before: Facts): Facts;
}

/** Does it at once. */
export const atOnce = (facts: Facts): Reaction => ({ steps: [{ after: 0, facts }] });

export const ON_OFF: Readonly<Record<string, boolean>> = { ON: true, OFF: false };
export const onOff = (isOn: unknown): 'ON' | 'OFF' => (isOn === true ? 'ON' : 'OFF');

/** Reads a word that switches: ON, OFF, or TOGGLE, which turns the present state round. */
export function switched(word: string, isOn: unknown): boolean | null {
  if (word === 'TOGGLE') return isOn !== true;
  return Object.hasOwn(ON_OFF, word) ? (ON_OFF[word] ?? null) : null;
}
