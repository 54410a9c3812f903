import { isChinese } from './chinese-numbers.js';
import { degreesOfChinese } from './chinese-quantities.js';
import { numberOf } from './number-words.js';

const FAHRENHEIT = /°\s*f\b|\bf(?:ahrenheit)?\b|\d\s*f\b|degrees? f\b/i;
const CELSIUS = /°\s*c\b|\bc(?:elsius|entigrade)?\b|\d\s*c\b|degrees? c\b/i;

/**
 * Degrees Celsius, to a tenth. A bare number of 45 to 95 is taken for °F, as nobody heats a room or a car to 45 °C.
 * Null when there is no one number.
 */
export function celsiusOf(said: string): number | null {
  const text = isChinese(said) ? degreesOfChinese(said) : said;
  if (text === null) return null;
  const value = numberOf(text);
  if (value === null) return null;
  const isFahrenheit = FAHRENHEIT.test(text) || (!CELSIUS.test(text) && value >= 45 && value <= 95);
  return Math.round((isFahrenheit ? ((value - 32) * 5) / 9 : value) * 10) / 10;
}
