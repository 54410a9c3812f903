import { sideCharacters } from './vocabulary/people.js';
import { type Entry, MAX_CHARACTERS, MAX_WORDS, type Role, vocabulary } from './vocabulary/vocabulary.js';

/**
 * One word of a name or a sentence, as far as the vocabulary knows it: "living room" is one, 客厅灯 two. `text` is as
 * written, lower case; `concepts` what it means in either language, the text itself where nobody knows; `start` and `end`
 * are offsets into {@link plainWords}; `breakBefore` says that a comma or a full stop stands before it.
 */
export interface Word {
  readonly text: string;
  readonly concepts: readonly string[];
  readonly role: Role | 'unknown';
  readonly plural: boolean;
  readonly start: number;
  readonly end: number;
  readonly breakBefore: boolean;
}

const PIECE =
  /(?<floor>(?:ground|first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th) floor|floor (?:\d|one|two|three|four|five)(?![\p{L}\p{N}])|第?(?:\d{1,2}|[一二三四五六七八九]|十[一二三四五六七八九]?)[楼层]|底[楼层])|(?<number>第?(?:\d+|[一二三四五六七八九十]{1,3})号)|(?<han>\p{Script=Han}+)|(?<latin>[\p{L}\p{M}\p{N}]+(?:\.\d+)?)(?:'s(?![\p{L}\p{N}]))?|(?<stop>[,.;:!?、，。；：！？…\n\uffff])/gu;

/** Text as its words are looked for: full-width characters, capitals and typographic apostrophes made plain. */
export function plainWords(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/[’‘`]/g, "'");
}

/** The words of a plain text, in order. */
export function wordsOf(plain: string): readonly Word[] {
  const words: Word[] = [];
  let breakBefore = false;
  let latin: { text: string; start: number; end: number }[] = [];
  const flush = (): void => {
    words.push(...latinWords(latin, breakBefore));
    if (latin.length > 0) breakBefore = false;
    latin = [];
  };
  for (const match of plain.matchAll(PIECE)) {
    const { floor, number, han, stop, latin: word } = match.groups ?? {};
    const start = match.index;
    if (word !== undefined) {
      latin.push({ text: word, start, end: start + word.length });
      continue;
    }
    flush();
    if (stop !== undefined) {
      breakBefore = true;
      continue;
    }
    const found =
      han !== undefined ? hanWords(han, start) : numberWords(floor ?? number ?? '', floor !== undefined, start);
    words.push(...found.map((entry, index) => ({ ...entry, breakBefore: index === 0 && breakBefore })));
    breakBefore = false;
  }
  flush();
  return words;
}

const DIGITS = '零一二三四五六七八九';
const ORDINALS: Readonly<Record<string, number>> = {
  ground: 0,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
};

/**
 * Floors and numbers: 二楼 counts from the ground ("storey2"); "second floor" is left to be counted as the household does
 * ("floor2"); 三号 is a bare 3.
 */
function numberWords(text: string, isFloor: boolean, start: number): Omit<Word, 'breakBefore'>[] {
  const base = { text, plural: false, start, end: start + text.length };
  if (!isFloor) return [{ ...base, concepts: [String(chineseNumber(text))], role: 'side' }];
  if (/^底|^ground/.test(text)) return [{ ...base, concepts: ['storey1'], role: 'place' }];
  if (/[楼层]/.test(text)) return [{ ...base, concepts: [`storey${chineseNumber(text)}`], role: 'place' }];
  const word = text.replace(/floor| /g, '');
  return [{ ...base, concepts: [`floor${ORDINALS[word] ?? Number.parseInt(word, 10)}`], role: 'place' }];
}

function chineseNumber(text: string): number {
  const digits = /\d+/.exec(text);
  if (digits) return Number(digits[0]);
  const [tens, ones] = text.includes('十')
    ? text.replace(/[第号楼层]/g, '').split('十')
    : ['0', text.replace(/[第号楼层]/g, '')];
  const ten = tens === '0' ? 0 : tens === '' ? 10 : 10 * DIGITS.indexOf(tens ?? '');
  return ten + Math.max(0, DIGITS.indexOf(ones || '零'));
}

function latinWords(pieces: readonly { text: string; start: number; end: number }[], breakBefore: boolean): Word[] {
  const words: Word[] = [];
  for (let at = 0; at < pieces.length; ) {
    let taken = 1;
    let entry = known(pieces[at]?.text ?? '');
    for (let count = Math.min(MAX_WORDS, pieces.length - at); count > 1; count -= 1) {
      const phrase = vocabulary.get(
        pieces
          .slice(at, at + count)
          .map((piece) => piece.text)
          .join(' '),
      );
      if (phrase) {
        [entry, taken] = [phrase, count];
        break;
      }
    }
    const group = pieces.slice(at, at + taken);
    const text = group.map((piece) => piece.text).join(' ');
    const [start, end] = [group[0]?.start ?? 0, group.at(-1)?.end ?? 0];
    const isNumber = /^\d+(?:st|nd|rd|th)?$/.test(text);
    words.push({
      text,
      concepts: entry?.concepts ?? [isNumber ? String(Number.parseInt(text, 10)) : text],
      role: entry?.role ?? (isNumber ? 'side' : 'unknown'),
      plural: entry?.plural ?? false,
      start,
      end,
      breakBefore: at === 0 && breakBefore,
    });
    at += taken;
  }
  return words;
}

/** A word of the vocabulary; "dads phone" is written as often as "dad's". */
function known(word: string): Entry | undefined {
  const stem = word.endsWith('s') ? vocabulary.get(word.slice(0, -1)) : undefined;
  return vocabulary.get(word) ?? (stem?.role === 'owner' ? stem : undefined);
}

/** Characters between words that are known form one unknown word: 小明的手机 is 小明 and 手机. */
function hanWords(run: string, offset: number): Omit<Word, 'breakBefore'>[] {
  const words: Omit<Word, 'breakBefore'>[] = [];
  let unknown = 0;
  const close = (at: number): void => {
    if (at <= unknown) return;
    const text = run.slice(unknown, at);
    words.push({ text, concepts: [text], role: 'unknown', plural: false, start: offset + unknown, end: offset + at });
  };
  for (let at = 0; at < run.length; ) {
    const known = knownAt(run, at);
    if (!known) {
      at += 1;
      continue;
    }
    close(at);
    const { length, ...meaning } = known;
    words.push({ text: run.slice(at, at + length), ...meaning, start: offset + at, end: offset + at + length });
    at += length;
    unknown = at;
  }
  close(run.length);
  return words;
}

type Meaning = Pick<Word, 'concepts' | 'role' | 'plural'>;

function knownAt(run: string, at: number): (Meaning & { length: number }) | null {
  for (let length = Math.min(MAX_CHARACTERS, run.length - at); length > 0; length -= 1) {
    const entry = vocabulary.get(run.slice(at, at + length));
    if (entry && !(length === 1 && entry.role === 'side'))
      return { concepts: entry.concepts, role: entry.role, plural: entry.plural, length };
  }
  const side = sideCharacters[run[at] ?? ''];
  if (!side) return null;
  const next = knownThing(run, at + (run[at + 1] === '的' ? 2 : 1));
  return next ? { concepts: [side], role: 'side', plural: false, length: 1 } : null;
}

function knownThing(run: string, at: number): boolean {
  for (let length = Math.min(MAX_CHARACTERS, run.length - at); length > 0; length -= 1) {
    const role = vocabulary.get(run.slice(at, at + length))?.role;
    if (role) return role === 'class' || role === 'kind' || role === 'type' || role === 'place';
  }
  return false;
}

const WORD = /[\p{L}\p{N}]/u;
const HAN = /\p{Script=Han}/u;

/** Where a text stands in another as whole words; Chinese has none to keep whole. */
export function findWords(plain: string, text: string): { start: number; end: number } | null {
  if (text === '') return null;
  const joins = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined &&
    other !== undefined &&
    WORD.test(one) &&
    WORD.test(other) &&
    !HAN.test(one) &&
    !HAN.test(other);
  for (let start = plain.indexOf(text); start >= 0; start = plain.indexOf(text, start + 1)) {
    const end = start + text.length;
    if (!joins(plain[start - 1], text[0]) && !joins(text.at(-1), plain[end])) return { start, end };
  }
  return null;
}
