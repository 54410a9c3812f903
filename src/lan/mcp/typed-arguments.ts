import type { Failure } from '../../core/failure.js';
import { err, ok, type Result } from '../../core/result.js';
import { isObject, type PlainSchema } from './plain-schema.js';

const YES = new Set(['true', 'yes', 'on']);
const NO = new Set(['false', 'no', 'off']);

/**
 * Arguments that a person typed as words (`{days: "3", on: "yes", tags: '["a"]'}`) in the types of the tool's schema. Lists and
 * objects are typed as JSON. Failure: BAD_ARGUMENTS, for words that are nothing of the type.
 */
export function typedArguments(
  schema: PlainSchema,
  words: Readonly<Record<string, string>>,
): Result<Readonly<Record<string, unknown>>, Failure> {
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const entries: [string, unknown][] = [];
  for (const [name, text] of Object.entries(words)) {
    const typed = typedValue(Object.hasOwn(properties, name) ? properties[name] : undefined, text);
    if (typed === undefined) return err(badWords(name, text));
    entries.push([name, typed]);
  }
  return ok(Object.fromEntries(entries));
}

function typedValue(schema: unknown, text: string): unknown {
  const types = typesOf(schema);
  if (types.length === 0) return text;
  for (const type of types) {
    const value = ofType(type, text);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The types that a schema takes, strictest first, so that "5" for a number or a text is a number. */
function typesOf(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  const { type, anyOf, oneOf } = schema;
  const own = (Array.isArray(type) ? type : [type]).filter((each) => typeof each === 'string');
  const branches = [anyOf, oneOf].flatMap((each) => (Array.isArray(each) ? each : [])).flatMap(typesOf);
  return [...own, ...branches].sort((one, other) => STRICTNESS.indexOf(one) - STRICTNESS.indexOf(other));
}

const STRICTNESS = ['null', 'boolean', 'integer', 'number', 'array', 'object', 'string'];

function ofType(type: string, text: string): unknown {
  const word = text.trim().toLowerCase();
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return YES.has(word) ? true : NO.has(word) ? false : undefined;
    case 'number':
    case 'integer': {
      const amount = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/.test(word) ? Number(word) : Number.NaN;
      return Number.isFinite(amount) && (type === 'number' || Number.isInteger(amount)) ? amount : undefined;
    }
    case 'null':
      return word === 'null' ? null : undefined;
    default: {
      const value = parseJson(text);
      return type === 'array' ? (Array.isArray(value) ? value : undefined) : isObject(value) ? value : undefined;
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badWords(name: string, text: string): Failure {
  return {
    code: 'BAD_ARGUMENTS',
    fault: 'user',
    message: `"${text}" is nothing that ${name} can be.`,
    next: 'Look at what the tool takes, and write lists and objects as JSON.',
  };
}
