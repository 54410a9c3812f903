import { MAX_TEXT_LENGTH } from '../../catalog/arguments-schema.js';
import { findFunction } from '../../catalog/catalog.js';
import type { ParameterDescriptor } from '../../catalog/function-descriptor.js';
import type { DraftArgument, DraftCall, Span } from '../../core/plan-draft.js';
import { err, ok, type Result } from '../../core/result.js';
import { findSpan, inventedAddresses, saysNumber } from '../grounding.js';
import { groundMoment } from './ground-moment.js';

/** Why a value may not pass. */
export interface Ungrounded {
  readonly reason: string;
}

type Grounded = Result<DraftArgument | null, Ungrounded>;

const RESULT = /^\$(\d+)$/;
const UNIT =
  '(?:\\s?(?:%|percent|per cent|°\\s?[cf]?|degrees?(?:\\s(?:celsius|fahrenheit|[cf])\\b)?|[cf]\\b|hours?|minutes?|mins?|seconds?|secs?|mm|cm|millimet(?:er|re)s?|centimet(?:er|re)s?|inch(?:es)?|度|%|个?小时|分钟?|秒钟?|毫米|厘米))?';

const span = (found: Span): Grounded => ok({ kind: 'span', span: found });
const literal = (value: string | number): Grounded => ok({ kind: 'literal', value });
const wrongType = (parameter: ParameterDescriptor): Grounded =>
  err({ reason: `${parameter.name} is not a ${parameter.type}` });

/** A number as it stands in the sentence with its unit, so that "72 °F" is read as such. */
function numberSpan(sentence: string, value: number): Span | null {
  const digits = String(value).replace('.', '[.,]');
  const found = new RegExp(`(?:\\blevel )?(?<![\\d.,:])${digits}(?![\\d:]|[.,]\\d)${UNIT}`, 'iu').exec(sentence);
  return found ? { text: found[0], start: found.index, end: found.index + found[0].length } : null;
}

function groundNumber(sentence: string, parameter: ParameterDescriptor, value: unknown): Grounded {
  if (typeof value === 'string') {
    const found = findSpan(sentence, value);
    if (found) return span(found);
    return saysNumber(value) && saysNumber(sentence) ? literal(value) : wrongType(parameter);
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType(parameter);
  const found = numberSpan(sentence, value);
  if (found) return span(found);
  // A share may be meant without a number ("all the way up"); degrees, lengths and durations are numbers or nothing.
  if (parameter.type !== 'percent' && !saysNumber(sentence))
    return err({ reason: `${parameter.name} is not in the sentence` });
  return literal(value);
}

function groundText(sentence: string, parameter: ParameterDescriptor, value: unknown): Grounded {
  if (typeof value !== 'string' && typeof value !== 'number') return wrongType(parameter);
  const text = String(value);
  const found = findSpan(sentence, text);
  if (found) return span(found);
  // A number that was written without quotes is text when the sentence holds it, and else a wrong type.
  if (typeof value === 'number' || RESULT.test(text)) return wrongType(parameter);
  const invented = inventedAddresses(sentence, text);
  if (invented.length > 0) return err({ reason: `${parameter.name} holds an address that the sentence does not` });
  return literal(text);
}

/** The earlier call that "$1" names, if its result may stand here. */
function groundResult(parameter: ParameterDescriptor, place: number, earlier: readonly DraftCall[]): Grounded | null {
  const call = earlier[place - 1];
  const result = call ? findFunction(call.function)?.result : null;
  return call && result && parameter.accepts.includes(result) ? ok({ kind: 'result', call: call.id }) : null;
}

/**
 * An argument of a foreign model as a draft argument: words of the sentence where it holds them, a literal where it may be
 * one; null when the model left it out. Refused are values of a wrong type, invented addresses, and moments that the
 * sentence does not name. `earlier` are the calls before it, which "$1", "$2" name.
 */
export function groundArgument(
  sentence: string,
  parameter: ParameterDescriptor,
  value: unknown,
  earlier: readonly DraftCall[],
): Grounded {
  // Models fill what they need not with nothing.
  if (value === null || value === undefined || (parameter.optional && value === '')) return ok(null);
  if (typeof value === 'string' && value.length > MAX_TEXT_LENGTH) return wrongType(parameter);
  const place = typeof value === 'string' && parameter.accepts.length > 0 ? RESULT.exec(value.trim())?.[1] : undefined;
  const result = place === undefined ? null : groundResult(parameter, Number(place), earlier);
  if (result) return result;
  switch (parameter.type) {
    case 'boolean':
      return typeof value === 'boolean' ? ok({ kind: 'choice', value }) : wrongType(parameter);
    case 'enum':
      return typeof value === 'string' && (parameter.values ?? []).includes(value)
        ? ok({ kind: 'choice', value })
        : wrongType(parameter);
    case 'time':
    case 'datetime': {
      if (typeof value !== 'string') return wrongType(parameter);
      const found = groundMoment(sentence, parameter, value);
      if (found) return span(found);
      // An event's end that nobody said is the model's filling.
      return parameter.optional ? ok(null) : err({ reason: `the sentence names no ${parameter.name}` });
    }
    case 'percent':
    case 'celsius':
    case 'number':
    case 'duration':
      return groundNumber(sentence, parameter, value);
    case 'text':
    case 'photo':
      return groundText(sentence, parameter, value);
  }
}
