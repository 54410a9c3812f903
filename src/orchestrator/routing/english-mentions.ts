import { type Amount, type Mention, NARROWING } from './mention.js';
import type { Word } from './words.js';

/** Words that take some and leave others: who is meant is then a question. */
const SOME = new Set([
  'some',
  'any',
  'few',
  'several',
  'most',
  'half',
  'couple',
  'other',
  'others',
  'rest',
  'remaining',
]);
const ADJECTIVES = new Set(['smart', 'damn', 'bloody', 'whole', 'entire', 'single', 'stupid', 'lovely', 'existing']);
const STATES = new Set(['off', 'out', 'up', 'down', 'open', 'closed', 'shut', 'to', 'go', 'are', 'is']);
const DETERMINERS = new Set(['the', 'my', 'our', 'these', 'those', 'this', 'that']);
/** "All the way up", "all right", "all day": no word of number. */
const IDIOM_AFTER = new Set([
  'way',
  'right',
  'day',
  'night',
  'time',
  'along',
  'set',
  'done',
  'good',
  'clear',
  'over',
  'week',
]);
const IDIOM_BEFORE = new Set(['of', 'after', 'above', 'at', 'not', 'nearly', 'almost']);
/** What may follow a thing that is the head of its phrase; "every car window" speaks of no car. */
const AFTER_HEAD = new Set(
  'in on at to of from for with and or then off out up down is are was please now red blue green white warm half full by until so but while when where if as upstairs downstairs outside'.split(
    ' ',
  ),
);
const PREPOSITIONS = new Set(['in', 'on', 'at', 'of', 'throughout', 'across', 'around']);
const PRONOUNS =
  /^[^.!?]{0,80}?\b(them all|all of them|each of them|both of them|them both|every one of them|every single one)\b/;
const EXCEPT =
  /\b(?:except|excepting|excluding|apart from|aside from|other than|but not|but for|save for|besides|without the|all but|every\w* but|(?:leave|keep) (?:\S+ ){1,4}(?:on|off|open|shut|closed|alone))\b/;

interface Reading {
  amount: Amount;
  count: number | null;
  isDoubtful: boolean;
  isEverywhere: boolean;
  place: string[];
}

/** What an English sentence says of the thing at `at`. `isKnown` tells the household's own words from others. */
export function englishMention(
  plain: string,
  words: readonly Word[],
  at: number,
  isKnown: (word: Word) => boolean,
): Mention | null {
  const noun = words[at];
  if (!noun) return null;
  const isRoom = noun.role === 'place';
  const reading: Reading = {
    amount: noun.plural ? 'plural' : 'one',
    count: null,
    isDoubtful: EXCEPT.test(plain),
    isEverywhere: noun.concepts.includes('room'),
    // "Desk lamp" is a lamp, and one that belongs to a desk.
    place: isRoom ? noun.concepts.filter((concept) => concept !== 'room') : noun.concepts.slice(0, -1),
  };
  const hasQuantity = readBefore(plain, words, at, isKnown, reading);
  if (isRoom) return hasQuantity && reading.amount === 'every' ? mentionOf(noun, null, reading) : null;
  if (isVerb(words, at)) return null;
  readAfter(words, at, isKnown, reading);
  const rest = plain.slice(noun.end);
  const pronoun = PRONOUNS.exec(rest);
  if (noun.plural && pronoun && !hasOtherThing(words, at, noun.end + pronoun[0].length)) {
    reading.amount = 'every';
    if (/both/.test(pronoun[1] ?? '')) reading.count = 2;
  }
  return mentionOf(noun, noun.concepts.at(-1) ?? null, reading);
}

const mentionOf = (noun: Word, concept: string | null, reading: Reading): Mention => ({
  start: noun.start,
  end: noun.end,
  noun: concept,
  text: noun.text,
  ...reading,
});

/** Reads what stands before the thing, from the thing back. True when a word of number stands there. */
function readBefore(
  plain: string,
  words: readonly Word[],
  at: number,
  isKnown: (word: Word) => boolean,
  reading: Reading,
): boolean {
  const noun = words[at];
  for (let index = at - 1; index >= 0 && at - index <= 8; index -= 1) {
    const word = words[index];
    if (!word || !noun || words[index + 1]?.breakBefore) return false;
    if (word.text === 'and' || word.text === '&') {
      // "Kitchen and hall lights", "all the lights and fans".
      const [before, after] = [words[index - 1], words[index + 1]];
      const joinsPlaces = before?.role === 'place' && after?.role === 'place';
      const joinsThings = before?.role === 'class' && before.plural && noun.plural && index === at - 1;
      if (joinsPlaces) continue;
      if (!joinsThings) return false;
      index -= 1;
      continue;
    }
    if (SOME.has(word.text) || word.concepts.includes('other')) {
      reading.isDoubtful = true;
      if (word.role !== 'side') return true;
      continue;
    }
    if (readQuantifier(plain, words, index, at, reading)) return true;
    if (/^\d+$/.test(word.concepts[0] ?? '') && word.role === 'side' && noun.plural) {
      reading.count = Number(word.concepts[0]);
      continue;
    }
    if (NARROWING.has(word.role) || (word.role === 'unknown' && isKnown(word))) reading.place.unshift(...word.concepts);
    else if (word.role === 'home') reading.isEverywhere = true;
    else if (word.role === 'unknown' && !ADJECTIVES.has(word.text)) {
      // "The christmas lights", of which the household knows nothing, are not simply its lights.
      if (
        words[index - 1]?.role === 'filler' &&
        DETERMINERS.has(words[index - 1]?.text ?? '') &&
        !STATES.has(word.text)
      )
        reading.isDoubtful = true;
      return false;
    } else if (word.role === 'class' || word.role === 'kind') return false;
  }
  return false;
}

/** Reads "all", "both", "every" or "each" at `index`, for the thing at `at`. */
function readQuantifier(plain: string, words: readonly Word[], index: number, at: number, reading: Reading): boolean {
  const [word, noun] = [words[index], words[at]];
  if (!word || !noun || !/^(?:all|both|every|each)$/.test(word.text)) return false;
  const before = words[index - 1];
  const next = words[index + 1];
  const isIdiom =
    word.text === 'all' &&
    (IDIOM_AFTER.has(next?.text ?? '') ||
      (!word.breakBefore && before !== undefined && IDIOM_BEFORE.has(before.text)) ||
      /\b(?:that's|thats|this is|that is|that will be|that'll be|it's) $/.test(plain.slice(0, word.start)));
  const isCompound = !noun.plural && !isHead(words, at);
  const joinsTwo = word.text === 'both' && /^(?:and|&)$/.test(words[at + 1]?.text ?? '');
  if (joinsTwo) return true;
  const isOfMany = noun.plural ? word.text !== 'every' : /^(?:every|each)$/.test(word.text);
  if (isIdiom || isCompound || !isOfMany) {
    reading.isDoubtful = true;
    return true;
  }
  reading.amount = 'every';
  if (word.text === 'both') reading.count = 2;
  return true;
}

/** Whether a thing in the singular ends its phrase. */
function isHead(words: readonly Word[], at: number): boolean {
  const next = words[at + 1];
  return !next || next.breakBefore || AFTER_HEAD.has(next.text) || next.role === 'filler' || /^\d/.test(next.text);
}

/** "Lock the doors", "light up the hall": a thing's word that stands where a verb does. */
function isVerb(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]];
  if (!word || word.plural) return false;
  const isPlain = !before || word.breakBefore || before.role === 'unknown';
  if (!isPlain || !next || next.breakBefore) return word.text === 'lock' && isPlain;
  return (
    word.text === 'lock' || DETERMINERS.has(next.text) || /^(?:all|both|every|each|up|it|them|that)$/.test(next.text)
  );
}

/** Reads what stands behind the thing: "lights all off", "lights in every room", "lights upstairs". */
function readAfter(words: readonly Word[], at: number, isKnown: (word: Word) => boolean, reading: Reading): void {
  let isPlaceNext = false;
  for (let index = at + 1; index < words.length && index - at <= 8; index += 1) {
    const word = words[index];
    if (!word || (word.breakBefore && !/^(?:all|both)$/.test(word.text))) return;
    if (/^(?:all|both|every|each)$/.test(word.text)) {
      const next = words.slice(index + 1).find((entry) => entry.role !== 'filler');
      if (next?.concepts.includes('room') || next?.role === 'home') {
        reading.amount = 'every';
        reading.isEverywhere = true;
        return;
      }
      if (IDIOM_AFTER.has(next?.text ?? '') || leadsToThing(words, index)) return;
      reading.amount = 'every';
      if (next?.role === 'place') {
        reading.place.push(...next.concepts);
        return;
      }
      if (word.text === 'both') reading.count = 2;
      continue;
    }
    if (word.text === 'everywhere') {
      reading.amount = 'every';
      reading.isEverywhere = true;
      return;
    }
    if (PREPOSITIONS.has(word.text)) isPlaceNext = true;
    else if (word.role === 'home' && isPlaceNext) reading.isEverywhere = true;
    else if (word.role === 'place' && (isPlaceNext || /^(?:up|down)stairs$|^out(?:side|doors)$/.test(word.text))) {
      if (leadsToThing(words, index)) return;
      reading.place.push(...word.concepts);
    } else if (word.role === 'unknown' && isKnown(word) && isPlaceNext && !leadsToThing(words, index))
      reading.place.push(...word.concepts);
    else if (
      word.role !== 'filler' &&
      word.role !== 'side' &&
      !STATES.has(word.text) &&
      !/^(?:whole|entire)$/.test(word.text)
    )
      return;
  }
}

/** Whether another thing follows whose words these are: "all blinds", "kitchen fan". */
function leadsToThing(words: readonly Word[], index: number): boolean {
  for (let at = index + 1; at < words.length && at - index <= 4; at += 1) {
    const word = words[at];
    if (!word || word.breakBefore || word.text === 'and') return false;
    if (word.role === 'class' || word.role === 'kind') return true;
    if (STATES.has(word.text)) return false;
  }
  return false;
}

function hasOtherThing(words: readonly Word[], at: number, end: number): boolean {
  const concepts = words[at]?.concepts ?? [];
  return words.some(
    (word, index) =>
      index > at &&
      word.start < end &&
      word.role === 'class' &&
      !word.concepts.some((concept) => concepts.includes(concept)),
  );
}
