import { findFunction } from '../../catalog/catalog.js';
import type { Call } from '../../core/plan.js';
import { chineseMention } from './chinese-mentions.js';
import { englishMention } from './english-mentions.js';
import type { Household } from './household.js';
import { type Mention, weight } from './mention.js';
import { type Subject, subjectOf } from './subject.js';
import { findWords, plainWords, type Word, wordsOf } from './words.js';

/** Between two of these a sentence speaks of other things. */
const BORDER = /[,.;!?，。；！？、]|\b(?:and|then|but)\b|[和跟]|然后|再把|接着/;

/**
 * A sentence beside the calls that were made of it. The calls' arguments do not carry the plural, so the sentence's own
 * words say how many are meant; the words of a message, a title or a search are content and say nothing.
 */
export class Sentence {
  readonly #plain: string;
  readonly #calls: readonly Call[];
  readonly #household: Household;

  constructor(utterance: string, calls: readonly Call[], household: Household) {
    this.#plain = plainWords(utterance);
    this.#calls = calls;
    this.#household = household;
  }

  /**
   * What the sentence says of the things that a call acts on, or null when it says nothing that belongs to it: it names no
   * such thing, several calls could claim the words, or the content of the call is not to be told from the rest.
   */
  mentionFor(call: Call): Mention | null {
    const subject = subjectOf(call.function, call.args);
    const masked = this.#masked(call);
    if (masked === null) return null;
    const mentions = mentionsIn(masked, subject, this.#household);
    const itself = call.target ?? namedBy(call, subject);
    if (itself !== null) {
      // A name says by itself how many it names; where it is not of the sentence's words, it alone is read.
      const at = findWords(masked, plainWords(itself));
      if (at === null) return strongest(mentionsIn(plainWords(itself), subject, this.#household));
      return mentions.find((mention) => mention.start < at.end && at.start < mention.end) ?? null;
    }
    const room = subject.room === null ? null : call.args[subject.room];
    const anchor = typeof room === 'string' ? findWords(masked, plainWords(room)) : null;
    if (mentions.length === 0) return null;
    if (anchor !== null) return this.#nearest(mentions, anchor);
    if (!subject.isThing && this.#calls.length > 1) return doubtful(mentions);
    const rivals = this.#calls.filter((other) => other !== call && sharesThings(other, subject));
    if (rivals.length === 0) return strongest(mentions);
    const claimed = new Set(rivals.map((other) => this.#claimedBy(other, mentions)));
    const free = mentions.filter((mention) => !claimed.has(mention));
    const left = free.length > 0 ? free : mentions;
    return left.length === 1 ? (left[0] ?? null) : weakest(left);
  }

  /**
   * The sentence to look for a device's name in, without what belongs to others; empty where it cannot be known whose a
   * name would be.
   */
  textFor(call: Call): string {
    const subject = subjectOf(call.function, call.args);
    const rivals = this.#calls.filter((other) => other !== call && sharesThings(other, subject));
    return rivals.length > 0 && this.mentionFor(call) === null ? '' : (this.#masked(call) ?? '');
  }

  #claimedBy(other: Call, mentions: readonly Mention[]): Mention | null {
    const subject = subjectOf(other.function, other.args);
    const said = other.target ?? namedBy(other, subject) ?? (subject.room === null ? null : other.args[subject.room]);
    const at = typeof said === 'string' ? findWords(this.#plain, plainWords(said)) : null;
    return at === null ? null : this.#nearest(mentions, at);
  }

  #nearest(mentions: readonly Mention[], anchor: { start: number; end: number }): Mention | null {
    const distance = (mention: Mention): number => {
      if (mention.start < anchor.end && anchor.start < mention.end) return 0;
      const [from, to] = mention.end <= anchor.start ? [mention.end, anchor.start] : [anchor.end, mention.start];
      const between = this.#plain.slice(from, to);
      return between.length + 1_000 * (between.match(new RegExp(BORDER, 'g'))?.length ?? 0);
    };
    return [...mentions].sort((one, other) => distance(one) - distance(other))[0] ?? null;
  }

  /** The sentence with what is content, or belongs to another call, blotted out. Null where content cannot be found. */
  #masked(call: Call): string | null {
    let masked = this.#plain;
    const subject = subjectOf(call.function, call.args);
    const own = new Set([call.target, namedBy(call, subject)].map((text) => plainWords(text ?? '')));
    for (const other of this.#calls) {
      const contents = contentsOf(other);
      if (other !== call && other.target !== null) contents.push({ text: other.target, isFree: false });
      for (const { text, isFree } of contents) {
        const plain = plainWords(text);
        if (own.has(plain)) continue;
        if (isFree && findWords(this.#plain, plain) === null) return null;
        for (let at = findWords(masked, plain); at !== null; at = findWords(masked, plain))
          masked = masked.slice(0, at.start) + BLOT.repeat(at.end - at.start) + masked.slice(at.end);
      }
    }
    return masked;
  }
}

/** Stands for words that are not to be read; it is no letter, and words do not join over it. */
const BLOT = '\uffff';

/** Free text may speak of anything at all, lights and phones included. */
const FREE = new Set(['message', 'content', 'text', 'query', 'title', 'label']);

/** The text arguments of a call that say neither where nor how: a message, a title, a person, a place to go. */
function contentsOf(call: Call): { text: string; isFree: boolean }[] {
  const parameters = findFunction(call.function)?.parameters ?? [];
  return parameters.flatMap(({ name, type }) => {
    const value = call.args[name];
    const isContent = type === 'text' && name !== 'room' && name !== 'color';
    return isContent && typeof value === 'string' ? [{ text: value, isFree: FREE.has(name) }] : [];
  });
}

/** The argument that names the thing itself: "kitchen light" of a state, "front door" of a lock. */
function namedBy(call: Call, subject: Subject): string | null {
  const value = subject.name === null ? undefined : call.args[subject.name];
  return typeof value === 'string' ? value : null;
}

function sharesThings(other: Call, subject: Subject): boolean {
  return subjectOf(other.function, other.args).nouns.some((noun) => subject.nouns.includes(noun));
}

/** Everything a text says of the things a function acts on. */
export function mentionsIn(plain: string, subject: Subject, household: Household): readonly Mention[] {
  const words = wordsOf(plain);
  const isKnown = (word: Word): boolean =>
    word.role !== 'filler' && word.concepts.some((concept) => household.knows(household.concept(concept)));
  return words.flatMap((word, at) => {
    const isThing = word.role !== 'place' && word.concepts.some((concept) => subject.nouns.includes(concept));
    const isRoom = word.role === 'place' && subject.room !== null;
    if (!isThing && !isRoom) return [];
    const read = /\p{Script=Han}/u.test(word.text) ? chineseMention : englishMention;
    return read(plain, words, at, isKnown) ?? [];
  });
}

/** Of several mentions the one that says most; where they speak of different places nobody knows which is meant. */
function strongest(mentions: readonly Mention[]): Mention | null {
  const most = [...mentions].sort((one, other) => weight[other.amount] - weight[one.amount])[0];
  const isTorn = mentions.some((mention) => mention.place.join(' ') !== most?.place.join(' '));
  return most ? { ...most, isDoubtful: most.isDoubtful || isTorn, place: isTorn ? [] : most.place } : null;
}

/** Where it is not known whose words they are, the least is taken, and not without asking. */
function weakest(mentions: readonly Mention[]): Mention | null {
  const least = [...mentions].sort((one, other) => weight[one.amount] - weight[other.amount])[0];
  const agree = mentions.every((mention) => mention.amount === least?.amount && mention.count === least.count);
  return least ? { ...least, place: [], isDoubtful: least.isDoubtful || !agree } : null;
}

function doubtful(mentions: readonly Mention[]): Mention | null {
  const most = strongest(mentions);
  return most && (most.amount !== 'one' || most.count !== null) ? { ...most, amount: 'one', isDoubtful: true } : most;
}
