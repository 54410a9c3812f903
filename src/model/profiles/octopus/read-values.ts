import type { DraftArgument } from '../../../core/plan-draft.js';
import { findSpan } from '../../grounding.js';
import { findPhoneNumber, holdsInventedAddress } from './addresses.js';
import type { OctopusValue } from './octopus-output.js';
import { saidHours } from './said-hours.js';
import { saidNumbers } from './said-numbers.js';

/** One argument as the catalogue takes it, or null for a value that it cannot hold or that the sentence does not bear out. */
export type ValueReader = (value: OctopusValue, sentence: string) => DraftArgument | null;

/** Five parts of a hundred: half a step of the model's ten. */
const HALF_STEP = 5;

/** Words that say a level without a number, with the lowest and the highest of ten that they can mean. */
const LEVEL_WORDS: readonly [RegExp, number, number][] = [
  [/\b(?:max(?:imum)?|full|highest|all the way up|loudest|brightest|top)\b/iu, 10, 10],
  [/\b(?:min(?:imum)?|mute|silent|silence|off|lowest|zero|quietest|dimmest)\b/iu, 0, 1],
  [/\b(?:half|halfway|medium|middle|mid)\b/iu, 4, 6],
  [/\b(?:low|quiet|dim)\b/iu, 1, 4],
  [/\b(?:high|loud|bright)\b/iu, 6, 10],
];

/** The value as text, as far as it is one. */
export function textOf(value: OctopusValue): string | null {
  if (value.kind === 'text') return value.value.trim();
  return value.kind === 'number' ? String(value.value) : null;
}

function numberOf(value: OctopusValue): number | null {
  const text = textOf(value);
  return text !== null && /^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : null;
}

/** Words of the sentence where it says them; else the model's own words, which must hold no address of their own. */
export const text: ValueReader = (value, sentence) => {
  const words = textOf(value);
  if (!words || holdsInventedAddress(words, sentence)) return null;
  const span = findSpan(sentence, words);
  return span ? { kind: 'span', span } : { kind: 'literal', value: words };
};

/** A number that the sentence says in full, in the sentence's own form. */
export const phoneNumber: ValueReader = (value, sentence) => {
  const span = findPhoneNumber(sentence, textOf(value) ?? '');
  return span ? { kind: 'span', span } : null;
};

/** A number, or the name of somebody to call. */
export const personOrNumber: ValueReader = (value, sentence) =>
  /\d/u.test(textOf(value) ?? '') ? phoneNumber(value, sentence) : text(value, sentence);

/** One of the catalogue's fixed choices. */
export const choiceOf =
  (values: readonly string[]): ValueReader =>
  (value) => {
    const word = textOf(value)?.toLowerCase();
    return word !== undefined && values.includes(word) ? { kind: 'choice', value: word } : null;
  };

/** Two words that stand for true and false. */
export const switchOf =
  (on: string, off: string): ValueReader =>
  (value) => {
    if (value.kind === 'boolean') return { kind: 'choice', value: value.value };
    const word = textOf(value)?.toLowerCase();
    return word === on || word === off ? { kind: 'choice', value: word === on } : null;
  };

/** 0..10 as percent. "Turn it down" bears out no level: the model would make one up. */
export const level: ValueReader = (value, sentence) => {
  const step = numberOf(value);
  if (step === null || !Number.isInteger(step) || step < 0 || step > 10) return null;
  const percent = step * 10;
  for (const said of saidNumbers(sentence)) {
    if (!said.isPercent && said.value === step) return { kind: 'literal', value: percent };
    if (said.value <= 100 && Math.abs(said.value - percent) <= HALF_STEP) return { kind: 'span', span: said.span };
  }
  const isSaid = LEVEL_WORDS.some(([word, least, most]) => word.test(sentence) && step >= least && step <= most);
  return isSaid ? { kind: 'literal', value: percent } : null;
};

/** Degrees Fahrenheit, for which the sentence must say the number on either scale. */
export const fahrenheit: ValueReader = (value, sentence) => {
  const degrees = numberOf(value);
  if (degrees === null) return null;
  const said = saidNumbers(sentence).find(
    (number) => number.value === degrees || Math.abs((number.value * 9) / 5 + 32 - degrees) <= 1,
  );
  return said ? { kind: 'span', span: said.span } : null;
};

/** HH:MM, for an hour that the sentence says. */
export const clockTime: ValueReader = (value, sentence) => {
  const words = textOf(value) ?? '';
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/u.exec(words) ?? [];
  if (hour === undefined || !saidHours(sentence).has(Number(hour))) return null;
  const span = findSpan(sentence, words);
  return span ? { kind: 'span', span } : { kind: 'literal', value: `${hour.padStart(2, '0')}:${minute}` };
};
