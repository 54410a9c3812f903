import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../dist/core/ports/clock.js';
import { embeddedPlanner } from '../dist/main/current-planner.js';
import { planSentence } from '../dist/main/plan-sentence.js';
import { momentOf } from '../dist/orchestrator/resolve/local-datetime.js';
import { summary, timed } from './statistics.mjs';

const heldOut = new URL('../training/heldout/english-first.jsonl', import.meta.url);
const entry = fileURLToPath(new URL('../bin/tentacle.mjs', import.meta.url));

/** Planning in a process that is up (warm), loading the model into a new one (load), and a whole command (cold), in ms. */
export async function benchPlanning() {
  const sentences = readFileSync(heldOut, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).utterance);
  const signal = new AbortController().signal;
  const load = [];
  for (let round = 0; round < 5; round += 1) {
    const fresh = embeddedPlanner();
    load.push(await timed(() => fresh.warmUp({ signal, timeoutMs: 30_000 })));
    await fresh[Symbol.asyncDispose]();
  }
  const planner = embeddedPlanner();
  const plan = (text) => planSentence(text, 'en-US', momentOf(new Date()), { planner, clock: systemClock, signal });
  await plan(sentences[0]);
  const warm = [];
  for (const text of sentences) warm.push(await timed(() => plan(text)));
  await planner[Symbol.asyncDispose]();
  const cold = [];
  for (let round = 0; round < 5; round += 1) {
    cold.push(
      await timed(() => spawnSync(process.execPath, [entry, 'plan', 'turn on the flashlight'], { stdio: 'ignore' })),
    );
  }
  return { warm: summary(warm), load: summary(load), cold: summary(cold) };
}
