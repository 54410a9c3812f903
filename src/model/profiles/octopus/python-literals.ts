import type { OctopusValue } from './octopus-output.js';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"' };

/** The text that Python's escapes stand for; a backslash before anything else is a backslash. */
export function withoutEscapes(raw: string): string {
  return raw.replace(/\\([\s\S])/gu, (whole, character: string) => ESCAPES[character] ?? whole);
}

/** True, False, None, a number, or else the words themselves. Null for nothing, and for words that begin like a quoted text. */
export function readBareValue(raw: string): OctopusValue | null {
  const words = raw.trim();
  if (words === '' || /^['"]/u.test(words)) return null;
  if (/^true$/iu.test(words)) return { kind: 'boolean', value: true };
  if (/^false$/iu.test(words)) return { kind: 'boolean', value: false };
  if (/^none$/iu.test(words)) return { kind: 'none' };
  // "+15551234" and "007" are numbers to dial: their sign and zeros would be lost.
  if (/^-?(?:0|[1-9]\d{0,8})(?:\.\d+)?$/u.test(words)) return { kind: 'number', value: Number(words) };
  return { kind: 'text', value: words };
}
