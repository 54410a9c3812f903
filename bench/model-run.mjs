/**
 * One model in a process of its own: node bench/model-run.mjs <job as JSON>. A job is {path, threads, repeats, promptTokens,
 * answerTokens}; prints {loadMs, firstTokenMs, totalMs, promptTokens, answerTokens, residentMiB} with the medians.
 */
import { openCpuLlama } from '../dist/model/cpu-llama.js';

const job = JSON.parse(process.argv[2]);
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const round = (value) => Math.round(value * 10) / 10;

const begun = performance.now();
const llama = await openCpuLlama(job.threads);
const model = await llama.loadModel({ modelPath: job.path, gpuLayers: 0 });
const context = await model.createContext({
  contextSize: job.promptTokens + job.answerTokens + 8,
  batchSize: Math.min(512, job.promptTokens + 8),
  sequences: 1,
  threads: job.threads,
});
const sequence = context.getSequence();
const loadMs = performance.now() - begun;
const greedy = { token: true, options: { temperature: 0 } };
const first = [];
const total = [];
for (let repeat = 0; repeat < job.repeats; repeat += 1) {
  await sequence.clearHistory();
  // Any tokens do: the time depends on how many there are.
  const prompt = Array.from({ length: job.promptTokens }, (_, index) => 300 + ((index * 7 + repeat) % 4_000));
  const last = prompt.pop();
  const start = performance.now();
  await sequence.controlledEvaluate([...prompt, [last, { generateNext: greedy }]]);
  first.push(performance.now() - start);
  for (let token = 1; token < job.answerTokens; token += 1) {
    await sequence.controlledEvaluate([[300 + token, { generateNext: greedy }]]);
  }
  total.push(performance.now() - start);
}
const facts = {
  loadMs: round(loadMs),
  firstTokenMs: round(median(first)),
  totalMs: round(median(total)),
  promptTokens: job.promptTokens,
  answerTokens: job.answerTokens,
  residentMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
};
console.log(JSON.stringify(facts));
process.exit(0);
