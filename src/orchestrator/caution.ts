import { findFunction } from '../catalog/catalog.js';
import type { DraftCall } from '../core/plan-draft.js';

/** A reason to ask before a plan is carried out, as a question whose answer is the plan itself. */
type Caution = (words: string, calls: readonly DraftCall[]) => string | null;

/** Stands in the place of words that are a value or a device of some call. */
const TAKEN = '\u0000';

const LEAD = String.raw`^(?:[\s\p{P}]|\b(?:please|hey|hi|ok|okay|no|oh|well|um|uh|so|and|now|but|tentacle)\b)*`;
const COUNT = String.raw`(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|sixty|half an?|a couple of|a few)`;
const HOUR = String.raw`(?:\d{1,2}(?::\d\d)?|noon|midnight|half|quarter|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)`;

const FORBIDS = new RegExp(
  `${LEAD}(?:don['’]?t|do not|never|you (?:should|must)(?:n['’]t| not)|no need to)\\b(?!\\s+(?:you\\s+)?(?:forget|hesitate|worry|let|leave|keep|stop|disturb|bother|want|like|need|mind|wait|make|have)|.*\\b(?:past|above|over|beyond|more than)\\b)`,
  'iu',
);
const FORBIDS_CHINESE =
  /^(?:[\s\p{P}]|请|麻烦|你|先|那|就|喂|哎|嗯)*(?:千万|绝对|可)?(?:别|不要|不用|不许|不准|勿|甭)(?!忘|客气|担心|让|叫|再|打扰|吵|开着|关着|亮着|一直|老)/u;
const SECOND_CLAUSE = /[,;:.，；。：…—]\s*\S|\b(?:and|but|just|only|instead)\b|但|而是|只/iu;

const EXCEPT = /\b(?:except|excluding|apart from|other than|all but|everything but|every \w+ but)\b|除了|除开|除去/iu;

const LATER = [
  new RegExp(
    `\\b(?:in|after) (?:about |around )?${COUNT} (?:more )?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?)\\b`,
    'iu',
  ),
  new RegExp(`\\bwait (?:for )?(?:about )?${COUNT}\\b`, 'iu'),
  /\b(?:until|till)\b/iu,
  new RegExp(`\\bat (?:about )?${HOUR}\\b`, 'iu'),
  /\b(?:unless|whenever|as soon as|every time)\b/iu,
  /(?<!\b(?:see|check|know|ask|tell|wonder|wondering|whether)\b[^,.]*)\b(?:if (?:i|it|it['’]s|we|he|she|they|the|my|someone|somebody|anyone)|when (?:i|we|he|she|they|my|someone|somebody|anyone))\b/iu,
  /\bevery (?:day|morning|evening|night|hour|week|weekday|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b/iu,
  /(?:分钟|小时|钟头|刻钟|秒)(?:之|以|过)?后|直到|为止|每天|每晚|每周|每个(?:早上|晚上|小时|星期)|(?:如果|要是|假如)(?!可以|行|方便)/u,
];

const ASKS = new RegExp(
  `${LEAD}(?:is|are|was|were|did|has|isn['’]t|aren['’]t)\\b(?!\\s+(?:it (?:ok|okay|possible|alright)|there (?:any|a) (?:way|chance)|you able))`,
  'iu',
);
const ASKS_CHINESE = /(?:了吗|着吗|着没|了没有?|没有|好没|是不是\S*|有没有\S*)[\s?？。]*$/u;
const POLITE_CHINESE = /能|可以|可不可以|帮|麻烦|请|好吗|行吗|把|给我|看|查|搜|问/u;

/** Sentences that forbid are planned now and then as if they asked. Where one says more than that, the plan stands. */
const forbidden: Caution = (words, calls) => {
  if (calls.some(({ function: name }) => name === 'enable_do_not_disturb')) return null;
  const found = FORBIDS.exec(words) ?? FORBIDS_CHINESE.exec(words);
  if (!found || SECOND_CLAUSE.test(words.slice(found[0].length))) return null;
  return 'You said not to, if I read you right. Shall it be done all the same?';
};

const CLAUSE_FORBIDS =
  /\b(?:don['’]?t|do not|never) (?:turn|switch|open|close|shut|lock|unlock|start|touch)\b|(?:别|不要|不用|不许|不准|甭|勿)(?:再)?(?:去)?(?:打?开|关|锁|动|拉|启动)(?!着)/iu;

/** A clause that says not to, with words in it that some call took for its own: "lock up, and don't open the garage". */
const forbiddenClause: Caution = (words) => {
  const clauses = words.split(/[,;，；。、]|\b(?:and|but)\b/iu);
  return clauses.some((clause) => clause.includes(TAKEN) && CLAUSE_FORBIDS.test(clause))
    ? 'A part of that says not to, if I read you right. Shall all of this be done?'
    : null;
};

/** No call can say "all but one". */
const exception: Caution = (words) =>
  EXCEPT.test(words) ? 'I can’t leave something out of a group yet. Do you mean exactly this?' : null;

/** No call but those of clocks and calendars can wait. */
const later: Caution = (words) =>
  LATER.some((pattern) => pattern.test(words))
    ? 'I can’t wait for a time or a condition yet. Shall it be done now?'
    : null;

/** A question about a state reads, and never switches. */
const question: Caution = (words) =>
  ASKS.test(words) || (ASKS_CHINESE.test(words) && !POLITE_CHINESE.test(words))
    ? 'That sounds like a question, and I would do something. Shall I?'
    : null;

const LITTLE =
  /\b(?:a (?:bit|little|touch|notch|crack|tad|smidge)|slightly|somewhat|louder|quieter|softer|brighter|dimmer|darker|warmer|cooler|hotter|colder|higher|lower|too (?:loud|quiet|bright|dark|hot|cold|warm))\b|一点|一些|点儿|[大小高低亮暗]点|太[大小高低亮暗热冷吵]/iu;
/** Blinds and windows go up or down all the way; a volume does not. */
const UP_OR_DOWN = /\b(?:up|down)[\s\p{P}]*(?:please[\s\p{P}]*)?$/iu;
const GOES_ALL_THE_WAY = new Set(['set_cover', 'control_window']);
const WHOLLY = /\b(?:all the way|max|maximum|min|minimum|full|fully|complete(?:ly)?|as \w+ as)\b|最|完全|到底|全/iu;

/** "A bit louder" has no value: it must not become the loudest. */
const relative: Caution = (words, calls) => {
  const extremes = calls.filter(({ args }) =>
    Object.values(args).some((argument) => argument.kind === 'level' && argument.value !== 'half'),
  );
  const isUpOrDown = UP_OR_DOWN.test(words) && extremes.some((call) => !GOES_ALL_THE_WAY.has(call.function));
  return extremes.length > 0 && (isUpOrDown || LITTLE.test(words)) && !WHOLLY.test(words)
    ? 'I can set it to a value, but not a little up or down yet. Do you mean this?'
    : null;
};

const ADDRESSEE: Readonly<Record<string, string>> = {
  send_text_message: 'contact_name',
  send_photo: 'contact_name',
  send_email: 'recipient',
  make_phone_call: 'recipient',
};
const ONE_MORE = /^\s*(?:,\s*(?:and\s+)?|and\s+|&\s*|、|和|跟)(?:\p{Lu}\p{L}+|mom|mum|dad|\p{Script=Han})/u;

/** "Text Mom and Anna" must not reach Mom alone. */
const people: Caution = (words, calls) => {
  const isLeftOut = calls.some(({ function: name, args }) => {
    const addressee = args[ADDRESSEE[name] ?? ''];
    return addressee?.kind === 'span' && ONE_MORE.test(words.slice(addressee.span.end));
  });
  return isLeftOut ? 'You name more people than I would reach. Do you mean only this?' : null;
};

/**
 * Why a plan should be asked about although the planner was sure: the sentence holds words that no call takes up, and that
 * would change what is meant. Null where nothing speaks against it; reading a state needs no caution.
 */
export function cautionOf(utterance: string, calls: readonly DraftCall[]): string | null {
  if (calls.every((call) => findFunction(call.function)?.risk({}) === 'read')) return null;
  const words = untakenWords(utterance, calls);
  for (const caution of [forbidden, forbiddenClause, exception, question, later, relative, people]) {
    const reason = caution(words, calls);
    if (reason !== null) return reason;
  }
  return null;
}

function untakenWords(utterance: string, calls: readonly DraftCall[]): string {
  const letters = [...Array(utterance.length).keys()].map((index) => utterance.charAt(index));
  for (const { args, target } of calls) {
    for (const argument of Object.values(args)) {
      if (argument.kind === 'span') letters.fill(TAKEN, argument.span.start, argument.span.end);
    }
    const named = target === null ? -1 : utterance.indexOf(target.text);
    if (target !== null && named >= 0) letters.fill(TAKEN, named, named + target.text.length);
  }
  return letters.join('');
}
