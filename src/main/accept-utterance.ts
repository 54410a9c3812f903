import { randomUUID } from 'node:crypto';
import type { Failure } from '../core/failure.js';
import { err, ok, type Result } from '../core/result.js';
import { type Locale, MAX_UTTERANCE_LENGTH, type Utterance, type UtteranceSource } from '../core/utterance.js';

/**
 * Takes what a person typed as an utterance: control characters become white space, NUL and lone surrogates are dropped,
 * white space around it goes. Failures: UTTERANCE_EMPTY, UTTERANCE_TOO_LONG.
 */
export function acceptUtterance(
  raw: string,
  source: UtteranceSource,
  locale: Locale,
  now: number,
): Result<Utterance, Failure> {
  // Checked before anything reads it: a pasted book must not cost a scan.
  if (raw.length > MAX_UTTERANCE_LENGTH * 4) return err(tooLong(raw.length));
  const text = cleanUtterance(raw);
  if (text === '') {
    return err({
      code: 'UTTERANCE_EMPTY',
      fault: 'user',
      message: 'There is nothing to do: the sentence is empty.',
      next: 'Say what to do, for example: tentacle "set an alarm for 7:30"',
    });
  }
  if (text.length > MAX_UTTERANCE_LENGTH) return err(tooLong(text.length));
  return ok({ id: randomUUID(), text, source, locale, at: now });
}

export function cleanUtterance(raw: string): string {
  return (
    raw
      .replace(/\p{Surrogate}/gu, '')
      // Bidirectional overrides could show a person another sentence than the one that is planned.
      .replace(/[\u202A-\u202E\u2066-\u2069\u200E\u200F\uFEFF]/g, '')
      .replace(/[\u0000-\u001F\u007F-\u009F]+/g, ' ')
      .replace(/\s+/gu, ' ')
      .trim()
  );
}

function tooLong(length: number): Failure {
  return {
    code: 'UTTERANCE_TOO_LONG',
    fault: 'user',
    message: `The sentence has ${length} characters; ${MAX_UTTERANCE_LENGTH} is the most that is planned at once.`,
    next: 'Split it into shorter sentences.',
  };
}
