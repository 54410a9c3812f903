import { digitsFromChinese, isVague } from './chinese-numbers.js';
import { CHINESE_IDLE, Phrase } from './phrase.js';

const LEVELS: readonly (readonly [RegExp, number])[] = [
  [/(?:调|开)?到?(?:最大|最高|最亮|最响|全开|全亮|满格?|开到头|到顶|顶格)/, 100],
  [/(?:调|关)?到?(?:最小|最低|最暗|最弱|静音|无声|全关|关)/, 0],
  [/一半|半|中间|中等|中档|适中/, 50],
  [/低档|弱|小声|微/, 25],
  [/高档|强|大声/, 75],
];
/** Words beside a share that change nothing of it. */
const BESIDE = /音量|亮度|风量|风速|声音|位置|调成|调到|调|开到|设为|设到|设成|档位|[掉上了]$/g;

/**
 * A share in percent, 0..100, from Chinese words: "百分之二十", "一半", "三分之一", "八成五", "三档" of ten, "最大". Null for none, and
 * when any word is not understood.
 */
export function percentOfChinese(text: string): number | null {
  const said = text.normalize('NFKC').trim();
  if (isVague(said)) return null;
  const plain = digitsFromChinese(said.replace(/百分之百/g, '100%').replace(/百分之/g, '%')).replace(
    /(\d+)点(\d+)/g,
    '$1.$2',
  );
  const phrase = new Phrase(plain.replace(BESIDE, ' '));
  const value = takeShare(phrase);
  if (value === null) return null;
  // 一半 begins like a number and is none.
  if (value !== undefined && phrase.isSpent(CHINESE_IDLE)) return inRange(value);
  const levels = new Phrase(said);
  const found = LEVELS.find(([pattern]) => levels.take(pattern));
  const spare = new Phrase(said.replace(found?.[0] ?? '', ' ').replace(BESIDE, ' '));
  return found && spare.isSpent(CHINESE_IDLE) ? found[1] : null;
}

/** Undefined where no number is said, null where the number says no share. */
function takeShare(phrase: Phrase): number | null | undefined {
  const share = phrase.take(/(\d+)分之(\d+)/);
  if (share) return (Number(share[2]) / Number(share[1])) * 100;
  const tenths = phrase.take(/(\d)成(半|\d)?/);
  if (tenths) return Number(tenths[1]) * 10 + (tenths[2] === '半' ? 5 : Number(tenths[2] ?? 0));
  const step = phrase.take(/第?(\d+)[档格级挡]/);
  if (step) return Number(step[1]) <= 10 ? Number(step[1]) * 10 : null;
  const number = phrase.take(/%?\s*(\d+(?:\.\d+)?)\s*(?:%|个?百分点)?/);
  return number ? Number(number[1]) : undefined;
}

/** Decimal points and halves of a measure as digits: "二十一点五度" -> "21.5度", "十九度半" -> "19.5度", "二十三度七" -> "23.7度". */
function measured(text: string): string {
  return digitsFromChinese(text)
    .replace(/(\d+)点(\d+)/g, '$1.$2')
    .replace(/(?<![\d.])(\d+)(度|厘米|公分|毫米|英寸|寸)半/g, '$1.5$2')
    .replace(/(?<![\d.])(\d+)度(\d)(?!\d)/g, '$1.$2度')
    .replace(/半(?=厘米|公分|毫米|英寸|寸)/g, '0.5');
}

/** Degrees as the English resolver reads them: "华氏七十度" -> "70 f", "二十一度半" -> "21.5 c". Null when there is no one number. */
export function degreesOfChinese(text: string): string | null {
  if (isVague(text)) return null;
  const phrase = new Phrase(
    measured(text.normalize('NFKC').replace('零下', '负')).replace(/温度|调成|调到|调|设为|设到|设成|开到/g, ' '),
  );
  const isFahrenheit = phrase.take(/华氏|° *f|℉|f\b/i) !== null;
  const isCelsius = phrase.take(/摄氏|° *c|℃|c\b/i) !== null;
  const number = phrase.take(/(负|-)? *(\d+(?:\.\d+)?)/);
  phrase.take(/度/);
  if (!number || (isFahrenheit && isCelsius) || !phrase.isSpent(CHINESE_IDLE)) return null;
  return `${number[1] ? '-' : ''}${number[2]}${isFahrenheit ? ' f' : isCelsius ? ' c' : ''}`;
}

/** A length in whole millimetres: "三厘米", "五毫米", "两公分", "一英寸". Null when there is none. */
export function millimetresOfChinese(text: string): number | null {
  if (isVague(text)) return null;
  const phrase = new Phrase(measured(text.normalize('NFKC')));
  const found = phrase.take(/(\d+(?:\.\d+)?)\s*(毫米|mm|厘米|公分|cm|英寸|米)?/i);
  if (!found || !phrase.isSpent(CHINESE_IDLE)) return null;
  const factor = { 厘米: 10, 公分: 10, cm: 10, 英寸: 25.4, 米: 1_000 }[(found[2] ?? '').toLowerCase()] ?? 1;
  return Math.round(Number(found[1]) * factor);
}

/**
 * A duration in whole seconds: "十分钟", "一个半小时", "两小时二十分", "两个钟头零十分", "一刻钟", "90秒". Null for none, and when any word is
 * not understood: 两三分钟 is neither.
 */
export function secondsOfChinese(text: string): number | null {
  if (isVague(text)) return null;
  const plain = digitsFromChinese(text.replace(/零(?=[十\d一二两三四五六七八九])/g, ' '))
    .replace(/(\d+)个半(?:小时|钟头)/g, '$1.5h')
    .replace(/半个?(?:小时|钟头)/g, '0.5h')
    .replace(/个?(?:小时|钟头)/g, 'h')
    .replace(/个?刻钟/g, 'q')
    .replace(/分钟|分(?!之)|min(?:ute)?s?/gi, 'm')
    .replace(/秒钟?|s$/g, 's')
    .replace(/(\d+)个?半h/g, '$1.5h')
    .replace(/(\d+)([hm])半钟?/g, (_, count: string, unit: string) => `${count}.5${unit}`)
    .replace(/半m/g, '0.5m')
    .replace(/又|零|倒计时|计时/g, ' ');
  const units: Readonly<Record<string, number>> = { h: 3_600, q: 900, m: 60, s: 1 };
  const phrase = new Phrase(plain);
  let total = 0;
  let last = '';
  for (let part = phrase.take(/(\d+(?:\.\d+)?)\s*([hqms])/); part; part = phrase.take(/(\d+(?:\.\d+)?)\s*([hqms])/)) {
    const unit = part[2] ?? '';
    // Units come once each, from the greatest to the least.
    if (last !== '' && 'hqms'.indexOf(unit) <= 'hqms'.indexOf(last)) return null;
    last = unit;
    total += Number(part[1]) * (units[unit] ?? 0);
  }
  // "一小时二十" leaves its minutes unsaid, a bare number means minutes.
  const tail = last === 's' ? null : phrase.take(/(\d+)\s*$/);
  if (tail) total += Number(tail[1]) * (last === 'm' ? 1 : 60);
  return phrase.isSpent(CHINESE_IDLE) && total >= 1 ? Math.round(total) : null;
}

function inRange(value: number): number | null {
  return value < 0 || value > 100 ? null : Math.round(value);
}
