import { isChinese } from './chinese-numbers.js';
import { degreesOfChinese } from './chinese-quantities.js';
import { digitsFromWords, takeNumber, withDecimals } from './number-words.js';
import { IDLE, Phrase } from './phrase.js';

const FAHRENHEIT = /°\s*f\b|\bdeg(?:ree)?s? f\b|\bf(?:ahrenheit)?\b|(?<=\d\s?)f\b/;
const CELSIUS = /°\s*c\b|\bdeg(?:ree)?s? c\b|\bc(?:elsius|entigrade)?\b|(?<=\d\s?)c\b/;
const BESIDE = /\b(?:comfortable|comfy|cosy|cozy|cool|warm|toasty|pleasant|temperature)\b/g;

/**
 * Degrees Celsius, to a tenth. A bare number of 45 to 95 is taken for °F, as nobody heats a room or a car to 45 °C.
 * Null when there is no one number, and when any word beside it is not understood ("five below").
 */
export function celsiusOf(said: string): number | null {
  const text = isChinese(said) ? degreesOfChinese(said) : said;
  if (text === null) return null;
  const plain = withDecimals(digitsFromWords(text.replace(/[℃]/g, '°c').replace(/[℉]/g, '°f'))).replace(BESIDE, ' ');
  const phrase = new Phrase(plain);
  const isFahrenheit = phrase.take(FAHRENHEIT) !== null;
  const isCelsius = phrase.take(CELSIUS) !== null;
  phrase.take(/°|\bdeg(?:ree)?s?\b/);
  const isBelow = phrase.take(/\bbelow (?:zero|0|freezing)\b/) !== null;
  const value = takeNumber(phrase);
  if (value === null || (isFahrenheit && (isCelsius || isBelow)) || !phrase.isSpent(IDLE)) return null;
  const asFahrenheit = isFahrenheit || (!isCelsius && !isBelow && value >= 45 && value <= 95);
  const celsius = asFahrenheit ? ((value - 32) * 5) / 9 : isBelow ? -value : value;
  return Math.round(celsius * 10) / 10;
}
