import { err, ok, type Result } from '../../core/result.js';
import { isShownWhole, shownWords } from '../shown-words.js';

/** A JSON Schema object without references, small, and with names and values that can be shown. */
export type PlainSchema = Readonly<Record<string, unknown>>;

/** Longest schema, in bytes of its JSON text. */
export const MAX_SCHEMA_BYTES = 65_536;
/** Deepest nesting of objects and lists, before and after references are filled in. */
export const MAX_SCHEMA_DEPTH = 20;
/** Most values in a schema after references are filled in: small definitions that multiply are cut here. */
const MAX_NODES = 20_000;
const MAX_NAME = 128;
const MAX_WORDS = 500;

/** Names that mean something to JavaScript itself. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const DYNAMIC_REFERENCES = new Set(['$dynamicRef', '$recursiveRef']);
/** Where a schema keeps parts of itself that it refers to. */
const LOCAL_REFERENCE = /^#\/(\$defs|definitions)\/([^/~%]+)$/;
/** Keywords whose values are given to the tool as they are, so that they must be what they look like. */
const EXACT = new Set(['enum', 'const']);

/**
 * A stranger's JSON Schema of a tool's arguments as it may be used, or a few words on why it may not. References into the
 * schema itself are filled in; those to the outside, and those without an end, are not taken.
 */
export function readSchema(schema: unknown): Result<PlainSchema, string> {
  if (!isObject(schema)) return err('it has no list of parameters');
  const objection = depthObjection(schema);
  if (objection) return err(objection);
  if (Buffer.byteLength(JSON.stringify(schema)) > MAX_SCHEMA_BYTES)
    return err('its parameters are described at too great length');
  const reading = new SchemaReading(schema);
  const read = reading.read();
  if (!read.ok) return read;
  if (read.value['type'] !== 'object') return err('its parameters are no object');
  const { properties = {} } = read.value;
  return isObject(properties) ? read : err('its parameters cannot be read');
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks at nothing but depth and names, so that everything after it may recurse. */
function depthObjection(schema: unknown): string | null {
  let level: unknown[] = [schema];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_SCHEMA_DEPTH) return 'its parameters are nested too deeply';
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const name of Object.keys(value)) if (FORBIDDEN.has(name)) return `it uses the name ${name}`;
      for (const each of Object.values(value)) next.push(each);
    }
    level = next;
  }
  return null;
}

class SchemaReading {
  readonly #root: Readonly<Record<string, unknown>>;
  #nodes = 0;
  #objection: string | null = null;

  constructor(root: Readonly<Record<string, unknown>>) {
    this.#root = root;
  }

  read(): Result<PlainSchema, string> {
    const read = this.#filled(this.#root, [], 0, '');
    if (this.#objection !== null) return err(this.#objection);
    return isObject(read) ? ok(read) : err('its parameters cannot be read');
  }

  /** The value without references. `open` are the references that it stands inside of. */
  #filled(value: unknown, open: readonly string[], depth: number, key: string): unknown {
    this.#nodes += 1;
    if (this.#nodes > MAX_NODES) this.#object('its parameters grow without measure');
    if (depth > MAX_SCHEMA_DEPTH) this.#object('its parameters are nested too deeply');
    if (this.#objection !== null) return null;
    if (typeof value === 'string') return this.#words(value, key);
    if (Array.isArray(value)) return value.map((each) => this.#filled(each, open, depth + 1, key));
    if (!isObject(value)) return value;
    const reference = value['$ref'];
    if (typeof reference === 'string') return this.#referred(reference, value, open, depth, key);
    return this.#members(value, open, depth, key);
  }

  #members(value: Readonly<Record<string, unknown>>, open: readonly string[], depth: number, key: string) {
    const isExact = key === 'const';
    const entries = Object.entries(value).flatMap(([name, each]) => {
      if (DYNAMIC_REFERENCES.has(name)) this.#object('its parameters refer to what is known only later');
      if (!isShownWhole(name, MAX_NAME)) this.#object('a name in its parameters cannot be shown');
      // Definitions stand where they are used.
      if (depth === 0 && (name === '$defs' || name === 'definitions')) return [];
      return [[name, this.#filled(each, open, depth + 1, isExact ? key : name)] as const];
    });
    return Object.fromEntries(entries);
  }

  #referred(
    reference: string,
    value: Readonly<Record<string, unknown>>,
    open: readonly string[],
    depth: number,
    key: string,
  ): unknown {
    const [, where, name] = LOCAL_REFERENCE.exec(reference) ?? [];
    if (reference === '#' || open.includes(reference)) return this.#object('its parameters contain themselves');
    if (where === undefined || name === undefined)
      return this.#object('its parameters refer to something outside of them');
    const definitions = this.#root[where];
    if (!isObject(definitions) || !Object.hasOwn(definitions, name)) {
      return this.#object('its parameters refer to something that is not there');
    }
    const { $ref: _, ...beside } = value;
    const target = this.#filled(definitions[name], [...open, reference], depth, key);
    return isObject(target) ? { ...target, ...this.#members(beside, open, depth, key) } : target;
  }

  #words(text: string, key: string): string {
    const shown = shownWords(text, MAX_WORDS);
    if (EXACT.has(key) && shown !== text) this.#object('a value in its parameters cannot be shown');
    return shown;
  }

  /** The first reason is the one that is told. */
  #object(reason: string): null {
    this.#objection ??= reason;
    return null;
  }
}
