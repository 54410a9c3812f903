import { canonicalJson } from '../../core/canonical-json.js';
import { isObject, type PlainSchema } from './plain-schema.js';

/** Objections that are told at most: the rest follows from them or is more of the same. */
const MAX_OBJECTIONS = 5;

/**
 * Why a tool would not take these arguments, in short sentences; empty when nothing speaks against them. Looked at are the
 * types, enumerations, required and unknown names, lengths, amounts and alternatives of JSON Schema. Everything else, such as
 * formats, is left to the server, and patterns are never run: a pattern of a stranger can stop a computer.
 */
export function checkArguments(schema: PlainSchema, args: Readonly<Record<string, unknown>>): readonly string[] {
  return objectionsTo(args, schema, '').slice(0, MAX_OBJECTIONS);
}

type Check = (value: unknown, schema: PlainSchema, name: string) => readonly string[];

function objectionsTo(value: unknown, schema: unknown, name: string): readonly string[] {
  if (schema === false) return [`${called(name)} is not allowed.`];
  if (!isObject(schema)) return [];
  const wrongType = typeObjections(value, schema, name);
  if (wrongType.length > 0) return wrongType;
  return CHECKS.flatMap((check) => check(value, schema, name));
}

const typeObjections: Check = (value, { type }, name) => {
  const types = (Array.isArray(type) ? type : [type]).filter((each) => typeof each === 'string');
  if (types.length === 0 || types.some((each) => isOfType(value, each))) return [];
  return [`${called(name)} must be ${types.map(typeWords).join(' or ')}.`];
};

const choiceObjections: Check = (value, schema, name) => {
  const { enum: choices } = schema;
  if (Array.isArray(choices) && !choices.some((choice) => isEqual(choice, value))) {
    return [`${called(name)} must be one of ${choices.slice(0, 20).map(valueWords).join(', ')}.`];
  }
  if (Object.hasOwn(schema, 'const') && !isEqual(schema['const'], value)) {
    return [`${called(name)} must be ${valueWords(schema['const'])}.`];
  }
  return [];
};

const amountObjections: Check = (value, schema, name) => {
  if (typeof value !== 'number') return [];
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  return [
    ...(isNumber(minimum) && value < minimum ? [`${called(name)} must be at least ${minimum}.`] : []),
    ...(isNumber(maximum) && value > maximum ? [`${called(name)} must be at most ${maximum}.`] : []),
    ...(isNumber(exclusiveMinimum) && value <= exclusiveMinimum
      ? [`${called(name)} must be over ${exclusiveMinimum}.`]
      : []),
    ...(isNumber(exclusiveMaximum) && value >= exclusiveMaximum
      ? [`${called(name)} must be under ${exclusiveMaximum}.`]
      : []),
  ];
};

const textObjections: Check = (value, { minLength, maxLength }, name) => {
  if (typeof value !== 'string') return [];
  // JSON Schema counts characters, not UTF-16 code units.
  const length = [...value].length;
  return [
    ...(isNumber(minLength) && length < minLength
      ? [`${called(name)} must have at least ${minLength} characters.`]
      : []),
    ...(isNumber(maxLength) && length > maxLength
      ? [`${called(name)} must have at most ${maxLength} characters.`]
      : []),
  ];
};

const listObjections: Check = (value, { items, minItems, maxItems }, name) => {
  if (!Array.isArray(value)) return [];
  return [
    ...(isNumber(minItems) && value.length < minItems
      ? [`${called(name)} must have at least ${minItems} entries.`]
      : []),
    ...(isNumber(maxItems) && value.length > maxItems
      ? [`${called(name)} must have at most ${maxItems} entries.`]
      : []),
    ...value.flatMap((each, index) => objectionsTo(each, items, `${name}[${index + 1}]`)),
  ];
};

const memberObjections: Check = (value, schema, name) => {
  if (!isObject(value)) return [];
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const missing = required.filter((each) => typeof each === 'string' && !Object.hasOwn(value, each));
  return [
    ...missing.map((each) => `${called(inside(name, String(each)))} is missing.`),
    ...Object.entries(value).flatMap(([key, each]) => {
      if (FORBIDDEN.has(key)) return [`${called(inside(name, key))} is not allowed.`];
      if (Object.hasOwn(properties, key)) return objectionsTo(each, properties[key], inside(name, key));
      // A name that fits a pattern would be known, and patterns are not run.
      if (isObject(schema['patternProperties'])) return [];
      return schema['additionalProperties'] === false
        ? [`${called(inside(name, key))} is not known.`]
        : objectionsTo(each, schema['additionalProperties'], inside(name, key));
    }),
  ];
};

const alternativeObjections: Check = (value, { anyOf, oneOf, allOf }, name) => [
  // That exactly one of oneOf fits is left to the server.
  ...[anyOf, oneOf].flatMap((each) => {
    if (!Array.isArray(each) || each.some((branch) => objectionsTo(value, branch, name).length === 0)) return [];
    return [`${called(name)} is none of what is allowed there.`];
  }),
  ...(Array.isArray(allOf) ? allOf.flatMap((branch) => objectionsTo(value, branch, name)) : []),
];

const CHECKS: readonly Check[] = [
  choiceObjections,
  amountObjections,
  textObjections,
  listObjections,
  memberObjections,
  alternativeObjections,
];

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'string':
    case 'boolean':
      return typeof value === type;
    case 'number':
      return isNumber(value);
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    default:
      return true;
  }
}

function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return canonicalJson(one) === canonicalJson(other);
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const called = (name: string): string => name || 'The whole';
const inside = (name: string, key: string): string => (name === '' ? key : `${name}.${key}`);
const valueWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function typeWords(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    integer: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
    null: 'empty',
  };
  return words[type] ?? type;
}
