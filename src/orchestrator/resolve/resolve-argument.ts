import type { ParameterDescriptor } from '../../catalog/function-descriptor.js';
import type { Argument } from '../../core/plan.js';
import type { DraftArgument } from '../../core/plan-draft.js';
import { celsiusOf } from './celsius.js';
import { clockTimeOf, formatClockTime } from './clock-time.js';
import { durationOf } from './duration.js';
import { millimetresOf } from './length.js';
import { localDatetimeOf, parseMoment } from './local-datetime.js';
import type { LocalMoment } from './local-moment.js';
import { percentOf } from './percent.js';
import { plainName, plainText } from './plain-text.js';

const LEVELS = { min: 0, half: 50, max: 100 } as const;

/** Parameters that hold free text, which keeps every word; all other texts are names of things and people. */
const FREE_TEXT = new Set(['message', 'content', 'text', 'query', 'title', 'label']);

export interface ResolveContext {
  readonly now: LocalMoment;
  /** Arguments of the same call that are settled already: an end time belongs to its start's day. */
  readonly settled: Readonly<Record<string, Argument>>;
}

/** The argument in the catalogue's form, or null when its words do not say one. */
export function resolveArgument(
  parameter: ParameterDescriptor,
  draft: DraftArgument,
  context: ResolveContext,
): Argument | null {
  switch (draft.kind) {
    case 'result':
      return { $ref: draft.call };
    case 'choice':
      return draft.value;
    case 'level':
      return LEVELS[draft.value];
    case 'span':
      return resolveWords(parameter, draft.span.text, context);
    case 'literal':
      return resolveLiteral(parameter, draft.value, context);
  }
}

/** A number or boolean stands as it is and is checked against the schema; words are read like words of a sentence. */
function resolveLiteral(
  parameter: ParameterDescriptor,
  value: string | number | boolean,
  context: ResolveContext,
): Argument | null {
  if (typeof value !== 'string') return value;
  if (parameter.type === 'enum') return value;
  if (parameter.type === 'datetime' && parseMoment(value)) return value;
  return resolveWords(parameter, value, context);
}

function resolveWords(parameter: ParameterDescriptor, words: string, context: ResolveContext): Argument | null {
  switch (parameter.type) {
    case 'text':
      return (FREE_TEXT.has(parameter.name) ? plainText(words) : plainName(words)) || null;
    case 'time': {
      const time = clockTimeOf(words, context.now);
      return time ? formatClockTime(time) : null;
    }
    case 'datetime': {
      const start = typeof context.settled.start_time === 'string' ? parseMoment(context.settled.start_time) : null;
      return localDatetimeOf(words, context.now, start ?? context.now);
    }
    case 'duration':
      return durationOf(words);
    case 'percent':
      return percentOf(words);
    case 'celsius':
      return celsiusOf(words);
    case 'number':
      return millimetresOf(words);
    // "The last photo": the phone knows which one that is.
    case 'photo':
      return plainText(words) || null;
    case 'boolean':
    case 'enum':
      return null;
  }
}
