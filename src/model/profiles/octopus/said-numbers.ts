import type { Span } from '../../../core/plan-draft.js';
import { spanAt } from '../../grounding.js';

export const ONES: readonly string[] =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const NUMBER = new RegExp(
  `(?<![\\p{L}\\p{N}.:])(?:(\\d+(?:\\.\\d+)?)(?![\\d:])|(?:(an?|one) )?(hundred)\\b|(${TENS.join('|')})(?:[ -](${ONES.slice(1, 10).join('|')}))?\\b|(${ONES.join('|')})\\b)`,
  'giu',
);
const UNIT = /^\s*(?:%|percent\b|per cent\b|(?:°|degrees?\b)?\s*(?:f|c|fahrenheit|celsius)?(?![\p{L}\p{N}]))/iu;

/** A number of the sentence. `span` covers a per cent sign, degrees and their scale as well. */
export interface SaidNumber {
  readonly value: number;
  readonly isPercent: boolean;
  readonly span: Span;
}

/** The numbers of 0 to 100 that an English sentence says in words, and all that it says in digits; times of day are none. */
export function saidNumbers(sentence: string): readonly SaidNumber[] {
  return Array.from(sentence.matchAll(NUMBER), (found) => {
    const end = found.index + found[0].length;
    const unit = UNIT.exec(sentence.slice(end))?.[0].trimEnd() ?? '';
    return {
      value: numberSaid(found),
      isPercent: /%|per ?cent/iu.test(unit),
      span: spanAt(sentence, found.index, end + unit.length),
    };
  });
}

function numberSaid([, digits, , hundred, tens, ones, alone]: RegExpMatchArray): number {
  if (digits !== undefined) return Number(digits);
  if (hundred !== undefined) return 100;
  if (tens !== undefined)
    return (TENS.indexOf(tens.toLowerCase()) + 2) * 10 + (ones ? ONES.indexOf(ones.toLowerCase()) : 0);
  return ONES.indexOf((alone ?? '').toLowerCase());
}
