import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentsSchema } from '../../src/catalog/arguments-schema.js';
import { catalog, findFunction } from '../../src/catalog/catalog.js';
import { planTokens } from '../../src/catalog/functional-tokens.js';
import { type PlanStep, parsePlan } from '../../src/model/parse-plan.js';
import { PlanGrammar } from '../../src/model/plan-grammar.js';
import { type PlanSymbol, symbolOf } from '../../src/model/plan-symbol.js';
import { splitWords } from '../../src/model/words.js';

const symbols = planTokens.flatMap((token) => symbolOf(token) ?? []);
const sentence = 'turn the kitchen lights to forty percent and text Anna the weather in Paris';
const words = splitWords(sentence);

/** Walks the grammar by picking among the allowed symbols with the given numbers. */
function walk(picks: readonly number[], offered: readonly string[] = []): PlanStep[] {
  const grammar = new PlanGrammar(words.length, offered);
  const steps: PlanStep[] = [];
  for (const pick of picks) {
    if (grammar.isDone) break;
    const allowed = symbols.filter((symbol) => grammar.allows(symbol));
    const symbol = allowed[pick % allowed.length];
    expect(symbol, 'the grammar leaves no way out').toBeDefined();
    if (!symbol) break;
    grammar.take(symbol);
    steps.push({ symbol, probability: 1 });
  }
  return steps;
}

function take(grammar: PlanGrammar, ...tokens: string[]): PlanSymbol | null {
  for (const token of tokens) {
    const symbol = symbolOf(token);
    if (!symbol || !grammar.allows(symbol)) return symbol;
    grammar.take(symbol);
  }
  return null;
}

describe('PlanGrammar', () => {
  it('always has a way on, and every finished plan parses into calls that pass their schema', () => {
    let finished = 0;
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 60, maxLength: 400 }), (picks) => {
        const steps = walk(picks);
        if (steps.at(-1)?.symbol.kind !== 'plan-end') return;
        finished += 1;
        const parsed = parsePlan(steps, sentence, words);
        if (!parsed.ok) throw new RangeError(parsed.error.reason);
        for (const call of parsed.value) {
          const descriptor = findFunction(call.function);
          const required = descriptor?.parameters.filter((parameter) => !parameter.optional) ?? [];
          for (const parameter of required) expect(call.args).toHaveProperty(parameter.name);
          for (const name of Object.keys(call.args)) {
            expect(descriptor?.parameters.map((parameter) => parameter.name)).toContain(name);
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(finished).toBeGreaterThan(20);
  });

  it('offers only the functions that were asked for', () => {
    const grammar = new PlanGrammar(words.length, ['open_app']);
    const functions = symbols.filter((symbol) => symbol.kind === 'function' && grammar.allows(symbol));
    expect(functions).toHaveLength(1);
    expect(take(grammar, '<fn:set_car_lock>')).not.toBeNull();
  });

  it('lets no word beyond the sentence be pointed at, nor a span end before it starts', () => {
    const grammar = new PlanGrammar(5, []);
    take(grammar, '<fn:open_app>', '<arg:app_name>');
    expect(grammar.allows({ kind: 'word', index: 5 })).toBe(false);
    take(grammar, '<w:3>');
    expect(grammar.allows({ kind: 'word', index: 2 })).toBe(false);
    expect(grammar.allows({ kind: 'word', index: 3 })).toBe(true);
  });

  it('wants the required arguments before a call may end', () => {
    const grammar = new PlanGrammar(words.length, []);
    take(grammar, '<fn:send_text_message>');
    expect(grammar.allows({ kind: 'call-end' })).toBe(false);
    take(grammar, '<arg:contact_name>', '<w:0>', '<w:0>');
    expect(grammar.allows({ kind: 'call-end' })).toBe(false);
    take(grammar, '<arg:message>', '<w:1>', '<w:2>');
    expect(grammar.allows({ kind: 'call-end' })).toBe(true);
  });

  it('wants one of several where none is required alone', () => {
    const grammar = new PlanGrammar(words.length, []);
    take(grammar, '<fn:set_light>', '<arg:room>', '<w:2>', '<w:2>');
    expect(grammar.allows({ kind: 'call-end' })).toBe(false);
    take(grammar, '<arg:power>', '<off>');
    expect(grammar.allows({ kind: 'call-end' })).toBe(true);
  });

  it('nests only calls whose result fits', () => {
    const grammar = new PlanGrammar(words.length, []);
    take(grammar, '<fn:send_photo>', '<arg:contact_name>', '<w:0>', '<w:0>', '<arg:photo>');
    const nested = catalog.filter((descriptor) => grammar.allows({ kind: 'function', descriptor }));
    expect(nested.map((descriptor) => descriptor.name)).toEqual(['take_a_photo', 'take_screenshot']);
    expect(grammar.allows({ kind: 'word', index: 0 })).toBe(true);
  });
});

describe('argumentsSchema', () => {
  it('exists for every function and refuses an unknown argument', () => {
    for (const descriptor of catalog) {
      expect(argumentsSchema(descriptor, { refs: true }).safeParse({ nonsense: 1 }).success).toBe(false);
    }
  });
});
