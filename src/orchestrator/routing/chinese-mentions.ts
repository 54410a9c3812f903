import { type Amount, type Mention, NARROWING } from './mention.js';
import type { Word } from './words.js';

const CLASSIFIER = '[个盏台部辆扇只道把间架]';
/** A word of number at the end of what stands before a thing: 所有, 每个, 两台, 三盏. */
const BEFORE = new RegExp(
  `(?:(所有|全部|一切|全体|整个|每一?${CLASSIFIER}?|各${CLASSIFIER}?)|(俩|[两二三四五六七八九]${CLASSIFIER}|十[一二三四五六七八九]?${CLASSIFIER}|\\d+${CLASSIFIER})|(一${CLASSIFIER})|(其他|其它|别的|其余|剩下|另外|几${CLASSIFIER}?|一半|一些|有些|某${CLASSIFIER}?|部分))$`,
);
/** 都 and its like behind a thing, with what is then done to it: 灯都关了, but not 灯都亮着. */
const AFTER =
  /^(?:也|就|给我|帮我|请|麻烦|先|现在|再|也给我|[两二三]?[台盏个部辆扇])*(?:全都|全部|统统|通通|一律|都|全)(?!是|没|不|快|要|有|会|能|很|坏|在|知道|亮着|开着|关着|锁着)(?:给我|帮我|替我|一起|一并|都)*(?:关|开|打开|调|设|换|变|弄|锁|解锁|拉|放|停|熄|灭|亮|静|降|升|收|合|闭|点|切|断|上锁|充|响|[一-龥]{0,3}(?:色|亮|暗|静音)|\d|百分|最|$)/;
const EXCEPT = /除了|除去|除开|以外|之外|别[关开动锁]|不要[关开动锁]|不用[关开锁]|留着|留一/;
const AND = /[和跟与及]$|还有$|以及$/;
/** What may follow a phone, a car or a computer that is itself meant: 所有手机消息 speaks of messages. */
const AFTER_KIND =
  /^(?:$|[\s，。,.;；!！?？]|都|全|统统|也|的|关|开|打|调|设|换|上|锁|静|拉|放|升|降|连|断|响|给|在|到|成|最|一起|先|停|充|切|拍|截)/;

const NUMBERS = '零一二三四五六七八九十';

function numberIn(text: string): number {
  const digits = /\d+/.exec(text);
  if (digits) return Number(digits[0]);
  if (/[两俩]/.test(text)) return 2;
  const characters = Array.from(text).filter((character) => NUMBERS.includes(character));
  return characters.reduce((sum, character) => sum + NUMBERS.indexOf(character), 0);
}

/** What a Chinese sentence says of the thing at `at`. `isKnown` tells the household's own words from others. */
export function chineseMention(
  plain: string,
  words: readonly Word[],
  at: number,
  isKnown: (word: Word) => boolean,
): Mention | null {
  const noun = words[at];
  if (!noun) return null;
  const isRoom = noun.role === 'place';
  let amount: Amount = noun.plural && !isRoom ? 'plural' : 'one';
  let count: number | null = null;
  let isDoubtful = EXCEPT.test(plain);
  let isEverywhere = noun.concepts.includes('room');
  // 台灯 is a lamp, and one that belongs to a desk.
  const place = isRoom ? noun.concepts.filter((concept) => concept !== 'room') : noun.concepts.slice(0, -1);
  let index = at - 1;
  for (; index >= 0; index -= 1) {
    const [word, next] = [words[index], words[index + 1]];
    if (!word || !next || next.breakBefore) break;
    if (word.role === 'unknown' && !isKnown(word)) {
      const found = BEFORE.exec(word.text);
      if (found) {
        // 两个房间的灯 counts rooms and not lights.
        const countsRooms = next.role === 'place' && !isRoom;
        if (found[1]) amount = 'every';
        else if (found[4] || countsRooms) isDoubtful = true;
        else if (found[2]) count = numberIn(found[2]);
        if (found[0] !== word.text) break;
        continue;
      }
      const joinsPlaces =
        AND.test(word.text) && word.text.length <= 2 && words[index - 1]?.role === 'place' && next.role === 'place';
      if (joinsPlaces) continue;
      break;
    }
    if (word.role === 'class' || word.role === 'kind') break;
    if (word.concepts.includes('other')) isDoubtful = true;
    if (word.concepts.includes('room') || word.role === 'home') {
      isEverywhere = true;
      if (/^[全整]/.test(word.text)) amount = 'every';
    } else if (NARROWING.has(word.role) || word.role === 'unknown') place.unshift(...word.concepts);
  }
  if (isRoom) {
    return amount === 'every' ? mention(null) : null;
  }
  const joined = AND.test(plain.slice(0, words[index + 1]?.start ?? noun.start)) && words[index - 1]?.role === 'class';
  if (!joined && AFTER.test(plain.slice(noun.end))) amount = 'every';
  if (noun.role === 'kind' && (amount === 'every' || count !== null) && !AFTER_KIND.test(plain.slice(noun.end)))
    return null;
  return mention(noun.concepts.at(-1) ?? null);

  function mention(concept: string | null): Mention {
    const { start, end, text } = noun ?? { start: 0, end: 0, text: '' };
    return { start, end, noun: concept, text, amount, count, isDoubtful, isEverywhere, place };
  }
}
