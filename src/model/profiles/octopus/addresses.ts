import type { Span } from '../../../core/plan-draft.js';
import { spanAt } from '../../grounding.js';

const EMAIL = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const URL_FORM = new RegExp(
  [
    '(?:https?://|www\\.)[^\\s<>"\']+',
    // A bare host, which is not the end of an e-mail address.
    '(?<![@\\p{L}\\p{N}.-])(?:[\\p{L}\\p{N}-]+\\.)+\\p{L}{2,}(?:/[^\\s<>"\']*)?(?![\\p{L}\\p{N}@])',
  ].join('|'),
  'giu',
);
const DIGITS = /\+?\(?\d(?:[\s().-]*\d)*/gu;

/** Shorter runs of digits in a text are times, counts and rooms. */
const SHORTEST_NUMBER_IN_TEXT = 5;

/** A number with its country code is the same as the one said without; shorter ones could be a part by chance. */
const SHORTEST_NATIONAL_NUMBER = 7;
const LONGEST_COUNTRY_CODE = 3;

const emailsIn = (text: string): string[] => (text.match(EMAIL) ?? []).map((email) => email.toLowerCase());

const urlsIn = (text: string): string[] =>
  (text.match(URL_FORM) ?? []).map((url) =>
    url
      .toLowerCase()
      .replace(/^https?:\/\//u, '')
      .replace(/^www\./u, '')
      .replace(/[/.,!?;:)]+$/u, ''),
  );

interface NumberRun {
  readonly span: Span;
  readonly digits: string;
}

function numbersIn(text: string): NumberRun[] {
  return Array.from(text.matchAll(DIGITS), (found) => ({
    span: spanAt(text, found.index, found.index + found[0].length),
    digits: found[0].replace(/\D/gu, ''),
  }));
}

function isSameNumber(written: string, said: string): boolean {
  if (written === said) return true;
  const national = said.replace(/^0/u, '');
  const code = written.length - national.length;
  return (
    national.length >= SHORTEST_NATIONAL_NUMBER &&
    code > 0 &&
    code <= LONGEST_COUNTRY_CODE &&
    written.endsWith(national)
  );
}

/** Where the sentence says this phone number in full, with or without its country code; null where it does not. */
export function findPhoneNumber(sentence: string, number: string): Span | null {
  const digits = number.replace(/\D/gu, '');
  if (digits === '') return null;
  return numbersIn(sentence).find((said) => isSameNumber(digits, said.digits))?.span ?? null;
}

/** Whether a text holds a phone number, an e-mail address or a URL that the sentence does not hold in full. */
export function holdsInventedAddress(text: string, sentence: string): boolean {
  const emails = emailsIn(sentence);
  const urls = urlsIn(sentence);
  return (
    emailsIn(text).some((email) => !emails.includes(email)) ||
    urlsIn(text).some((url) => !urls.includes(url)) ||
    numbersIn(text).some(
      ({ digits }) => digits.length >= SHORTEST_NUMBER_IN_TEXT && findPhoneNumber(sentence, digits) === null,
    )
  );
}
