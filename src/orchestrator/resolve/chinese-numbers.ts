const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  幺: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const RUN = /[零〇一幺二两俩三四五六七八九十百千万]+/gu;

/** Whether a text is written in Chinese characters. */
export function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** One run of numerals: "二十一" is 21, "两百零五" 205, "一百五" 150; without units digits are read out ("二零二六"). */
function digitsOf(run: string): string {
  if (!/[十百千万]/.test(run)) return Array.from(run, (digit) => DIGITS[digit] ?? '').join('');
  let total = 0;
  let digit: number | null = null;
  let unit = 1;
  for (const character of run) {
    if (character === '万') {
      total = (total + (digit ?? 0)) * 10_000;
      digit = null;
      unit = 10_000;
    } else if (UNITS[character]) {
      unit = UNITS[character];
      total += (digit ?? 1) * unit;
      digit = null;
    } else {
      digit = DIGITS[character] ?? 0;
      if (digit === 0) unit = 10;
    }
  }
  // "一百五" means 150, "十五" 15, "一百零五" 105.
  return String(total + (digit ?? 0) * (unit >= 100 ? unit / 10 : 1));
}

/** Writes Chinese numerals as digits and leaves the rest: "早上七点二十" -> "早上7点20", full-width digits become plain ones. */
export function digitsFromChinese(text: string): string {
  return text.normalize('NFKC').replace(RUN, digitsOf);
}

/**
 * Whether numerals stand side by side that say no one number: 两三分钟 is two or three minutes, 七八点 about seven or eight.
 * A year is read digit by digit, and so is what follows a decimal point.
 */
export function isVague(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replace(/[零〇一二三四五六七八九]{4}年/g, '')
    .replace(/点[零〇一二三四五六七八九]{2,}(?=度|厘米|公分)/g, '');
  return /[一二两三四五六七八九]{2}|[一二两三四五六七八九十百][几多来]|几/.test(plain);
}
