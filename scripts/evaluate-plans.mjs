#!/usr/bin/env node
/**
 * Compares plans with the ones that were meant.
 *
 *   node scripts/evaluate-plans.mjs <gold.jsonl> [plans.jsonl] [--json] [--misses]
 *
 * Gold: one {utterance, shape, decision, calls} a line (.jsonl), or one `shape | sentence => calls` (.txt). Plans: the output of `tentacle plan --batch` for the same sentences in
 * the same order; without the file the sentences are planned now, counted from 2026-11-21T10:00.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { goldSentences } from './gold-sentences.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    misses: { type: 'boolean' },
    now: { type: 'string', default: '2026-11-21T10:00' },
  },
});
const [goldPath, plansPath] = positionals;
if (goldPath === undefined) {
  console.error('usage: node scripts/evaluate-plans.mjs <gold.jsonl> [plans.jsonl] [--json] [--misses]');
  process.exit(2);
}

const rows = (text) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));
const gold = goldSentences(goldPath, values.now);
const plans = plansPath === undefined ? planNow() : rows(readFileSync(plansPath, 'utf8'));
if (plans.length !== gold.length) {
  console.error(`${gold.length} sentences and ${plans.length} plans: they must be in step.`);
  process.exit(1);
}

function planNow() {
  const cli = fileURLToPath(new URL('../bin/tentacle.mjs', import.meta.url));
  const input = gold.map(({ utterance }) => `${utterance}\n`).join('');
  const run = spawnSync(process.execPath, [cli, 'plan', '--batch', '--now', values.now], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) {
    console.error(run.stderr);
    process.exit(1);
  }
  return rows(run.stdout);
}

/** Text as it is compared leniently: no case, no articles or possessives in front, no punctuation around. */
const plain = (text) =>
  text
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim()
    .replace(/^(?:the|a|an|my|our|some) /, '');

function same(a, b, lenient) {
  if (typeof a === 'object' && a !== null) return typeof b === 'object' && b !== null && a.$ref === b.$ref;
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) < 0.051;
  if (typeof a === 'string' && typeof b === 'string')
    return lenient ? plain(a) === plain(b) : a.toLowerCase() === b.toLowerCase();
  return a === b;
}

/** Values that may be written or left out. */
const defaults = { take_a_photo: { camera: 'back' }, set_volume: { volume_type: 'media' } };

function sameArguments(a, b, lenient) {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => name in a && name in b && same(a[name], b[name], lenient));
}

function sameCall(a, b, lenient) {
  const targets =
    (a.target ?? null) === (b.target ?? null) || (lenient && plain(a.target ?? '') === plain(b.target ?? ''));
  const after = JSON.stringify([...(a.after ?? [])].sort()) === JSON.stringify([...(b.after ?? [])].sort());
  const filled = ({ function: name, args }) => ({ ...defaults[name], ...args });
  return a.function === b.function && targets && after && sameArguments(filled(a), filled(b), lenient);
}

const functionsOf = ({ calls }) =>
  calls
    .map((call) => call.function)
    .sort()
    .join(' ');

function judge(want, got) {
  const sameDecision = want.decision === got.decision;
  const sameFunctions = sameDecision && functionsOf(want) === functionsOf(got);
  const whole = (lenient) => {
    if (!sameFunctions || want.calls.length !== got.calls.length) return false;
    // Calls that wait for nothing may stand in any order.
    if (want.calls.every((call, index) => sameCall(call, got.calls[index], lenient))) return true;
    const isFree = (plan) =>
      plan.calls.every(({ after, args }) => (after ?? []).length === 0 && !JSON.stringify(args).includes('$ref'));
    if (!isFree(want) || !isFree(got)) return false;
    const left = [...got.calls];
    return want.calls.every((call) => {
      const at = left.findIndex((other) => sameCall(call, other, lenient));
      if (at >= 0) left.splice(at, 1);
      return at >= 0;
    });
  };
  return { sameDecision, sameFunctions, strict: whole(false), lenient: whole(true) };
}

const judged = gold.map((want, index) => ({ want, got: plans[index], ...judge(want, plans[index]) }));
const share = (list, key) => (list.length === 0 ? null : list.filter((row) => row[key]).length / list.length);
const summary = (list) => ({
  count: list.length,
  decision: share(list, 'sameDecision'),
  functions: share(list, 'sameFunctions'),
  planStrict: share(list, 'strict'),
  planLenient: share(list, 'lenient'),
});
const shapes = [...new Set(gold.map(({ shape }) => shape))];
const times = plans.map(({ ms }) => ms).sort((a, b) => a - b);
const report = {
  all: summary(judged),
  commands: summary(judged.filter(({ want }) => want.decision === 'plan')),
  byShape: Object.fromEntries(
    shapes.map((shape) => [shape, summary(judged.filter(({ want }) => want.shape === shape))]),
  ),
  planMs: { p50: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] },
};

if (values.json) console.log(JSON.stringify(report, null, 2));
else {
  const percent = (value) => (value === null ? '-' : `${(value * 100).toFixed(1)} %`).padStart(9);
  const line = (name, row) =>
    `${name.padEnd(12)} ${String(row.count).padStart(5)} ${percent(row.decision)} ${percent(row.functions)} ${percent(row.planStrict)} ${percent(row.planLenient)}`;
  console.log(`${''.padEnd(12)} count  decision functions    strict   lenient`);
  console.log(line('all', report.all));
  console.log(line('commands', report.commands));
  for (const shape of shapes) console.log(line(shape, report.byShape[shape]));
  console.log(`planning: p50 ${report.planMs.p50} ms, p95 ${report.planMs.p95} ms`);
}
if (values.misses) {
  const short = (plan) =>
    plan.calls
      .map((call) => `${call.function}${call.target ? `@${call.target}` : ''}${JSON.stringify(call.args)}`)
      .join(' + ') || plan.decision;
  for (const row of judged.filter(({ lenient }) => !lenient)) {
    console.log(
      `\n${row.want.utterance}\n  want ${short(row.want)}\n  got  ${row.got.decision} ${row.got.confidence} ${short(row.got)}`,
    );
  }
}
