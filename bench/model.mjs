#!/usr/bin/env node
/**
 * `npm run bench:model`: the embedded model beside the two kinds of model it replaces, on this machine in one run.
 *
 * The paper's functional-token model is measured by a file of the same shape with random weights and its own prompt; the
 * paper's baseline by a 7 B Llama shape with a retrieved prompt of 2,000 tokens. What does not fit is skipped with a reason.
 * `--only ours,octopus,llama` chooses. Prints a table and writes bench/results/model.json.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { cpus, freemem, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sizeOf, writeRandomModel } from './random-gguf.mjs';

const { values } = parseArgs({ options: { only: { type: 'string', default: 'ours,octopus,llama' } } });
const wanted = new Set(values.only.split(','));
const folder = fileURLToPath(new URL('results/', import.meta.url));
mkdirSync(folder, { recursive: true });

const manifest = JSON.parse(readFileSync(new URL('../models/manifest.json', import.meta.url), 'utf8'));
const cores = cpus().length;
/** A sentence of ten words: its prompt and answer in the embedded model's tokens, as `npm run bench` plans them. */
const OURS = { promptTokens: 42, answerTokens: 12 };
const jobs = [
  {
    key: 'ours',
    name: `${manifest.name}, one thread`,
    path: fileURLToPath(new URL(`../models/${manifest.file}`, import.meta.url)),
    threads: 1,
    repeats: 50,
    ...OURS,
  },
  {
    key: 'octopus',
    name: 'Gemma 2 B shape, Q4_0, functional tokens and the paper’s prompt',
    threads: cores,
    repeats: 3,
    promptTokens: 48,
    answerTokens: 20,
    shape: {
      name: 'Gemma 2 B',
      architecture: 'gemma',
      quantisation: 'q4_0',
      width: 2048,
      inner: 16_384,
      layers: 18,
      heads: 8,
      kvHeads: 1,
      headSize: 256,
      vocabularySize: 256_032,
      functional: 32,
    },
  },
  {
    key: 'llama',
    name: 'Llama 7 B shape, Q4_0, retrieved functions in the prompt',
    threads: cores,
    repeats: 1,
    promptTokens: 2_000,
    answerTokens: 40,
    shape: {
      name: 'Llama 7 B',
      architecture: 'llama',
      quantisation: 'q4_0',
      width: 4096,
      inner: 11_008,
      layers: 32,
      heads: 32,
      kvHeads: 32,
      headSize: 128,
      vocabularySize: 32_000,
      functional: 0,
    },
  },
];

/** Why a job cannot run here, or null. */
function reasonToSkip({ shape }) {
  if (!shape) return null;
  const gibibytes = sizeOf(shape) / 2 ** 30;
  const disk = statfsSync(folder);
  const free = (disk.bavail * disk.bsize) / 2 ** 30;
  if (free < gibibytes + 1) return `needs ${gibibytes.toFixed(1)} GiB of disk, ${free.toFixed(1)} are free`;
  const memory = freemem() / 2 ** 30;
  return memory < gibibytes * 1.5
    ? `needs ${(gibibytes * 1.5).toFixed(1)} GiB of memory, ${memory.toFixed(1)} are free`
    : null;
}

function run(job) {
  const reason = reasonToSkip(job);
  if (reason) return { skipped: reason };
  const path = job.path ?? `${folder}${job.key}.gguf`;
  if (job.shape) writeRandomModel(path, job.shape);
  const { promptTokens, answerTokens, threads, repeats } = job;
  const child = spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL('model-run.mjs', import.meta.url)),
      JSON.stringify({ path, threads, repeats, promptTokens, answerTokens }),
    ],
    { encoding: 'utf8', timeout: 1_800_000 },
  );
  if (job.shape) rmSync(path, { force: true });
  const line = child.stdout?.trim().split('\n').at(-1) ?? '';
  return child.status === 0
    ? JSON.parse(line)
    : { skipped: `it ended with ${child.signal ?? child.status}: ${child.stderr?.slice(-200)}` };
}

const results = {};
for (const job of jobs.filter(({ key }) => wanted.has(key))) {
  process.stderr.write(`${job.name} ...\n`);
  results[job.key] = { name: job.name, threads: job.threads, ...run(job) };
}
const { ours } = results;
for (const result of Object.values(results)) {
  if (!ours || result.skipped || result === ours) continue;
  result.timesSlower = Math.round(result.totalMs / ours.totalMs);
  result.promptSaved = 1 - ours.promptTokens / result.promptTokens;
}
const report = {
  at: new Date().toISOString(),
  machine: { cpu: cpus()[0]?.model, cores, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version },
  results,
};
writeFileSync(`${folder}model.json`, `${JSON.stringify(report, null, 2)}\n`);
console.log('                      first token ms   total ms   prompt tokens   resident MiB   loading ms');
for (const [key, result] of Object.entries(results)) {
  if (result.skipped) {
    console.log(`${key.padEnd(20)} skipped: ${result.skipped}`);
    continue;
  }
  const cells = [result.firstTokenMs, result.totalMs, result.promptTokens, result.residentMiB, result.loadMs];
  console.log(`${key.padEnd(20)} ${cells.map((cell) => String(cell).padStart(14)).join(' ')}`);
}
for (const [key, { timesSlower, promptSaved }] of Object.entries(results)) {
  if (timesSlower)
    console.log(`ours beside ${key}: ${timesSlower} times faster, ${(promptSaved * 100).toFixed(1)} % less prompt`);
}
console.log('the paper, on other machines: 36 times faster than Llama 7 B with retrieval, 95 % less prompt');
