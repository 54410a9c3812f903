/** How deep and how large the schema of one function may be. */
const MAX_DEPTH = 12;
const MAX_NODES = 1_000;
const MAX_TEXT = 1_000;
/** Names that mean something to JavaScript itself. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Why a stranger's JSON Schema is not taken, or null. Taken are small trees without references, which may be endless, and
 * without names that reach into JavaScript's own objects. Nothing here runs what a schema says, patterns least of all.
 */
export function schemaObjection(schema: unknown): string | null {
  let nodes = 0;
  const look = (value: unknown, depth: number): string | null => {
    nodes += 1;
    if (depth > MAX_DEPTH) return 'it is too deep';
    if (nodes > MAX_NODES) return 'it is too large';
    if (typeof value === 'string') return value.length > MAX_TEXT ? 'a text in it is too long' : null;
    if (typeof value !== 'object' || value === null) return null;
    for (const [name, each] of Object.entries(value)) {
      if (FORBIDDEN.has(name)) return `it holds the name ${name}`;
      if (REFERENCES.has(name)) return 'it refers to other schemas';
      if (name.length > MAX_TEXT) return 'a name in it is too long';
      const objection = look(each, depth + 1);
      if (objection) return objection;
    }
    return null;
  };
  return look(schema, 0);
}

const REFERENCES = new Set(['$ref', '$dynamicRef', '$recursiveRef']);
