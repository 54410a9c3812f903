#!/usr/bin/env node
/**
 * Compares plans with the ones that were meant.
 *
 *   node scripts/evaluate-plans.mjs <gold.jsonl> [plans.jsonl] [--json] [--markdown] [--misses]
 *
 * Gold: one {utterance, shape, decision, calls} a line (.jsonl), or one `shape | sentence => calls` (.txt). Plans: the output of `tentacle plan --batch` for the same sentences in
 * the same order; without the file the sentences are planned now, counted from 2026-11-21T10:00.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { goldSentences } from './gold-sentences.mjs';
import { brief, calibration, confusions, judge, summary } from './plan-scores.mjs';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean' },
    misses: { type: 'boolean' },
    markdown: { type: 'boolean' },
    now: { type: 'string', default: '2026-11-21T10:00' },
  },
});
const [goldPath, plansPath] = positionals;
if (goldPath === undefined) {
  console.error('usage: node scripts/evaluate-plans.mjs <gold.jsonl> [plans.jsonl] [--json] [--markdown] [--misses]');
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

const judged = gold.map((want, index) => ({ want, got: plans[index], ...judge(want, plans[index]) }));
const shapes = [...new Set(gold.map(({ shape }) => shape))];
const times = plans.map(({ ms }) => ms).sort((a, b) => a - b);
const report = {
  all: summary(judged),
  commands: summary(judged.filter(({ want }) => want.decision === 'plan')),
  byShape: Object.fromEntries(
    shapes.map((shape) => [shape, summary(judged.filter(({ want }) => want.shape === shape))]),
  ),
  calibration: calibration(judged),
  confusions: confusions(judged),
  planMs: { p50: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] },
};

if (values.json) console.log(JSON.stringify(report, null, 2));
else if (values.markdown) {
  const cell = (value) => (value === null ? '-' : `${(value * 100).toFixed(1)} %`);
  const row = (name, { count, ...shares }) => `| ${[name, count, ...Object.values(shares).map(cell)].join(' | ')} |`;
  console.log(
    '| | sentences | decision | functions | graph | plan, strict | plan, lenient |\n|---|---|---|---|---|---|---|',
  );
  for (const [name, summed] of Object.entries({ all: report.all, commands: report.commands, ...report.byShape })) {
    console.log(row(name, summed));
  }
} else {
  const percent = (value) => (value === null ? '-' : `${(value * 100).toFixed(1)} %`).padStart(10);
  const line = (name, { count, ...shares }) =>
    `${name.padEnd(12)} ${String(count).padStart(5)} ${Object.values(shares).map(percent).join(' ')}`;
  console.log(`${''.padEnd(12)} count   decision  functions      graph     strict    lenient`);
  console.log(line('all', report.all));
  console.log(line('commands', report.commands));
  for (const shape of shapes) console.log(line(shape, report.byShape[shape]));
  console.log(`expected calibration error: ${percent(report.calibration.expectedCalibrationError).trim()}`);
  console.log(`planning: p50 ${report.planMs.p50} ms, p95 ${report.planMs.p95} ms`);
  for (const { pair, count } of report.confusions.slice(0, 10)) console.log(`${String(count).padStart(4)} x ${pair}`);
}
if (values.misses) {
  for (const row of judged.filter(({ lenient }) => !lenient)) {
    console.log(
      `\n${row.want.utterance}\n  want ${brief(row.want)}\n  got  ${row.got.decision} ${row.got.confidence} ${brief(row.got)}`,
    );
  }
}
