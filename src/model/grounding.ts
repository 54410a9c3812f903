import type { Span } from '../core/plan-draft.js';

const DIGITS: Readonly<Record<string, string>> = {
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  零: '0',
  〇: '0',
  一: '1',
  幺: '1',
  二: '2',
  三: '3',
  四: '4',
  五: '5',
  六: '6',
  七: '7',
  八: '8',
  九: '9',
};
const DIGIT_WORD = new RegExp(
  `\\b(?:${Object.keys(DIGITS)
    .filter((word) => /[a-z]/.test(word))
    .join('|')})\\b`,
  'g',
);
const CHINESE_DIGIT = /[零〇一幺二三四五六七八九]/g;

/** Addresses that a model may not invent: they decide who gets a call, a message or a visit. */
const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;
const URL =
  /\b(?:https?:\/\/|www\.)[^\s"'<>]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|io|gov|edu|info|app|dev|tv|cn|de|uk|fr|eu|us|me|co|ai)\b(?:\/[^\s"'<>]*)?/gi;
/** Six digits and more, however they are grouped; a date or a time has other signs between its digits. */
const PHONE_NUMBER = /(?<![\p{L}\p{N}])\+?\(?\d(?:[\s().-]{0,2}\d){5,}(?!\p{N})/gu;

/** Something in a sentence that says a number, in digits or words of either language. */
const NUMBER_WORD =
  /\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fou?rty|fifty|sixty|seventy|eighty|ninety|hundred|half|quarter|third|an? (?:hour|minute|second|couple|degree)|couple|dozen)\b|[零〇一二两三四五六七八九十百半刻]/i;

/** Where `value` stands in the sentence, whatever its case and white space; whole words before parts of words. Null when nowhere. */
export function findSpan(sentence: string, value: string): Span | null {
  const words = value
    .trim()
    .split(/\s+/)
    .filter((word) => word !== '');
  // A value of a stranger may be long, and what is longer than the sentence is not in it.
  if (words.length === 0 || words.join(' ').length > sentence.length) return null;
  const pattern = words
    .map((word) =>
      word
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replace(/['’‘]/g, "['’‘]")
        .replace(/["“”]/g, '["“”]'),
    )
    .join('\\s+');
  const whole = new RegExp(
    `(?<![\\p{L}\\p{N}](?<!\\p{Script=Han}))${pattern}(?!(?!\\p{Script=Han})[\\p{L}\\p{N}])`,
    'iu',
  );
  const found = whole.exec(sentence);
  return found ? spanAt(sentence, found.index, found.index + found[0].length) : null;
}

/** The words between two offsets. */
export function spanAt(sentence: string, start: number, end: number): Span {
  return { text: sentence.slice(start, end), start, end };
}

/** Whether the sentence says any number at all. */
export function saysNumber(sentence: string): boolean {
  return NUMBER_WORD.test(sentence);
}

/** A sentence's digits, with digits said as words, without what groups them. */
function digitsOf(text: string): string {
  return text
    .toLowerCase()
    .replace(DIGIT_WORD, (word) => DIGITS[word] ?? word)
    .replace(CHINESE_DIGIT, (character) => DIGITS[character] ?? character)
    .replace(/(?<=\d)[\s().-]+(?=[\d(])/g, '');
}

/** Addresses as they are said: "anna at example dot com". */
function spokenAddresses(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+(?:at|@)\s+/g, '@')
    .replace(/\s+(?:dot|\.)\s+/g, '.')
    .replace(/\s+slash\s+/g, '/');
}

function plainUrl(url: string): string {
  return url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/.,!?]+$/, '');
}

/** Whether `text`, with nothing longer around it, is among the runs that `pattern` finds. */
function holdsRun(haystack: string, needle: string, inside: RegExp): boolean {
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const [before, after] = [haystack.charAt(at - 1), haystack.charAt(at + needle.length)];
    if (!inside.test(before) && !inside.test(after)) return true;
  }
  return false;
}

/**
 * The phone numbers, e-mail addresses and URLs of `value` that the sentence does not hold in any spelling: one of them
 * makes the value an invention.
 */
export function inventedAddresses(sentence: string, value: string): readonly string[] {
  const spoken = spokenAddresses(sentence);
  const digits = digitsOf(sentence);
  const emails = value.match(EMAIL) ?? [];
  const withoutEmails = value.replace(EMAIL, ' ');
  const urls = withoutEmails.match(URL) ?? [];
  const numbers = withoutEmails.replace(URL, ' ').match(PHONE_NUMBER) ?? [];
  return [
    ...emails.filter((email) => !holdsRun(spoken, email.toLowerCase(), /[\p{L}\p{N}_%+@-]/u)),
    ...urls.filter((url) => !holdsRun(spoken, plainUrl(url), /[\p{L}\p{N}-]/u)),
    ...numbers.filter((number) => {
      const run = number.replace(/\D/g, '');
      return !holdsRun(digits, run, /\d/) || (number.trim().startsWith('+') && !digits.includes(`+${run}`));
    }),
  ];
}
