import { digitsFromChinese } from './chinese-numbers.js';

const LEVELS: readonly [RegExp, number][] = [
  [/最大|最高|最亮|最响|全开|全亮|满|开到头|到顶|100分/, 100],
  [/最小|最低|最暗|最弱|静音|无声|关/, 0],
  [/一半|半|中间|中等|中档|适中/, 50],
  [/低档|弱|小声|微/, 25],
  [/高档|强|大声/, 75],
];

/** A share in percent, 0..100, from Chinese words: "百分之二十", "一半", "三分之一", "八成", "三档" of ten, "最大". Null for none. */
export function percentOfChinese(text: string): number | null {
  const said = text.trim();
  if (/百分之百/.test(said)) return 100;
  const plain = digitsFromChinese(said.replace('百分之', '%'));
  const share = /(\d+)分之(\d+)/.exec(plain);
  if (share) return inRange((Number(share[2]) / Number(share[1])) * 100);
  const tenths = /(\d+)成(半|5)?/.exec(plain);
  if (tenths) return inRange(Number(tenths[1]) * 10 + (tenths[2] ? 5 : 0));
  const step = /(\d+)[档格级挡]/.exec(plain);
  if (step) return Number(step[1]) <= 10 ? Number(step[1]) * 10 : null;
  const numbers = plain.replace('%', '').match(/\d+(?:\.\d+)?/g);
  if (numbers?.length === 1 && !/半/.test(plain)) return inRange(Number(numbers[0]));
  if (numbers && numbers.length > 1) return null;
  return LEVELS.find(([pattern]) => pattern.test(said))?.[1] ?? null;
}

/** Decimal points and halves of a measure as digits: "二十一点五度" -> "21.5度", "十九度半" -> "19.5度". */
function measured(text: string): string {
  return digitsFromChinese(text)
    .replace(/(\d+)点(\d+)/g, '$1.$2')
    .replace(/(\d+)(度|厘米|公分|毫米|英寸|寸)半/g, '$1.5$2')
    .replace(/^半(?=厘米|公分|毫米|英寸|寸)/, '0.5');
}

/** Degrees as the English resolver reads them: "华氏七十度" -> "70 f", "二十一度半" -> "21.5 c". Null when there is no one number. */
export function degreesOfChinese(text: string): string | null {
  const plain = measured(text.replace('零下', '负'));
  const numbers = plain.match(/\d+(?:\.\d+)?/g);
  if (numbers?.length !== 1) return null;
  const sign = /负/.test(plain) ? '-' : '';
  const unit = /华氏|°\s*f|℉/i.test(plain) ? ' f' : /摄氏|°\s*c|℃/i.test(plain) ? ' c' : '';
  return `${sign}${numbers[0]}${unit}`;
}

/** A length in whole millimetres: "三厘米", "五毫米", "两公分", "一英寸". Null when there is none. */
export function millimetresOfChinese(text: string): number | null {
  const found = /(\d+(?:\.\d+)?)\s*(毫米|mm|厘米|公分|cm|英寸|米)?/i.exec(measured(text));
  if (!found) return null;
  const factor = { 厘米: 10, 公分: 10, cm: 10, 英寸: 25.4, 米: 1_000 }[(found[2] ?? '').toLowerCase()] ?? 1;
  return Math.round(Number(found[1]) * factor);
}

/** A duration in whole seconds: "十分钟", "一个半小时", "两小时二十分", "一刻钟", "90秒". Null for none. */
export function secondsOfChinese(text: string): number | null {
  const plain = digitsFromChinese(text)
    .replace(/个?(?:小时|钟头)/g, 'h')
    .replace(/刻钟/g, 'q')
    .replace(/分钟|分(?!之)|min/g, 'm')
    .replace(/秒钟?|s$/g, 's')
    .replace(/(\d+)个?半h/g, '$1.5h')
    .replace(/半个?h/g, '0.5h')
    .replace(/(\d+)([hm])半钟?/g, (_, count: string, unit: string) => `${count}.5${unit}`)
    .replace(/半m/g, '0.5m');
  const units: Readonly<Record<string, number>> = { h: 3_600, q: 900, m: 60, s: 1 };
  let total = 0;
  let last = '';
  let end = 0;
  for (const match of plain.matchAll(/(\d+(?:\.\d+)?)\s*([hqms])/g)) {
    last = match[2] ?? '';
    total += Number(match[1]) * (units[last] ?? 0);
    end = match.index + match[0].length;
  }
  // "一小时二十" leaves its minutes unsaid, a bare number means minutes.
  const tail = /^\s*[又零]?(\d+)\s*$/.exec(plain.slice(end));
  if (tail && last !== 's') total += Number(tail[1]) * (last === 'm' ? 1 : 60);
  return total >= 1 ? Math.round(total) : null;
}

function inRange(value: number): number | null {
  return value < 0 || value > 100 ? null : Math.round(value);
}
