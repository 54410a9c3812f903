import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkArguments } from '../../../src/lan/mcp/check-arguments.js';
import { readSchema } from '../../../src/lan/mcp/plain-schema.js';
import { typedArguments } from '../../../src/lan/mcp/typed-arguments.js';

type Schema = Record<string, unknown>;

const name = fc.constantFrom('a', 'b', 'c', 'd');
const low = fc.integer({ min: -6, max: 0 });
const high = fc.integer({ min: 0, max: 6 });
const few = fc.integer({ min: 0, max: 2 });
const many = fc.integer({ min: 1, max: 4 });
const text = fc.string({ unit: fc.constantFrom('x', 'y', '漢', '👍'), maxLength: 5 });
const number = fc.oneof(fc.integer({ min: -8, max: 8 }), fc.constantFrom(0.5, -1.25, 3.75));
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

const amounts = fc.record(
  { minimum: low, maximum: high, exclusiveMinimum: low, exclusiveMaximum: high },
  { requiredKeys: [] },
);
const lengths = fc.record({ minLength: few, maxLength: many }, { requiredKeys: [] });

/** Schemas of the subset that is checked, and values that fit them now and then. */
const { schema, value } = fc.letrec<{ schema: Schema; value: unknown; members: unknown }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    lengths.map((more) => ({ type: 'string', ...more })),
    fc.tuple(fc.constantFrom('number', 'integer'), amounts).map(([type, more]) => ({ type, ...more })),
    fc.constantFrom<Schema>({ type: 'boolean' }, { type: 'null' }, {}),
    fc.constant<Schema>({ type: ['string', 'null'] }),
    fc.array(scalar, { minLength: 1, maxLength: 4 }).map((choices) => ({ enum: [...new Set(choices)] })),
    scalar.map((only) => ({ const: only })),
    fc
      .tuple(tie('schema'), fc.record({ minItems: few, maxItems: many }, { requiredKeys: [] }))
      .map(([items, more]) => ({ type: 'array', items, ...more })),
    fc
      .tuple(fc.constantFrom('anyOf', 'allOf'), fc.array(tie('schema'), { minLength: 1, maxLength: 3 }))
      .map(([key, branches]) => ({ [key]: branches })),
    fc
      .tuple(fc.dictionary(name, tie('schema')), fc.uniqueArray(name), fc.constantFrom(undefined, false, true))
      .map(([properties, required, additional]) => ({
        type: 'object',
        properties,
        required,
        ...(additional === undefined ? {} : { additionalProperties: additional }),
      })),
  ),
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('members'),
  ),
  members: fc.dictionary(name, tie('value'), { noNullPrototype: true }),
}));

const objectSchema = fc.dictionary(name, schema, { noNullPrototype: true }).chain((properties) =>
  fc.record({
    type: fc.constant('object'),
    properties: fc.constant(properties),
    required: fc.oneof(
      { weight: 6, arbitrary: fc.subarray(Object.keys(properties)) },
      { weight: 1, arbitrary: fc.uniqueArray(name) },
    ),
    additionalProperties: fc.boolean(),
  }),
);
const anyMembers = fc.dictionary(name, value, { noNullPrototype: true });

/** Values that fit the schema, but for some of them, and but for limits. */
function near(wanted: Schema, depth = 0): fc.Arbitrary<unknown> {
  const { type, enum: choices, const: only, items, properties, anyOf, allOf } = wanted;
  const [branch] = [anyOf, allOf].flat().filter(isSchema);
  const inner = (each: unknown): fc.Arbitrary<unknown> => (isSchema(each) && depth < 4 ? near(each, depth + 1) : value);
  const fitting = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(choices)) return fc.constantFrom(...choices);
    if ('const' in wanted) return fc.constant(only);
    if (branch) return inner(branch);
    if (isSchema(properties)) {
      return fc.record(Object.fromEntries(Object.entries(properties).map(([key, each]) => [key, inner(each)])), {
        noNullPrototype: true,
      });
    }
    if (type === 'array') return fc.array(inner(items), { maxLength: 4 });
    if (type === 'integer') return fc.integer({ min: -8, max: 8 });
    if (type === 'number') return number;
    if (type === 'boolean') return fc.boolean();
    return type === 'null' ? fc.constant(null) : text;
  };
  return fc.oneof({ weight: 15, arbitrary: fitting() }, { weight: 1, arbitrary: value });
}

const isSchema = (each: unknown): each is Schema => typeof each === 'object' && each !== null && !Array.isArray(each);

const called = objectSchema.chain((wanted) =>
  fc.tuple(fc.constant(wanted), fc.oneof({ weight: 8, arbitrary: near(wanted) }, { weight: 1, arbitrary: anyMembers })),
);

describe('checked arguments', () => {
  it('are taken exactly when a full validator takes them, for what is checked', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(called, ([wanted, args]) => {
        if (!isSchema(args)) return;
        const { valid } = new AjvJsonSchemaValidator().getValidator(wanted)(args);
        const isTaken = checkArguments(wanted, args).length === 0;
        if (isTaken) taken += 1;
        else refused += 1;
        expect(isTaken).toBe(valid);
      }),
      { numRuns: 500 },
    );
    // Both happen often enough to mean something.
    expect(Math.min(taken, refused)).toBeGreaterThan(60);
  }, 60_000);

  it('are never a reason to throw, whatever the schema says', () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const keywords = fc.constantFrom(
      'type',
      'enum',
      'required',
      'properties',
      'items',
      'anyOf',
      'minimum',
      'maxLength',
      'const',
    );
    fc.assert(
      fc.property(fc.dictionary(keywords, anything), fc.dictionary(fc.string(), anything), (wanted, args) => {
        for (const objection of checkArguments(wanted, args)) expect(objection).toMatch(/\.$/);
      }),
    );
  });

  it('run no pattern', () => {
    const wanted = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    const begun = performance.now();
    expect(checkArguments(wanted, { a: `${'a'.repeat(60)}!` })).toEqual([]);
    expect(performance.now() - begun).toBeLessThan(100);
  });

  it('have no names that reach into JavaScript', () => {
    const args = JSON.parse('{"__proto__": {"isAdmin": true}}');
    expect(checkArguments({ type: 'object' }, args)).toEqual(['__proto__ is not allowed.']);
    expect(checkArguments({ type: 'object', required: ['toString'] }, {})).toEqual(['toString is missing.']);
  });

  it.each([
    [{ a: { type: 'integer' } }, { a: 1.5 }, 'a must be a whole number.'],
    [{ a: { enum: ['x', 'y'] } }, { a: 'z' }, 'a must be one of x, y.'],
    [{ a: { type: 'array', items: { type: 'string' } } }, { a: ['x', 1] }, 'a[2] must be a text.'],
    [{ a: { type: 'object', required: ['b'] } }, { a: {} }, 'a.b is missing.'],
    [{ a: { type: 'string', maxLength: 2 } }, { a: '👍👍👍' }, 'a must have at most 2 characters.'],
  ])('in %j say of %j: %s', (properties, args, words) => {
    expect(checkArguments({ type: 'object', properties }, args)).toEqual([words]);
  });
});

describe('a schema that was read', () => {
  it('is one without references, within its limits, whatever came', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (came) => {
        const read = readSchema(came);
        if (!read.ok) expect(read.error).not.toBe('');
        else expect(JSON.stringify(read.value)).not.toContain('"$ref":"');
      }),
    );
  });

  it('means what came, for schemas without references', () => {
    fc.assert(
      fc.property(objectSchema, (came) => {
        const read = readSchema(came);
        // Only what would be nested too deeply is not taken.
        if (read.ok) expect(read.value).toEqual(came);
        else expect(read.error).toContain('deep');
      }),
    );
  });
});

describe('typed arguments', () => {
  const wanted = {
    type: 'object',
    properties: {
      name: { type: 'string' },
      days: { type: 'integer' },
      share: { anyOf: [{ type: 'number' }, { type: 'null' }] },
      on: { type: 'boolean' },
      tags: { type: 'array' },
      more: { type: 'object' },
    },
  };

  it('have the types of the schema', () => {
    const words = { name: '5', days: '3', share: '0.5', on: 'yes', tags: '["a"]', more: '{"b":1}', free: '7' };
    expect(typedArguments(wanted, words)).toEqual({
      ok: true,
      value: { name: '5', days: 3, share: 0.5, on: true, tags: ['a'], more: { b: 1 }, free: '7' },
    });
  });

  it.each([[{ days: '1.5' }], [{ days: 'many' }], [{ on: 'maybe' }], [{ tags: 'a' }], [{ more: '[]' }]])(
    'are refused where the words are nothing of the type: %j',
    (words) => {
      expect(typedArguments(wanted, words)).toMatchObject({ ok: false, error: { code: 'BAD_ARGUMENTS' } });
    },
  );

  it('pass the check of their schema, for every whole number and every text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.string(), (days, said) => {
        const typed = typedArguments(wanted, { days: String(days), name: said });
        expect(typed).toEqual({ ok: true, value: { days, name: said } });
        if (typed.ok) expect(checkArguments(wanted, typed.value)).toEqual([]);
      }),
    );
  });
});
