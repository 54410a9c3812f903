import type { DraftArgument } from '../core/plan-draft.js';

/** What stands right after a value and belongs to it, and what stands right before it, by the parameter's type. */
const AFTER: Readonly<Record<string, RegExp>> = {
  duration: /^[\s-]*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?)\b|^\s*(?:秒钟?|分钟|个?小时|个?钟头|刻钟)/iu,
  time: /^[\s,]*(?:[ap]\.?m\b\.?|o['’]?clock\b|tonight\b|(?:tomorrow )?(?:at night|in the (?:morning|afternoon|evening))\b|(?:this|tomorrow) (?:morning|afternoon|evening)\b|tomorrow\b)/iu,
  celsius: /^\s*(?:°\s*[cf]\b|degrees? (?:fahrenheit|celsius|centigrade)\b|fahrenheit\b|celsius\b|华氏度?|摄氏度?)/iu,
  number: /^\s*(?:mm|cm|millimet(?:re|er)s?|centimet(?:re|er)s?|inch(?:es)?)\b|^\s*(?:毫米|厘米|公分)/iu,
};
const BEFORE: Readonly<Record<string, RegExp>> = {
  time: /(?:今天|今晚|明天|明早|明晚|后天)?(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|半夜)?$/u,
};
const HAS_UNIT: Readonly<Record<string, RegExp>> = {
  duration: /[a-z]{3}|\d\s*[hms]\b|[:秒分时钟]/iu,
  time: /[ap]\.?m\b|night|morning|afternoon|evening|noon|tomorrow|凌晨|早|上午|中午|下午|傍晚|晚|夜/iu,
  celsius: /[a-z°]|华氏|摄氏/iu,
  number: /[a-z]{2}|毫米|厘米|公分/iu,
};

/**
 * The argument with the words that belong to it: a planner may cut "90 second" after the number, or "half nine tonight"
 * before the part of the day. Only words of the sentence that stand right beside the value are ever added.
 */
export function wholeSpan(argument: DraftArgument, type: string, utterance: string): DraftArgument {
  if (argument.kind !== 'span' || HAS_UNIT[type]?.test(argument.span.text) !== false) return argument;
  let { start, end } = argument.span;
  end += AFTER[type]?.exec(utterance.slice(end))?.[0].length ?? 0;
  start -= BEFORE[type]?.exec(utterance.slice(0, start))?.[0].length ?? 0;
  return { kind: 'span', span: { start, end, text: utterance.slice(start, end) } };
}
