#!/usr/bin/env node
/**
 * Checks training pairs with the product's own grammar, parser, resolvers and schemas.
 *
 *   node scripts/verify-pairs.mjs <pairs.jsonl>
 *
 * A line is {sentence, plan: tokens}. Prints how many pass and, by reason, the first lines that do not; exits with 1 if more
 * than one in a thousand is wrong.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parsePlan } from '../dist/model/parse-plan.js';
import { PlanGrammar } from '../dist/model/plan-grammar.js';
import { symbolOf } from '../dist/model/plan-symbol.js';
import { splitWords } from '../dist/model/words.js';
import { buildPlan } from '../dist/orchestrator/build-plan.js';

const [path] = process.argv.slice(2);
if (path === undefined) {
  console.error('usage: node scripts/verify-pairs.mjs <pairs.jsonl>');
  process.exit(2);
}
const now = { year: 2026, month: 11, day: 21, hour: 10, minute: 0 };

/** What is wrong with a pair, or null. */
function problemOf({ sentence, plan }) {
  const words = splitWords(sentence);
  const grammar = new PlanGrammar(words.length, []);
  const steps = [];
  for (const token of plan) {
    const symbol = symbolOf(token);
    if (!symbol) return `the product knows no token ${token}`;
    if (!grammar.allows(symbol)) return `the grammar forbids ${token.replace(/\d+/, 'n')}`;
    grammar.take(symbol);
    steps.push({ symbol, probability: 1 });
  }
  if (!grammar.isDone) return 'the plan does not end';
  const calls = parsePlan(steps, sentence, words);
  if (!calls.ok) return calls.error.reason;
  const draft = {
    decision: calls.value.length === 0 ? 'irrelevant' : 'plan',
    calls: [...calls.value],
    confidence: 1,
    readings: [],
  };
  // A pair of the bank is meant as it stands: nothing is asked about it.
  const built = buildPlan({ ...draft, recalled: { sentence, match: 'exact' } }, sentence, now, 0);
  return built.decision === draft.decision ? null : built.clarification.question;
}

let count = 0;
const problems = new Map();
for await (const line of createInterface({ input: createReadStream(path) })) {
  count += 1;
  let reason;
  try {
    reason = problemOf(JSON.parse(line));
  } catch (error) {
    reason = `${path}:${count}: ${error.message}`;
  }
  if (reason !== null) problems.set(reason, [...(problems.get(reason) ?? []), `${path}:${count}: ${line}`]);
}
const wrong = [...problems.values()].reduce((sum, lines) => sum + lines.length, 0);
for (const [reason, lines] of [...problems].sort((a, b) => b[1].length - a[1].length).slice(0, 60)) {
  console.log(`${lines.length} x ${reason}\n    ${lines[0].slice(0, 400)}`);
}
console.log(`${count - wrong} of ${count} pairs pass`);
process.exit(wrong / count > 0.001 ? 1 : 0);
