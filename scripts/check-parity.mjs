#!/usr/bin/env node
/**
 * Compares a GGUF, as the product reads it, with what PyTorch made of the same sentences: prompts and greedy answers.
 *
 *   node scripts/check-parity.mjs <model.gguf> <parity.jsonl>
 *
 * Prints the share of equal prompts and answers and the first differences; exits with 1 if a prompt differs.
 */
import { readFileSync } from 'node:fs';
import { openCpuLlama } from '../dist/model/cpu-llama.js';
import { LlamaTokenSource } from '../dist/model/llama-token-source.js';
import { PlanVocabulary } from '../dist/model/plan-vocabulary.js';
import { PromptBuilder } from '../dist/model/prompt.js';

const [modelPath, parityPath] = process.argv.slice(2);
if (parityPath === undefined) {
  console.error('usage: node scripts/check-parity.mjs <model.gguf> <parity.jsonl>');
  process.exit(2);
}
const rows = readFileSync(parityPath, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line));

const llama = await openCpuLlama(1);
const model = await llama.loadModel({ modelPath, gpuLayers: 0 });
const { plan_tokens: tokens, first_plan_token: first } = model.fileInfo.metadata.tentacle;
const prompts = new PromptBuilder((text) => model.tokenize(text), new PlanVocabulary(tokens, first), model.tokens.bos);
const context = await model.createContext({ contextSize: 2048, batchSize: 2048, sequences: 1, threads: 1 });
const source = new LlamaTokenSource(context.getSequence());

let [equalPrompts, equalAnswers, shown] = [0, 0, 0];
for (const { sentence, prompt, answer } of rows) {
  const ours = prompts.build(sentence);
  const samePrompt = JSON.stringify(ours) === JSON.stringify(prompt);
  const written = [(await source.start(ours)).id];
  while (written.length < answer.length) written.push((await source.next(written.at(-1))).id);
  const sameAnswer = JSON.stringify(written) === JSON.stringify(answer);
  equalPrompts += samePrompt ? 1 : 0;
  equalAnswers += sameAnswer ? 1 : 0;
  if ((samePrompt && sameAnswer) || shown >= 10) continue;
  shown += 1;
  const at = written.findIndex((id, index) => id !== answer[index]);
  const name = (id) => tokens[id - first] ?? id;
  console.log(
    samePrompt
      ? `${sentence}\n  token ${at}: PyTorch ${name(answer[at])}, GGUF ${name(written[at])}`
      : `${sentence}\n  another prompt`,
  );
}
console.log(`${equalPrompts} of ${rows.length} prompts and ${equalAnswers} of ${rows.length} answers are equal`);
await model.dispose();
process.exit(equalPrompts === rows.length ? 0 : 1);
